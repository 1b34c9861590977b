import MailTransport
import MailWire

/// RFC 9051 §6.2.1.
extension IMAPSession {
    func startTLS() throws -> IMAPReply {
        guard connection.tls == nil else { throw IMAPFailure.bad("TLS is on already") }
        guard services.tls != nil else { throw IMAPFailure.no("There is no TLS here", code: .cannot) }
        startsTLS = true
        return .ok("Begin TLS now")
    }

    /// After the OK. Whatever was pipelined behind the command has been thrown away and ends the session
    /// (CVE-2011-0411); nothing the client said before counts any more.
    func upgrade() async throws {
        startsTLS = false
        guard let context = services.tls else { return }
        try await connection.startTLS(context)
        assembler = IMAPCommandAssembler(limits: services.settings.limits.imapBeforeLogin)
        features = []
    }
}
