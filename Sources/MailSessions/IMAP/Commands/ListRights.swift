import MailMessage
import MailStore
import MailWire

/// LISTRIGHTS (RFC 4314 §3.4): the owner always has everything, everybody else can be given any right by itself.
extension IMAPSession {
    func listRights(_ mailbox: WireMailbox, _ name: [UInt8]) async throws -> IMAPReply {
        let login = try loggedIn()
        let target = try await target(mailbox, login)

        _ = try await target.account.read { try target.existing($0, needing: .administer) }
        let identifier = try await identifier(name, target)

        let all = MailboxRights.all.withObsoleteLetters
        let isFixed = identifier.isOwner
        send {
            $0.listRights(
                of: mailbox.text ?? "", name, always: isFixed && !identifier.isNegative ? all : "",
                possible: isFixed ? "" : all)
        }
        return .ok("That is all")
    }
}
