import MailIdentity
import MailStore
import MailTransport
import MailWire

extension SMTPSession {
    /// RFC 4954 §4
    func auth(_ name: String, initialResponse: [UInt8]?) async throws -> SMTPReply? {
        guard state.greeting?.isExtended == true else { throw SMTPError.needsExtended }
        guard state.account == nil else { throw SMTPError.alreadyLoggedIn }
        guard state.transaction == nil else { throw SMTPError.inTransaction }
        guard connection.tls != nil else { throw SMTPError.encryptionNeeded }
        guard let mechanism = state.offer.mechanism(named: name) else { throw SMTPError.unknownMechanism }
        var exchange = SASLExchange(
            mechanism, offer: state.offer, authenticator: services.authenticator, origin: origin)
        var step = await exchange.begin(initialResponse: initialResponse)
        while case .challenge(let challenge) = step {
            connection.write([UInt8]("334 ".utf8) + SASLBase64.encode(challenge) + [0x0d, 0x0a])
            guard let line = try await readResponse() else { throw ConnectionError.closed }
            step = await exchange.respond(line)
        }
        return try await finish(step, mechanism, exchange.claimedUser)
    }

    private var origin: LoginOrigin {
        LoginOrigin(peer: connection.peer, service: policy.role == .submission ? .submission : .smtp)
    }

    /// A line over the limit is malformed like any other.
    private func readResponse() async throws -> [UInt8]? {
        do {
            return try await connection.readLine(limit: SASLExchange.lineLimit + 2, continuing: true)?.bytes
        } catch {
            guard case .lineTooLong = error else { throw error }
            return Array("!".utf8)
        }
    }

    private func finish(
        _ step: SASLExchange.Step, _ mechanism: SASLMechanism, _ user: String?
    ) async throws(SMTPError) -> SMTPReply {
        switch step {
        case .success(let admission):
            let account = admission.entry
            await services.logins?.enter(connection, admission, origin.service)
            (state.account, state.mechanism) = (account, mechanism)
            services.noteLogin(account, mechanism: mechanism.rawValue, on: connection)
            return .loggedIn
        case .failed(let failure):
            services.noteFailedLogin(failure, mechanism: mechanism.rawValue, name: user, on: connection)
            throw SMTPError(failure)
        case .challenge: throw SMTPError(.malformed)
        }
    }
}
