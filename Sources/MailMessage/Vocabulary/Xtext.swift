/// The encoding of DSN parameters: visible ASCII, anything else as `+HH` (RFC 3461 §4).
package enum Xtext {
    /// Nil when the text is not xtext.
    package static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        var result: [UInt8] = []
        var bytes = text.makeIterator()
        while let byte = bytes.next() {
            switch byte {
            case 0x2b:  // "+"
                guard let high = bytes.next().flatMap(hexValue), let low = bytes.next().flatMap(hexValue) else {
                    return nil
                }
                result.append(high << 4 | low)
            case 0x21...0x3c, 0x3e...0x7e: result.append(byte)
            default: return nil
            }
        }
        return result
    }

    package static func encode(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var result: [UInt8] = []
        for byte in bytes {
            if (0x21...0x7e).contains(byte), byte != 0x2b, byte != 0x3d {
                result.append(byte)
            } else {
                result += [0x2b, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Capitals only, as the RFC says.
    private static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        default: nil
        }
    }
}

extension Xtext {
    /// For people's eyes: as it came when it is no xtext.
    package static func decoded(_ text: String) -> String {
        decode(text.utf8).map { String(decoding: $0, as: UTF8.self) } ?? text
    }
}
