/// RFC 6376 §3.4.
package enum Canonicalization: String, Sendable, CaseIterable {
    case simple, relaxed

    /// One field with its line end, as it is signed.
    func field(_ raw: some Collection<UInt8>) -> [UInt8] {
        switch self {
        case .simple: Array(raw) + (raw.suffix(1).first == 0x0a ? [] : [0x0d, 0x0a])
        case .relaxed: Self.relaxed(Array(raw))
        }
    }

    // RFC 6376 §3.4.2: the name in lower case; folds out; one space for each run; none at the ends of the value.
    private static func relaxed(_ raw: [UInt8]) -> [UInt8] {
        let colon = raw.firstIndex(of: UInt8(ascii: ":")) ?? raw.endIndex
        var out = ASCII.trimmed(raw[..<colon]).map(ASCII.lower)
        out.append(UInt8(ascii: ":"))
        let valueStart = out.count
        var isGap = false
        for byte in raw[min(colon + 1, raw.endIndex)...] where byte != 0x0d && byte != 0x0a {
            if ASCII.isBlank(byte) {
                isGap = true
                continue
            }
            if isGap, out.count > valueStart { out.append(0x20) }
            isGap = false
            out.append(byte)
        }
        return out + [0x0d, 0x0a]
    }
}
