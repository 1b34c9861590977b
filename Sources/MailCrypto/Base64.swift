/// Base64 (RFC 4648 §4), strict: the alphabet only, padding required, no stray bits, no line breaks.
package enum Base64 {
    package static func encode(_ bytes: [UInt8]) -> String { String(decoding: encodedBytes(bytes), as: UTF8.self) }

    package static func encodedBytes(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity((bytes.count / 3 + 1) * 4)
        var index = 0
        while index < bytes.count {
            let group = bytes[index..<min(index + 3, bytes.count)]
            let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
            for place in 0..<4 {
                out.append(place <= group.count ? alphabet[Int(bits >> UInt32(18 - 6 * place) & 63)] : padding)
            }
            index += 3
        }
        return out
    }

    /// nil for anything but canonical Base64; the empty text is the empty value.
    package static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        guard text.count.isMultiple(of: 4) else { return nil }
        var out: [UInt8] = []
        out.reserveCapacity(text.count / 4 * 3)
        var bits: UInt32 = 0
        var digits = 0
        var pads = 0
        for octet in text {
            if octet == padding {
                pads += 1
            } else {
                guard pads == 0, let value = value(of: octet) else { return nil }
                bits = bits << 6 | UInt32(value)
            }
            digits += 1
            guard digits == 4 else { continue }
            guard append(bits << UInt32(6 * min(pads, 4)), pads: pads, to: &out) else { return nil }
            (bits, digits) = (0, 0)
        }
        return out
    }

    package static func decode(_ text: String) -> [UInt8]? { decode(text.utf8) }

    /// A SASL response as it stands on a line: `=` alone is the empty response (RFC 4954 §4, RFC 4959 §3).
    package static func decodeSASL(_ text: some Collection<UInt8>) -> [UInt8]? {
        text.count == 1 && text.first == padding ? [] : decode(text)
    }

    /// One group of 24 bits; bits under the padding must be zero (RFC 4648 §3.5).
    private static func append(_ group: UInt32, pads: Int, to out: inout [UInt8]) -> Bool {
        guard pads <= 2, pads == 0 || group & (pads == 1 ? 0xff : 0xffff) == 0 else { return false }
        out.append(UInt8(truncatingIfNeeded: group >> 16))
        if pads < 2 { out.append(UInt8(truncatingIfNeeded: group >> 8)) }
        if pads < 1 { out.append(UInt8(truncatingIfNeeded: group)) }
        return true
    }

    private static let padding = UInt8(ascii: "=")
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    private static func value(of octet: UInt8) -> UInt8? {
        switch octet {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): octet - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): octet - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): octet - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
