package import MailNetwork

/// Which answers of a list count: four numbers, each of which may be a range, as in `127.0.0.2-11`.
package struct AnswerMask: Sendable, Hashable, CustomStringConvertible {
    private let octets: [ClosedRange<UInt8>]

    /// Any listing. Answers beyond 127.0.0.0/8 come from whoever has caught the question on its way, and those in
    /// 127.255.255.0/24 say that the list does not want to be asked by this resolver.
    package static let anyListing = AnswerMask(octets: [127...127, 0...255, 0...255, 0...255])
    private static let refusals = AddressPrefix(around: IPAddress(v4: 0x7fff_ff00), length: 24)

    private init(octets: [ClosedRange<UInt8>]) { self.octets = octets }

    package init?(_ text: String) {
        let octets = text.split(separator: ".", omittingEmptySubsequences: false).map(Self.range)
        guard octets.count == 4, !octets.contains(nil) else { return nil }
        self.init(octets: octets.compactMap { $0 })
    }

    private static func range(_ text: Substring) -> ClosedRange<UInt8>? {
        let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map { UInt8($0) }
        guard let first = ends.first, let low = first, let last = ends.last, let high = last, low <= high else {
            return nil
        }
        return low...high
    }

    package func contains(_ answer: IPAddress) -> Bool {
        let bytes = answer.bytes
        guard bytes.count == octets.count, !(self == .anyListing && Self.refusals.contains(answer)) else {
            return false
        }
        return zip(octets, bytes).allSatisfy { $0.contains($1) }
    }

    package var description: String {
        octets.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: ".")
    }
}
