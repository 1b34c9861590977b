/// `+OK text` or `-ERR [CODE] text` (RFC 1939 §3, RFC 2449 §8).
package enum POP3Reply: Hashable, Sendable {
    case ok(String)
    case error(POP3ResponseCode?, String)

    package func write(into output: inout [UInt8]) {
        switch self {
        case .ok(let text): output.append(contentsOf: (text.isEmpty ? "+OK\r\n" : "+OK \(text)\r\n").utf8)
        case .error(let code?, let text): output.append(contentsOf: "-ERR [\(code.rawValue)] \(text)\r\n".utf8)
        case .error(nil, let text): output.append(contentsOf: "-ERR \(text)\r\n".utf8)
        }
    }

    package var bytes: [UInt8] {
        var output: [UInt8] = []
        write(into: &output)
        return output
    }
}

package enum POP3ResponseCode: String, Hashable, Sendable {
    /// RFC 2449 §8.1.1: another session has the maildrop.
    case inUse = "IN-USE"
    /// RFC 3206 §4, §5.
    case temporary = "SYS/TEMP"
    case permanent = "SYS/PERM"
    case authentication = "AUTH"
    /// RFC 6856 §2.
    case utf8 = "UTF8"
}

/// An error is a reply for the peer plus a cause for the log.
package struct POP3Error: Error, Hashable, Sendable {
    package let reply: POP3Reply
    package let cause: String?
    package let isMisuse: Bool

    package init(_ code: POP3ResponseCode?, _ text: String, cause: String? = nil, isMisuse: Bool = false) {
        reply = .error(code, text)
        self.cause = cause
        self.isMisuse = isMisuse
    }

    package static let unknownCommand = POP3Error(nil, "Unknown command", isMisuse: true)
    package static let badArgument = POP3Error(nil, "Bad argument", isMisuse: true)
    package static let lineTooLong = POP3Error(nil, "Line too long", isMisuse: true)
    package static let noSuchMessage = POP3Error(nil, "No such message", isMisuse: true)
    package static let notAllowedNow = POP3Error(nil, "Not allowed in this state", isMisuse: true)
    package static let apopOff = POP3Error(nil, "APOP is not offered: use TLS with USER or AUTH", isMisuse: true)
}
