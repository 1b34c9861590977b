/// Lines as SMTP wants them: CRLF after each, and no CR, LF or NUL elsewhere (RFC 5321 §2.3.8).
enum LineEndings {
    static func mended(_ octets: [UInt8], endsLine: Bool) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(octets.count + 16)
        var last: UInt8 = 0
        for octet in octets {
            switch octet {
            case 0x0a: result += [0x0d, 0x0a]
            case 0x0d, 0x00: break
            default:
                if last == 0x0d { result.append(0x20) }
                result.append(octet)
            }
            last = octet
        }
        if endsLine, result.last != 0x0a { result += [0x0d, 0x0a] }
        return result
    }
}
