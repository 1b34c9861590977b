/// RFC 3986 §2.1.
package enum PercentCoding {
    /// nil: it is not UTF-8, or a percent sign stands alone.
    static func text(_ octets: [UInt8], plusIsSpace: Bool) -> String? {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(octets.count)
        var index = 0
        while index < octets.count {
            switch octets[index] {
            case 0x25:
                guard index + 2 < octets.count, let high = digit(octets[index + 1]), let low = digit(octets[index + 2])
                else { return nil }
                decoded.append(high << 4 | low)
                index += 3
            case 0x2b where plusIsSpace:
                decoded.append(0x20)
                index += 1
            case let octet:
                decoded.append(octet)
                index += 1
            }
        }
        return String(validating: decoded, as: UTF8.self)
    }

    /// Everything but letters, digits and `-._~` as percent signs.
    package static func encoded(_ text: String) -> String {
        var result = ""
        for octet in text.utf8 {
            if octet.isASCIILetter || octet.isASCIIDigit || [0x2d, 0x2e, 0x5f, 0x7e].contains(octet) {
                result.append(Character(Unicode.Scalar(octet)))
            } else {
                result += "%" + (octet < 0x10 ? "0" : "") + String(octet, radix: 16, uppercase: true)
            }
        }
        return result
    }

    private static func digit(_ octet: UInt8) -> UInt8? {
        switch octet {
        case 0x30...0x39: octet - 0x30
        case 0x41...0x46: octet - 0x37
        case 0x61...0x66: octet - 0x57
        default: nil
        }
    }
}
