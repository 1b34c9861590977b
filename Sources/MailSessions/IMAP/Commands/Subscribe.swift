import MailMessage
import MailStore
import MailWire

/// SUBSCRIBE and UNSUBSCRIBE (RFC 9051 §6.3.7, §6.3.8).
extension IMAPSession {
    func subscribe(_ mailbox: WireMailbox) async throws -> IMAPReply {
        let login = try loggedIn()
        let target = try await target(mailbox, login)
        let name = try await target.account.read { reader in
            target.home.spelling(of: try target.existing(reader, needing: .lookUp).name)
        }
        guard let name else { throw IMAPFailure.no("The name is too long", code: .cannot) }
        try await login.account.write { try $0.subscribe(name, true) }
        return .ok("Subscribed")
    }

    /// Also of a mailbox that is gone: subscriptions are names.
    func unsubscribe(_ mailbox: WireMailbox) async throws -> IMAPReply {
        let login = try loggedIn()
        let names = try candidates(mailbox)
        try await login.account.write { transaction in
            let subscribed = try transaction.subscriptions()
            let existing = try names.first { try transaction.mailboxID($0) != nil }
            guard let name = existing ?? names.first(where: subscribed.contains) else {
                return
            }
            try transaction.subscribe(name, false)
        }
        return .ok("Not subscribed")
    }
}
