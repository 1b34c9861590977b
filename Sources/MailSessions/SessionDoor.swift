import MailIdentity
import MailMessage
import MailNetwork
import MailStore
import MailTransport

/// What `mailctl session`, `mailctl probe-log` and `mailctl account failures` are told by this worker, and what they do here.
struct SessionDoor: Sendable {
    let logins: LoginRegister
    let attempts: AttemptLog
    let ports: [AttemptMemory.Port]
    let tls: TLSServerContext?
    let authenticator: Authenticator

    func answer(_ request: PresenceRequest) -> [String] {
        switch request {
        case .list: logins.sessions.compactMap(OpenSession.init).map(\.line)
        case .close(let choice): [String(close(choice))]
        case .attempts(let choice): attempts.attempts(choice).map { judged($0).line }
        case .failures(let names): authenticator.failures(of: names).map(\.line)
        case .unlock(let names): unlock(names)
        case .memory: [AttemptMemory(since: attempts.since, limit: attempts.limit, ports: ports).line]
        }
    }

    private func unlock(_ names: [String]) -> [String] {
        authenticator.unlock(names)
        return ["done"]
    }

    /// Whether the client asked for a name that is ours: only now, because for most nobody ever asks.
    private func judged(_ attempt: ConnectionAttempt) -> ConnectionAttempt {
        var attempt = attempt
        if let name = attempt.tls.serverName { attempt.tls.isServed = tls?.serves(name) }
        return attempt
    }

    private func close(_ choice: SessionChoice) -> Int {
        let chosen = logins.sessions.filter { choice.means($0) }.compactMap(\.connection)
        for connection in chosen { connection.dismissSoon() }
        return chosen.count
    }
}

extension SessionChoice {
    fileprivate func means(_ session: LoggedIn) -> Bool {
        switch self {
        case .all: true
        case .account(let id): session.account == id
        case .session(let id): session.id.description == id
        }
    }
}

extension OpenSession {
    /// nil: the connection is gone.
    fileprivate init?(_ session: LoggedIn) {
        guard session.connection != nil else { return nil }
        self.init(
            id: session.id.description, account: session.account, address: session.address.description,
            service: session.service.rawValue, appPassword: session.appPassword?.text, client: session.client,
            peer: session.peer.ip.description, since: session.since, tls: session.tls)
    }
}
