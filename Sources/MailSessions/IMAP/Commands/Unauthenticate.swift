import MailStore
import MailTransport
import MailWire

/// UNAUTHENTICATE (RFC 8437): as after the greeting, on the same connection. TLS stays.
extension IMAPSession {
    func unauthenticate() async throws -> IMAPReply {
        let login = try loggedIn()
        login.watch.stop()
        services.sessions?.leave(login.entry.id)
        services.logins?.leave(connection)
        notifications?.stop()
        notifications = nil
        state = .notAuthenticated
        features = []
        assembler.limits = services.settings.limits.imapBeforeLogin
        assembler.encoding = .modifiedUTF7
        connection.setIdleTimeout(seconds: services.settings.limits.idleBeforeLogin)
        connection.setDeadline(seconds: services.settings.limits.loginSeconds)
        commandsBeforeLogin = 0
        return .ok("Log in again", code: .capability(capabilities))
    }
}
