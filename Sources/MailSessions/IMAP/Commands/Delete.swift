import MailMessage
import MailStore
import MailWire

/// DELETE (RFC 9051 §6.3.5).
extension IMAPSession {
    func delete(_ mailbox: WireMailbox) async throws -> IMAPReply {
        let login = try loggedIn()
        let names = try candidates(mailbox)

        let deleted = try await login.account.write { transaction in
            let info = try transaction.existing(among: names)
            try transaction.deleteMailbox(info.name)
            return info.id
        }

        // What this session deletes under its own feet is simply no longer selected.
        if case .selected(let login, let current) = state, current.id == deleted { state = .authenticated(login) }
        return .ok("Deleted")
    }
}
