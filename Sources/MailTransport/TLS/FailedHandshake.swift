package import MailNetwork

/// What is known of a handshake that failed: for whoever wants to know why a client cannot connect.
package struct FailedHandshake: Sendable, Equatable {
    package enum Beginning: Sendable { case nothing, tls, other }

    /// As the log has it: OpenSSL's words, or what ended the connection.
    package var reason: String
    /// What came first from the client.
    package var beginning: Beginning
    /// The alert with which the client ended it (RFC 8446 §6.2).
    package var alert: UInt8?
    package var hello: ClientHello?

    package init(reason: String, beginning: Beginning, alert: UInt8? = nil, hello: ClientHello? = nil) {
        self.reason = reason
        self.beginning = beginning
        self.alert = alert
        self.hello = hello
    }
}

extension FailedHandshake {
    package var cause: HandshakeCause {
        switch beginning {
        case .nothing: reason.contains("behind STARTTLS") ? .injection : .silence
        case .other: reason.contains("http request") ? .http : .plaintext
        case .tls where alert != nil: .alert
        case .tls: Self.texts.first { reason.contains($0.0) }?.1 ?? .other
        }
    }

    /// OpenSSL's reasons, and our own.
    private static let texts: [(String, HandshakeCause)] = [
        ("unsupported protocol", .version), ("wrong version number", .version), ("version too low", .version),
        ("no shared cipher", .cipher), ("no suitable", .cipher), ("no application protocol", .alpn),
        ("hung up", .hungUp), ("reset", .hungUp), ("timedOut", .timeout),
    ]
}

extension FailedHandshake.Beginning {
    /// RFC 8446 §5.1: a handshake record, or an alert instead of it.
    init(_ first: UInt8?) {
        self =
            switch first {
            case nil: .nothing
            case 0x15, 0x16: .tls
            default: .other
            }
    }
}

extension FailedHandshake {
    init(_ reason: String, of handler: TLSHandler?) {
        self.init(
            reason: reason, beginning: .init(handler?.opening), alert: handler?.failure?.alert, hello: handler?.hello)
    }
}
