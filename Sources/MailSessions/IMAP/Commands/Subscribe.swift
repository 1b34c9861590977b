import MailMessage
import MailStore
import MailWire

/// SUBSCRIBE and UNSUBSCRIBE (RFC 9051 §6.3.7, §6.3.8).
extension IMAPSession {
    func subscribe(_ mailbox: WireMailbox) async throws -> IMAPReply {
        let login = try loggedIn()
        let target = try await target(mailbox, login)
        try await login.account.write { try $0.subscribe(try target.existing($0, needing: .lookUp).name, true) }
        return .ok("Subscribed")
    }

    /// Also of a mailbox that is gone: subscriptions are names.
    func unsubscribe(_ mailbox: WireMailbox) async throws -> IMAPReply {
        let login = try loggedIn()
        let target = try await target(mailbox, login)
        try await login.account.write { transaction in
            let subscribed = try transaction.subscriptions()
            let existing = try target.find(transaction, needing: .lookUp)?.name
            guard let name = existing ?? target.names.first(where: subscribed.contains) else {
                return
            }
            try transaction.subscribe(name, false)
        }
        return .ok("Not subscribed")
    }
}
