/// Mailbox names in seven bits (RFC 3501 §5.1.3): printable ASCII as itself, "&" as "&-", everything else as
/// `&` base64 of UTF-16 with "," for "/" and without padding `-`.
package enum ModifiedUTF7 {
    /// Nil for anything the encoder below would not write, so that no mailbox has two names: control characters and
    /// 8-bit bytes, printable ASCII in base64, half surrogates, bits left over. Only needless shifts (`&..-&..-`) are
    /// taken, as some clients cut long runs.
    package static func decode(_ bytes: [UInt8]) -> String? {
        var text = ""
        var cursor = ByteCursor(bytes)
        while let byte = cursor.anyByte() {
            if byte != ampersand {
                guard ByteClass.printable.contains(byte) else { return nil }
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else if cursor.byte(hyphen) {
                text.append("&")
            } else {
                guard let digits = cursor.run(of: alphabetBytes), cursor.byte(hyphen) else { return nil }
                guard let scalars = decodeShifted(digits) else { return nil }
                text.unicodeScalars.append(contentsOf: scalars)
            }
        }
        return text
    }

    package static func encode(_ text: String) -> [UInt8] {
        var result: [UInt8] = []
        var pending: [UInt16] = []
        for scalar in text.unicodeScalars {
            guard (0x20...0x7e).contains(scalar.value) else {
                pending.append(contentsOf: UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter)
                continue
            }
            flush(&pending, to: &result)
            result.append(UInt8(truncatingIfNeeded: scalar.value))
            if scalar == "&" { result.append(hyphen) }
        }
        flush(&pending, to: &result)
        return result
    }

    private static let ampersand = UInt8(ascii: "&")
    private static let hyphen = UInt8(ascii: "-")
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,".utf8)
    private static let alphabetBytes = ByteClass.letterOrDigit.adding("+,")

    private static func decodeShifted(_ digits: ArraySlice<UInt8>) -> [Unicode.Scalar]? {
        var units: [UInt16] = []
        var buffer: UInt32 = 0
        var bits = 0
        for digit in digits {
            guard let value = alphabet.firstIndex(of: digit) else { return nil }
            buffer = buffer << 6 | UInt32(value)
            bits += 6
            guard bits >= 16 else { continue }
            bits -= 16
            units.append(UInt16(truncatingIfNeeded: buffer >> UInt32(bits)))
            buffer &= (1 << UInt32(bits)) - 1
        }
        guard bits < 6, buffer == 0, !units.isEmpty else { return nil }
        return scalars(of: units)
    }

    private static func scalars(of units: [UInt16]) -> [Unicode.Scalar]? {
        var result: [Unicode.Scalar] = []
        var codec = UTF16()
        var iterator = units.makeIterator()
        while true {
            switch codec.decode(&iterator) {
            case .scalarValue(let scalar):
                guard !(0x20...0x7e).contains(scalar.value) else { return nil }
                result.append(scalar)
            case .emptyInput: return result
            case .error: return nil
            }
        }
    }

    private static func flush(_ pending: inout [UInt16], to result: inout [UInt8]) {
        guard !pending.isEmpty else { return }
        result.append(ampersand)
        var buffer: UInt32 = 0
        var bits = 0
        for unit in pending {
            buffer = buffer << 16 | UInt32(unit)
            bits += 16
            while bits >= 6 {
                bits -= 6
                result.append(alphabet[Int(buffer >> UInt32(bits) & 63)])
            }
            buffer &= (1 << UInt32(bits)) - 1
        }
        if bits > 0 { result.append(alphabet[Int(buffer << UInt32(6 - bits) & 63)]) }
        result.append(hyphen)
        pending.removeAll(keepingCapacity: true)
    }
}
