import MailMessage
import MailStore
import MailWire

/// DELETE (RFC 9051 §6.3.5).
extension IMAPSession {
    func delete(_ mailbox: WireMailbox) async throws -> IMAPReply {
        let login = try loggedIn()
        let target = try await target(mailbox, login)

        let deleted = try await target.account.write { transaction in
            let info = try target.existing(transaction, needing: .deleteMailbox)
            try transaction.deleteMailbox(info.name)
            return info.id
        }

        // What this session deletes under its own feet is simply no longer selected.
        if case .selected(let login, let current) = state, current.door.leads(to: target.door(to: deleted)) {
            state = .authenticated(login)
        }
        return .ok("Deleted")
    }
}
