import MailMessage
import MailStore
import MailWire

/// RENAME (RFC 9051 §6.3.6): a tree moves with its root; INBOX stays and gives its messages away.
extension IMAPSession {
    func rename(_ from: WireMailbox, to: WireMailbox) async throws -> IMAPReply {
        let login = try loggedIn()
        let target = try await target(from, login)
        let place = try await place(to, login)
        guard place.home.account.id == target.account.id else {
            throw IMAPFailure.no("A mailbox cannot move to another account", code: .cannot)
        }

        try await target.account.write { transaction in
            let source = try target.existing(transaction, needing: .deleteMailbox)
            guard target.home.isOwn || !source.name.isInbox else { throw StoreError.noRights }
            try transaction.renameMailbox(from: source.name, to: try place.name(transaction))
        }

        return .ok("Renamed")
    }
}
