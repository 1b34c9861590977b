import MailIdentity
import MailMessage
import MailShared
import MailStore
import MailTransport

/// What every login leaves behind, whatever its protocol. `ev=auth_fail` is what fail2ban waits for.
extension SessionServices {
    func noteLogin(_ entry: AccountEntry, mechanism: String, on connection: Connection) {
        metrics.add(.loginSucceeded)
        attempts?.login(AttemptLogin.ok, mechanism: mechanism, on: connection)
        log.event(
            "login", on: connection,
            [("user", entry.address.description), ("mech", mechanism), ("tls", connection.tls?.version ?? "none")])
    }

    /// `name`: what the client called itself, as far as it came to that.
    func noteFailedLogin(_ failure: SASLFailure, mechanism: String, name: String?, on connection: Connection) {
        metrics.add(failure.counter)
        attempts?.login(failure.reason, mechanism: mechanism, on: connection)
        log.event(
            "auth_fail", on: connection,
            [("reason", failure.reason), ("mech", mechanism)] + SASLExchange.logField(name)
                + [("tls", connection.tls?.version ?? "none")])
    }
}

extension SASLFailure {
    fileprivate var counter: Counter {
        switch self {
        case .cancelled, .malformed: .loginBroken
        case .denied(let outcome): outcome.counter
        }
    }
}

extension LoginOutcome {
    fileprivate var counter: Counter {
        switch self {
        case .success: .loginSucceeded
        case .wrong: .loginWrong
        case .passwordChanged: .loginFormer
        case .locked: .loginLocked
        case .suspended: .loginSuspended
        case .refused: .loginRefused
        case .noPassword: .loginNoPassword
        case .unavailable: .loginUnavailable
        }
    }
}
