package import MailNetwork

/// A list of addresses in the DNS (RFC 5782): `zen.example.org`, `zen.example.org=127.0.0.2-11` for some of its answers, and
/// `allow:list.example.net` for one of the good.
package struct BlockList: Sendable, Hashable, CustomStringConvertible {
    package let zone: String
    package let isAllowList: Bool
    private let answers: AnswerMask

    static let longestZone = 180
    private static let allowPrefix = "allow:"

    package init?(_ text: String) {
        isAllowList = text.hasPrefix(Self.allowPrefix)
        let rest = isAllowList ? text.dropFirst(Self.allowPrefix.count) : text[...]
        let parts = rest.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let zone = parts.first, Self.isName(zone) else { return nil }
        self.zone = zone.lowercased()
        guard parts.count == 2 else {
            answers = .anyListing
            return
        }
        guard let mask = AnswerMask(String(parts[1])) else { return nil }
        answers = mask
    }

    /// RFC 5782 §2.1, §2.4
    package func question(about address: IPAddress) -> String {
        let labels =
            address.family == .v4
            ? address.bytes.reversed().map { String($0) }
            : address.bytes.reversed().flatMap { [$0 & 15, $0 >> 4] }.map { String($0, radix: 16) }
        return (labels + [zone]).joined(separator: ".")
    }

    package func lists(_ answers: [IPAddress]) -> Bool { answers.contains(where: self.answers.contains) }

    package var description: String {
        (isAllowList ? Self.allowPrefix : "") + zone + (answers == .anyListing ? "" : "=\(answers)")
    }

    private static func isName(_ text: Substring) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return text.utf8.count <= longestZone && labels.count > 1
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count)
                    && label.utf8.allSatisfy {
                        (0x30...0x39).contains($0) || (0x61...0x7a).contains($0 | 0x20) || $0 == 0x2d || $0 == 0x5f
                    }
            }
    }
}
