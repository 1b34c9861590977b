import MailMessage
import MailStore
import MailWire

/// SETMETADATA (RFC 5464 §4.3): all of its entries, or none.
extension IMAPSession {
    func setMetadata(_ command: SetMetadataCommand) async throws -> IMAPReply {
        let login = try loggedIn()
        let place = try await metadataPlace(command.mailbox, login)
        let changes = command.changes
        try check(changes, place)
        noteMetadataUse()

        let user = login.entry.id
        let rights: MailboxRights =
            changes.allSatisfy(\.entry.isPrivate) ? [.lookUp, .read] : [.lookUp, .read, .write]
        try await place.account.write { transaction in
            var mailbox: MailboxID?
            if case .mailbox(let target) = place { mailbox = try target.existing(transaction, needing: rights).id }
            for change in changes {
                if let mailbox, change.entry == .specialUse {
                    try Self.setSpecialUse(change.value, of: mailbox, transaction)
                } else {
                    try transaction.setMetadata(change.entry, change.value, of: mailbox, for: user)
                }
            }
        }

        return .ok("Kept")
    }

    /// RFC 6154 §4; one mailbox for each use, as with CREATE.
    private static func setSpecialUse(
        _ value: [UInt8]?, of mailbox: MailboxID, _ transaction: AccountTransaction
    ) throws {
        guard let value else { return try transaction.setRole(nil, of: mailbox) }
        guard let role = MailboxRole(specialUse: String(decoding: value, as: UTF8.self)) else {
            throw StoreError.notPermitted("This special use is not possible")
        }
        let holder = try transaction.mailboxID(role: role)
        guard holder == nil || holder == mailbox else {
            throw StoreError.notPermitted("Another mailbox has this special use")
        }
        try transaction.setRole(role, of: mailbox)
    }

    private func check(_ changes: [SetMetadataCommand.Change], _ place: MetadataPlace) throws {
        let limit = AccountTransaction.metadataValueLimit
        guard changes.allSatisfy({ $0.value?.count ?? 0 <= limit }) else {
            throw IMAPFailure.no("Values may have \(limit) bytes at most", code: .metadataMaxSize(UInt64(limit)))
        }
        // Of somebody else's mailbox the use is his.
        if place.account.id != login?.account.id, changes.contains(where: { $0.entry == .specialUse }) {
            throw IMAPFailure.no("The special use is the owner's", code: .noPermission)
        }
        // RFC 5464 §6.2.1: what all users of the server share is the administrator's.
        if case .server = place, !changes.allSatisfy(\.entry.isPrivate) {
            throw IMAPFailure.no("Only the administrator can change this", code: .noPermission)
        }
    }
}
