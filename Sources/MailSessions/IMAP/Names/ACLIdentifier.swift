import MailMessage
import MailStore
import MailWire

/// Whom an identifier of an access control list means (RFC 4314 §2): a login name or an address, `$` and the owner's
/// organisation, each with a dash before it for rights that are taken away.
struct ACLIdentifier: Sendable, Equatable {
    let grantee: Grantee
    let isNegative: Bool
    let isOwner: Bool
}

extension IMAPSession {
    /// `anyone` is nobody here: one word should not open a mailbox to people of other organisations.
    func identifier(
        _ bytes: [UInt8], _ target: MailboxTarget, orFormer allowsFormer: Bool = false
    ) async throws -> ACLIdentifier {
        let isNegative = bytes.first == UInt8(ascii: "-")
        let name = String(decoding: isNegative ? bytes.dropFirst() : bytes[...], as: UTF8.self)
        let owner = target.account.id
        guard name.lowercased() != "anyone" else {
            throw IMAPFailure.no("Name an organisation such as $physics instead of anyone", code: .cannot)
        }
        let grantee = try await services.store.directory.read { reader -> Grantee? in
            guard let found = try reader.grantee(named: name) ?? (allowsFormer ? Self.former(name) : nil) else {
                return nil
            }
            // Other organisations are an administrator's to name, and nobody finds out here whether they exist.
            if case .organisation(let id) = found {
                return try reader.sharedAccess(of: owner).viewer.organisation == id ? found : nil
            }
            return found
        }
        guard let grantee else { throw IMAPFailure.no("There is no user or group of that name", code: .nonExistent) }
        return ACLIdentifier(grantee: grantee, isNegative: isNegative, isOwner: grantee == .account(owner))
    }

    /// As GETACL names who is gone, so that the entry can be deleted.
    private static func former(_ name: String) -> Grantee? {
        guard name.first == "#" else { return nil }
        return Int64(name.dropFirst()).map { .account(AccountID($0)) }
    }
}
