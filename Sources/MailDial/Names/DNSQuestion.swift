/// One question as it goes over the wire (RFC 1035 §4.1).
struct DNSQuestion: Sendable, Equatable {
    /// What a datagram may carry without being torn on the way (RFC 9715 §3).
    private static let largestDatagram: UInt16 = 1_232
    private static let optionKind: UInt8 = 41

    let name: DNSName
    let kind: DNSRecord.Kind
    /// One that nobody off the path can guess (RFC 5452 §9.2).
    let id = UInt16.random(in: .min ... .max)

    /// Recursion desired, and AD so that the verdict about DNSSEC comes back (RFC 6840 §5.7). `isExtended`: with the OPT record of
    /// RFC 6891, which some old servers do not take.
    func bytes(isExtended: Bool) -> [UInt8] {
        let header: [UInt8] =
            Self.octets(id) + [0x01, 0x20, 0, 1, 0, 0, 0, 0, 0, isExtended ? 1 : 0]
        let question = name.wire + Self.octets(kind.number) + [0, 1]
        let option = [0, 0, Self.optionKind] + Self.octets(Self.largestDatagram) + [0, 0, 0, 0, 0, 0]
        return header + question + (isExtended ? option : [])
    }

    private static func octets(_ number: UInt16) -> [UInt8] { [UInt8(number >> 8), UInt8(number & 0xff)] }
}
