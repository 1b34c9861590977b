import MailMessage
import MailStore
import MailWire

/// GETACL (RFC 4314 §3.3): the owner first, who is in no list.
extension IMAPSession {
    func getACL(_ mailbox: WireMailbox) async throws -> IMAPReply {
        let login = try loggedIn()
        let target = try await target(mailbox, login)

        let grants = try await target.account.read { reader in
            try reader.grants(on: try target.existing(reader, needing: .administer).id)
        }
        let owner = Grant(.account(target.account.id), .all)
        let entries = try await services.store.directory.read { reader in
            try ([owner] + grants).map { grant in
                ((grant.isNegative ? "-" : "") + (try reader.name(of: grant.grantee)), grant.rights)
            }
        }

        send { $0.acl(of: mailbox.text ?? "", entries.map { (identifier: $0.0, rights: $0.1) }) }
        return .ok("That is all")
    }
}
