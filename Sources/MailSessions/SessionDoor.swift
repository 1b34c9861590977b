import MailIdentity
import MailMessage
import MailStore
import MailTransport

/// What `mailctl session` is told by this worker, and does here.
struct SessionDoor: Sendable {
    let logins: LoginRegister

    func answer(_ request: PresenceRequest) -> [String] {
        switch request {
        case .list: logins.sessions.compactMap(OpenSession.init).map(\.line)
        case .close(let choice): [String(close(choice))]
        }
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
