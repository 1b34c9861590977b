import MailTransport
import MailWire

extension POP3Session {
    /// RFC 2449 §5, §6
    func capa() async throws(ConnectionError) {
        var lines = [
            "TOP", "UIDL", "RESP-CODES", "AUTH-RESP-CODE", "PIPELINING", "EXPIRE NEVER", "LOGIN-DELAY 0", "UTF8 USER",
            "IMPLEMENTATION Posthus",
        ]
        if case .authorization = state {
            if connection.tls == nil, services.tls != nil { lines.append("STLS") }
            if connection.tls != nil { lines.append("USER") }
        }
        if !offer.names.isEmpty { lines.append("SASL " + offer.names.joined(separator: " ")) }
        try await sendList("Capabilities", lines)
    }

    func sendList(_ title: String, _ lines: [String]) async throws(ConnectionError) {
        var output = POP3Reply.ok(title).bytes
        for line in lines { output.append(contentsOf: (line + "\r\n").utf8) }
        output.append(contentsOf: ".\r\n".utf8)
        try await write(output)
    }

    /// RFC 6856 §2.1. Messages go out as they are in either mode: nothing here downgrades them.
    func utf8() { send(.ok("UTF-8")) }
}
