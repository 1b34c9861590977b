import MailTransport
import MailWire

extension SMTPSession {
    /// Which command is allowed when, in one place; nil when the command has sent its replies itself.
    func perform(_ command: SMTPCommand) async throws -> SMTPReply? {
        try check(command)
        switch command {
        case .ehlo(let name): return ehlo(name)
        case .helo(let name): return helo(name)
        case .mail(let sender, let parameters): return try await mail(from: sender, parameters)
        case .rcpt(let recipient, let parameters): return try await rcpt(to: recipient, parameters)
        case .data: return try await data()
        case .bdat(let size, let isLast): return try await bdat(size: size, isLast: isLast)
        case .auth(let mechanism, let response): return try await auth(mechanism, initialResponse: response)
        case .startTLS: return try await startTLS()
        case .rset: return rset()
        case .noop: return .ok
        case .help: return .help
        case .vrfy: return .cannotVerify
        case .expn: throw SMTPError.notImplemented
        case .quit: return .bye
        }
    }

    private func check(_ command: SMTPCommand) throws(SMTPError) {
        if policy.role == .submission, connection.tls == nil, command.needsTLSToSubmit { throw .startTLSFirst }
        if command.needsGreeting, state.greeting == nil { throw .greetingFirst }
        if policy.role == .submission, state.account == nil, command.needsLoginToSubmit { throw .loginFirst }
    }
}

extension SMTPCommand {
    fileprivate var needsGreeting: Bool {
        switch self {
        case .mail, .rcpt, .data, .auth, .vrfy, .expn: true
        default: false
        }
    }

    /// RFC 3207 §4: before TLS only NOOP, EHLO, STARTTLS and QUIT. BDAT is refused by itself, after its octets.
    fileprivate var needsTLSToSubmit: Bool {
        switch self {
        case .mail, .rcpt, .data, .auth, .vrfy, .expn: true
        default: false
        }
    }

    fileprivate var needsLoginToSubmit: Bool {
        switch self {
        case .mail, .rcpt, .data, .vrfy, .expn: true
        default: false
        }
    }
}
