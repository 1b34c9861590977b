import MailMessage
import MailStore
import MailWire

/// MYRIGHTS (RFC 4314 §3.5): any of these rights is enough to ask.
extension IMAPSession {
    private static let enough: MailboxRights = [.lookUp, .read, .insert, .createBelow, .deleteMailbox, .administer]

    func myRights(_ mailbox: WireMailbox) async throws -> IMAPReply {
        let login = try loggedIn()
        let target = try await target(mailbox, login)

        let found = try await target.account.read { try target.locate($0)?.rights }
        guard let rights = found, !rights.isDisjoint(with: Self.enough) else {
            throw IMAPFailure.no("There is no such mailbox", code: .nonExistent)
        }

        send { $0.myRights(of: mailbox.text ?? "", rights.withObsoleteLetters) }
        return .ok("That is all")
    }
}
