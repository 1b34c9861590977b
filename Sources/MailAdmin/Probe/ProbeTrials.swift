import MailNetwork
import MailStore

/// mail-probe offers old versions and weak ciphers, and sends commands behind STARTTLS, to see them refused. Where the same
/// client got through at the same service, these are no faults of its settings.
enum ProbeTrials {
    static func isOne(_ attempt: ConnectionAttempt, among all: [ConnectionAttempt]) -> Bool {
        guard isOdd(attempt) else { return false }
        return all.contains { other in
            other.service == attempt.service && other.peer == attempt.peer && other.tls.version != nil
                && other.end?.kind == "quit"
        }
    }

    private static func isOdd(_ attempt: ConnectionAttempt) -> Bool {
        guard let end = attempt.end else { return false }
        if end.kind == AttemptEnd.handshakeFailed {
            let cause = end.reason.flatMap(HandshakeCause.init)
            return cause == .version || cause == .cipher || cause == .injection
        }
        // A second session to resume, or without a name; a line that is no command.
        return attempt.tls.version != nil && attempt.login.result == nil && end.kind != "quit"
            && [nil, "bad", "starttls", "stls"].contains(end.command)
    }
}
