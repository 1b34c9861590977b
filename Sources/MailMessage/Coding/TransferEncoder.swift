/// Puts a transfer encoding on.
package enum TransferEncoder {
    /// RFC 2045 §6.8 and §6.7: no encoded line is longer.
    private static let lineLength = 76
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let from = Array("From ".utf8)
    private static let hexDigits = Array("0123456789ABCDEF".utf8)

    /// Base64 in lines of 76 characters, CRLF after each.
    package static func base64(_ bytes: some Collection<UInt8>) -> [UInt8] {
        let text = base64Text(bytes)
        var result: [UInt8] = []
        result.reserveCapacity(text.count + text.count / lineLength * 2 + 2)
        var start = 0
        while start < text.count {
            let end = min(start + lineLength, text.count)
            result += text[start..<end]
            result += [0x0d, 0x0a]
            start = end
        }
        return result
    }

    /// Base64 on one line, with padding.
    package static func base64Text(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity((bytes.count + 2) / 3 * 4)
        var group: UInt32 = 0
        var count = 0
        for byte in bytes {
            group = group << 8 | UInt32(byte)
            count += 1
            guard count == 3 else { continue }
            appendGroup(group, 4, &result)
            (group, count) = (0, 0)
        }
        guard count > 0 else { return result }
        appendGroup(group << UInt32(8 * (3 - count)), count + 1, &result)
        for _ in count..<3 { result.append(UInt8(ascii: "=")) }
        return result
    }

    private static func appendGroup(_ group: UInt32, _ characters: Int, _ result: inout [UInt8]) {
        for index in 0..<characters { result.append(alphabet[Int(group >> UInt32(18 - 6 * index) & 63)]) }
    }

    /// Quoted-printable for text: line ends stay, as CRLF; bare CR is encoded.
    package static func quotedPrintable(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var column = 0
        let bytes = Array(bytes)
        for (index, byte) in bytes.enumerated() {
            let next = index + 1 < bytes.count ? bytes[index + 1] : 0x0a
            if byte == 0x0a {
                result += [0x0d, 0x0a]
                column = 0
            } else if byte == 0x0d, next == 0x0a, index + 1 < bytes.count {
                continue
            } else {
                let isLast = next == 0x0a || next == 0x0d
                // "From " and "." at the front of a line suffer in transit (RFC 2049 §3).
                let isFragile = column == 0 && (byte == UInt8(ascii: ".") || bytes[index...].starts(with: from))
                appendQuoted(byte, atLineEnd: isLast, isFragile, &column, &result)
            }
        }
        return result
    }

    private static func appendQuoted(
        _ byte: UInt8, atLineEnd: Bool, _ isFragile: Bool, _ column: inout Int, _ result: inout [UInt8]
    ) {
        let isBlank = ByteClass.isBlank(byte)
        let isPlain = (33...126).contains(byte) && byte != UInt8(ascii: "=") && !isFragile || isBlank && !atLineEnd
        let width = isPlain ? 1 : 3
        if column + width > lineLength - 1 {
            result += [UInt8(ascii: "="), 0x0d, 0x0a]
            column = 0
        }
        column += width
        if isPlain {
            result.append(byte)
        } else {
            result += [UInt8(ascii: "="), hexDigits[Int(byte >> 4)], hexDigits[Int(byte & 15)]]
        }
    }
}
