import MailTransport
import MailWire

extension POP3Session {
    /// RFC 2595 §4
    func stls() async throws {
        guard connection.tls == nil else { throw POP3Error.alreadyEncrypted }
        guard let context = services.tls else { throw POP3Error.tlsUnavailable }
        send(.ok("Ready for TLS"))
        try await connection.startTLS(context)
        state = .authorization(user: nil)
        offer = SASLOffer(for: connection, offersScram: services.offersScram)
    }
}
