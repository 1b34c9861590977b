import MailIdentity
import MailMessage
import MailTransport
import MailWire

/// AUTHENTICATE (RFC 9051 §6.2.2) with SASL-IR (RFC 4959).
extension IMAPSession {
    func authenticate(_ command: AuthenticateCommand) async throws -> IMAPReply {
        guard connection.tls != nil else { throw IMAPFailure.no("Use TLS first", code: .privacyRequired) }
        let offer = offer
        guard let mechanism = offer.mechanism(named: command.mechanism) else {
            services.attempts?.misstep(.mechanism, on: connection)
            throw IMAPFailure.no("This mechanism is not offered", code: .cannot)
        }
        var exchange = SASLExchange(mechanism, offer: offer, authenticator: services.authenticator, origin: origin)
        // An empty initial response has become empty bytes here, "=" on the wire.
        let initial = command.initialResponse.map { $0.isEmpty ? [UInt8(ascii: "=")] : $0 }
        var step = await exchange.begin(initialResponse: initial)
        while case .challenge(let challenge) = step {
            send { $0.continuation(String(decoding: SASLBase64.encode(challenge), as: UTF8.self)) }
            guard let line = try await connection.readLine(limit: services.settings.limits.lineBeforeLogin + 2) else {
                throw ConnectionError.closed
            }
            step = await exchange.respond(line.bytes)
        }
        switch step {
        case .success(let admission): return try await enter(admission, mechanism: mechanism.rawValue)
        case .failed(let failure): throw refusal(failure, mechanism: mechanism.rawValue, name: exchange.claimedUser)
        case .challenge: throw IMAPFailure.bad("The exchange is not over")
        }
    }
}
