import MailIdentity
import MailMessage
import MailStore
import MailTransport
import MailWire

/// LOGIN (RFC 9051 §6.2.3), and what follows any successful login.
extension IMAPSession {
    func logIn(_ command: LoginCommand) async throws -> IMAPReply {
        guard connection.tls != nil else {
            throw IMAPFailure.no("Use TLS first, and change this password", code: .privacyRequired)
        }
        guard let name = String(validating: command.user, as: UTF8.self) else {
            throw IMAPFailure.no("The name is not UTF-8", code: .authenticationFailed)
        }
        let outcome = await services.authenticator.login(name: name, password: command.password, from: origin)
        guard let admission = outcome.admission else {
            throw refusal(.denied(outcome), mechanism: "LOGIN", name: name)
        }
        return try await enter(admission, mechanism: "LOGIN")
    }

    var origin: LoginOrigin { LoginOrigin(peer: connection.peer, service: .imap) }

    func enter(_ admission: Admission, mechanism: String) async throws -> IMAPReply {
        let entry = admission.entry
        let account = try services.store.account(entry.id)
        guard services.sessions?.enter(entry.id) ?? true else {
            log("refused", [("reason", "tooManyOfAccount"), ("user", entry.address.description)])
            services.attempts?.misstep(.tooManySessions, on: connection)
            throw IMAPFailure.no("Too many connections of this account: close some", code: .limit)
        }
        await services.logins?.enter(connection, admission, .imap)
        if let client { services.logins?.note(client: client, of: connection) }
        state = .authenticated(IMAPLogin(entry: entry, account: account, watch: AccountWatch()))
        assembler.limits = services.settings.limits.imapAfterLogin
        connection.setIdleTimeout(seconds: services.settings.limits.idleAfterLogin)
        connection.setDeadline(seconds: nil)
        services.store.directory.noteLogin(of: entry.id)
        services.noteLogin(entry, mechanism: mechanism, on: connection)
        return .ok("Welcome", code: .capability(capabilities))
    }

    /// What the client hears says what to do and not whether the name exists (RFC 5530 §3).
    func refusal(_ failure: SASLFailure, mechanism: String, name: String?) -> IMAPFailure {
        services.noteFailedLogin(failure, mechanism: mechanism, name: name, on: connection)
        switch failure {
        case .cancelled: return .bad("Cancelled")
        case .malformed: return .bad("That was not a response of this mechanism")
        case .denied(.locked(let seconds)):
            return .no("Too many failed logins: try again in \(seconds) seconds", code: .unavailable)
        case .denied(.suspended):
            return .no("The account is suspended: ask your administrator", code: .authorizationFailed)
        // RFC 5530 §3: a passphrase that is no longer good, and a new one to get.
        case .denied(.passwordChanged(isTold: true)): return .no(LoginOutcome.changedWords, code: .expired)
        case .denied(.refused(let refusal)): return .no(refusal.words, code: .contactAdmin)
        case .denied(.unavailable): return .no("Logins do not work now: try again later", code: .unavailable)
        case .denied: return .no("Name or password is wrong", code: .authenticationFailed)
        }
    }
}
