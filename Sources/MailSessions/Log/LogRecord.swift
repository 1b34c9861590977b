/// One event as the log keeps it: who, where, what, then texts, then numbers, always in the order they were given.
///
/// As text it is one logfmt line whose beginning is frozen: `svc=imap ip=192.0.2.1 ev=auth_fail`. fail2ban reads that.
package struct LogRecord: Sendable, CustomStringConvertible {
    package let service: String
    /// nil for what has no peer; the text form writes "-".
    package let peer: String?
    package let event: String
    package let fields: [(String, String)]
    package let numbers: [(String, Int64)]

    package init(
        service: String, peer: String?, event: String, fields: [(String, String)] = [],
        numbers: [(String, Int64)] = []
    ) {
        self.service = service
        self.peer = peer == "-" ? nil : peer
        self.event = event
        self.fields = fields
        self.numbers = numbers
    }

    package var description: String {
        var line = "svc=\(service) ip=\(LogText.escaped(peer ?? "-")) ev=\(event)"
        for (key, value) in fields { line += " \(key)=\(LogText.escaped(value))" }
        for (key, value) in numbers { line += " \(key)=\(value)" }
        return line
    }
}

/// Texts from peers as values of one line.
package enum LogText {
    /// Longer values are cut: a peer must not fill the disk with one line. Lines stay below PIPE_BUF (4,096), so that
    /// those of several processes never mix.
    package static let maximumValueLength = 256

    /// Quoted when it holds anything but printable ASCII without quotes, spaces and `=`.
    package static func escaped(_ value: String) -> String {
        let value = cut(value)
        let isPlain =
            !value.isEmpty && value.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && !#""\="#.utf8.contains($0) }
        if isPlain { return value }
        var result = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\" + String(scalar)
            case _ where isControl(scalar): result += "\\u{" + String(scalar.value, radix: 16) + "}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    package static func cut(_ value: String) -> String {
        value.utf8.count <= maximumValueLength
            ? value : String(decoding: value.utf8.prefix(maximumValueLength), as: UTF8.self)
    }

    /// What a terminal or a line reader might obey: C0, DEL, C1, line separators, and marks that turn the direction of text.
    package static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7f...0x9f, 0x61c, 0x200e...0x200f, 0x2028...0x202e, 0x2066...0x2069, 0xfeff: true
        default: false
        }
    }
}
