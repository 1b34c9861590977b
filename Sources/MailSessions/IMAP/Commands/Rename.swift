import MailMessage
import MailStore
import MailWire

/// RENAME (RFC 9051 §6.3.6): a tree moves with its root; INBOX stays and gives its messages away.
extension IMAPSession {
    func rename(_ from: WireMailbox, to: WireMailbox) async throws -> IMAPReply {
        let login = try loggedIn()
        let names = try candidates(from)
        let place = try place(to)

        try await login.account.write { transaction in
            let source = try transaction.existing(among: names)
            try transaction.renameMailbox(from: source.name, to: try place.name(transaction))
        }

        return .ok("Renamed")
    }
}
