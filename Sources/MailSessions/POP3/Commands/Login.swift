import MailIdentity
import MailMessage
import MailStore
import MailTransport
import MailWire

extension POP3Session {
    private var origin: LoginOrigin { LoginOrigin(peer: connection.peer, service: .pop3) }

    /// RFC 1939 §7: the answer is the same whether the name exists or not.
    func user(_ name: [UInt8]) throws(POP3Error) {
        guard connection.tls != nil else { throw .encryptionNeeded }
        guard let text = String(validating: name, as: UTF8.self) else { throw .badArgument }
        state = .authorization(user: text)
        send(.ok(""))
    }

    func pass(_ password: [UInt8], for user: String?) async throws {
        guard connection.tls != nil else { throw POP3Error.encryptionNeeded }
        guard let user else { throw POP3Error.userFirst }
        state = .authorization(user: nil)
        let outcome = await services.authenticator.login(name: user, password: password, from: origin)
        try await finish(outcome.admission.map(SASLExchange.Step.success) ?? .failed(.denied(outcome)), "USER", user)
    }

    /// RFC 5034 §4; alone it lists the mechanisms, as RFC 1734's clients expect.
    func auth(_ name: String?, initialResponse: [UInt8]?) async throws {
        guard let name else { return try await sendList("Mechanisms", offer.names) }
        guard connection.tls != nil else { throw POP3Error.encryptionNeeded }
        guard let mechanism = offer.mechanism(named: name) else { throw POP3Error.unknownMechanism }
        var exchange = SASLExchange(mechanism, offer: offer, authenticator: services.authenticator, origin: origin)
        var step = await exchange.begin(initialResponse: initialResponse)
        while case .challenge(let challenge) = step {
            connection.write([UInt8]("+ ".utf8) + SASLBase64.encode(challenge) + [0x0d, 0x0a])
            guard let line = try await readResponse() else { throw ConnectionError.closed }
            step = await exchange.respond(line)
        }
        try await finish(step, mechanism.rawValue, exchange.claimedUser)
    }

    /// A line over the limit is malformed like any other.
    private func readResponse() async throws -> [UInt8]? {
        do {
            return try await connection.readLine(
                limit: services.settings.limits.lineBeforeLogin + 2, continuing: true)?.bytes
        } catch {
            guard case .lineTooLong = error else { throw error }
            return Array("!".utf8)
        }
    }

    private func finish(_ step: SASLExchange.Step, _ mechanism: String, _ name: String?) async throws {
        switch step {
        case .success(let admission):
            let entry = admission.entry
            guard services.sessions?.enter(entry.id) ?? true else { throw POP3Error.tooManySessions }
            counted = entry.id
            let login = try await open(entry)
            await services.logins?.enter(connection, admission, origin.service)
            state = .transaction(login)
            connection.setIdleTimeout(seconds: Self.idleSeconds)
            connection.setDeadline(seconds: nil)
            services.noteLogin(entry, mechanism: mechanism, on: connection)
            send(.ok("\(login.maildrop.remaining.count) messages"))
        case .failed(let failure):
            services.noteFailedLogin(failure, mechanism: mechanism, name: name, on: connection)
            throw POP3Error(failure)
        case .challenge: throw POP3Error(.malformed)
        }
    }

    /// The snapshot of INBOX that this session works on.
    private func open(_ entry: AccountEntry) async throws(POP3Error) -> POP3Login {
        do {
            let account = try services.store.account(entry.id)
            let maildrop = try await account.read { reader in
                guard let inbox = try reader.mailbox(role: .inbox) else { throw StoreError.noSuchMailbox(.inbox) }
                var entries: [Maildrop.Entry] = []
                entries.reserveCapacity(inbox.total)
                try reader.rows(in: inbox.id, UIDSet(UID.first...UID.last), changedSince: nil) { row in
                    entries.append(.init(uid: row.uid, size: row.size, isSeen: row.flags.contains(.seen)))
                }
                return Maildrop(mailbox: inbox.id, uidValidity: inbox.uidValidity, entries: entries)
            }
            return POP3Login(entry: entry, account: account, maildrop: maildrop)
        } catch {
            throw POP3Error(error)
        }
    }
}
