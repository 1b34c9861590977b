package import Logging

/// One logfmt line per event, peer first, for people, grep and fail2ban alike:
/// `svc=imap ip=192.0.2.1 ev=auth_fail user="a b" sid=7f`. The log handler puts `time=` before it.
///
/// Nobody passes it passwords, SASL payloads or subjects; what it is given it escapes, so a peer cannot forge a line.
package struct SessionLog: Sendable {
    /// Longer values are cut: a peer must not fill the disk with one line.
    package static let maximumValueLength = 256

    private let logger: Logger
    private let service: String

    package init(_ logger: Logger, service: String) {
        self.logger = logger
        self.service = service
    }

    /// The same log for another service, as composed by the server for each listener.
    package func named(_ service: String) -> SessionLog { SessionLog(logger, service: service) }

    package func event(_ name: String, peer: String, _ fields: [(String, String)] = []) {
        logger.info("\(Self.line(service: service, name, peer: peer, fields))")
    }

    /// Something an administrator should look at.
    package func problem(_ name: String, peer: String, _ fields: [(String, String)] = []) {
        logger.error("\(Self.line(service: service, name, peer: peer, fields))")
    }

    package static func line(service: String, _ name: String, peer: String, _ fields: [(String, String)]) -> String {
        var line = "svc=\(service) ip=\(escaped(peer)) ev=\(name)"
        for (key, value) in fields { line += " \(key)=\(escaped(value))" }
        return line
    }

    /// Quoted when it holds anything but printable ASCII without quotes, spaces and `=`.
    package static func escaped(_ value: String) -> String {
        let bytes = value.utf8.prefix(maximumValueLength)
        let isPlain = !bytes.isEmpty && bytes.allSatisfy { $0 > 0x20 && $0 < 0x7f && !#""\="#.utf8.contains($0) }
        if isPlain { return String(decoding: bytes, as: UTF8.self) }
        var result = "\""
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\" + String(scalar)
            case _ where isControl(scalar): result += "\\u{" + String(scalar.value, radix: 16) + "}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value) || (0x2028...0x2029).contains(scalar.value)
    }
}
