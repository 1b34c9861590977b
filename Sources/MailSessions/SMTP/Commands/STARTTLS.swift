import MailTransport
import MailWire

extension SMTPSession {
    /// RFC 3207. What was pipelined behind it is thrown away by the connection, which then closes (CVE-2011-0411).
    func startTLS() async throws -> SMTPReply? {
        guard connection.tls == nil else { throw SMTPError.alreadyEncrypted }
        guard let context = services.tls else { throw SMTPError.tlsUnavailable }
        send(.readyForTLS)
        try await connection.startTLS(context)
        // §4.2: what the client said in the clear is forgotten.
        state = SMTPState()
        state.offer = SASLOffer(
            for: connection, offersScram: services.offersScram, offersPlus: services.settings.smtpOffersScramPlus)
        return nil
    }
}
