import MailTransport
import MailWire

extension SMTPSession {
    /// RFC 5321 §4.1.1.1; also ends a transaction (§4.1.4).
    func ehlo(_ name: ClientName) -> SMTPReply {
        state.greeting = .init(name: name, isExtended: true)
        noteClient(name)
        state.transaction = nil
        return SMTPReply(250, nil, ["\(services.settings.hostName) greets \(name)"] + extensions)
    }

    func helo(_ name: ClientName) -> SMTPReply {
        state.greeting = .init(name: name, isExtended: false)
        noteClient(name)
        state.transaction = nil
        return SMTPReply(250, nil, [services.settings.hostName])
    }

    func rset() -> SMTPReply {
        state.transaction = nil
        return .ok
    }

    private var extensions: [String] {
        var result = [
            "PIPELINING", "SIZE \(services.settings.messageLimit)", "8BITMIME", "SMTPUTF8", "CHUNKING", "BINARYMIME",
            "DSN", "ENHANCEDSTATUSCODES", "LIMITS RCPTMAX=\(policy.recipientLimit)",
        ]
        if connection.tls == nil, services.tls != nil { result.append("STARTTLS") }
        if connection.tls != nil { result.append("REQUIRETLS") }
        let mechanisms = state.offer.names
        if !mechanisms.isEmpty { result.append("AUTH " + mechanisms.joined(separator: " ")) }
        return result
    }
}
