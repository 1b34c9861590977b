import MailNetwork
import MailShared
import MailWeb

/// What the pages leave behind: in the log, as the other protocols do, and in what is counted.
extension SessionServices {
    func note(_ event: WebEvent) {
        let fields: [(String, String?)] = [
            ("reason", event.reason?.rawValue), ("user", event.user), ("way", event.way?.rawValue),
            ("cause", event.cause),
        ]
        let known = fields.compactMap { name, value in value.map { (name, $0) } }
        let peer = event.peer.ip.description
        switch event.kind {
        case .failed, .identityUnavailable: log.problem(event.kind.rawValue, peer: peer, known)
        case .login, .loginFailed, .logout, .passwordSet, .passwordRemoved, .forged:
            log.event(event.kind.rawValue, peer: peer, known)
        }
        if event.kind == .login { metrics.add(.loginSucceeded) }
        if let counter = event.reason?.counter { metrics.add(counter) }
    }
}

extension WebEvent.Reason {
    fileprivate var counter: Counter {
        switch self {
        case .wrong: .loginWrong
        case .former: .loginFormer
        case .noPassword: .loginNoPassword
        case .locked: .loginLocked
        case .suspended: .loginSuspended
        case .unavailable: .loginUnavailable
        case .refused, .noAccount, .provider: .loginRefused
        }
    }
}
