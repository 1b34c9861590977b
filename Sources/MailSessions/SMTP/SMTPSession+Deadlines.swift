import MailIdentity
import MailShared
import MailStore
import MailTransport
import MailWire

/// How long a client may take for the parts of its conversation, however its octets come.
extension SMTPSession {
    /// From the greeting to the login, or to the first MAIL where nobody has to log in.
    var greetingSeconds: Int {
        let limits = services.settings.limits
        return policy.role == .submission ? limits.loginSeconds : limits.firstMailSeconds
    }

    /// RFC 5321 §4.3.1: a client waits for the greeting. On port 25 one that does not is no mail server.
    func greet() async throws {
        if policy.role == .receiving, await connection.talksFirst() {
            services.authenticator.noteMisuse(from: connection.peer)
            log("early_talker")
            throw SMTPLastWords(.talksFirst)
        }
        send(.greeting(services.settings.hostName))
    }

    /// A transaction has its time from MAIL to the reply to its data; between two there is none.
    func setTransactionDeadline() {
        let part: TimedPart =
            if state.transaction != nil { .transaction } else if state.account != nil { .none } else {
                timedPart == .greeting ? .greeting : .none
            }
        guard part != timedPart else { return }
        timedPart = part
        connection.setDeadline(seconds: part == .transaction ? services.settings.limits.transferSeconds : nil)
    }

    /// Below the floor no mail is taken (RFC 5321 §4.2.3, 452).
    var diskRefusal: SMTPError? {
        guard services.store.isDiskLow else { return nil }
        services.metrics.add(.limitDisk)
        return .diskLow
    }

    /// The greeting's deadline is set by `run`, and never again.
    enum TimedPart: Equatable { case greeting, transaction, none }
}
