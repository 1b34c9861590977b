package import MailMessage

extension AccountTransaction {
    package static let mailboxLimit = 10_000

    /// Makes a mailbox and the missing ones above it.
    @discardableResult
    package func createMailbox(_ name: MailboxName, role: MailboxRole? = nil) throws -> MailboxInfo {
        guard try mailboxID(name) == nil else { throw StoreError.mailboxExists(name) }
        if let role { try requireFree(role) }
        let parent = try makeParents(of: name)
        let id = try insertMailbox(name.leaf, below: parent, role: role)
        guard let made = try mailbox(id) else { throw StoreError.noSuchMailbox(name) }
        return made
    }

    /// Removes a mailbox and its messages. INBOX stays, and so does what has children.
    package func deleteMailbox(_ name: MailboxName) throws {
        guard !name.isInbox else { throw StoreError.notPermitted("INBOX cannot be deleted") }
        guard let id = try mailboxID(name) else { throw StoreError.noSuchMailbox(name) }
        guard try !hasChildren(id) else { throw StoreError.mailboxHasChildren }
        let role = try lineage(of: id).nodes[id]?.role
        _ = try remove(in: id, UIDSet(.first ... .last), as: .folder)
        _ = try open()
        try rememberFormer(id, name, role: role)
        try database("DELETE FROM vanished WHERE account_id=$1 AND mailbox_id=$2").run(account, id)
        try database("DELETE FROM changed WHERE account_id=$1 AND mailbox_id=$2").run(account, id)
        try removeMarks(of: id)
        try removeMetadata(of: id)
        try deleteGrants(on: id)
        try database("DELETE FROM mailbox WHERE account_id=$1 AND id=$2").run(account, id)
    }

    /// Gives a mailbox and all below it another name. RENAME INBOX moves its messages (RFC 9051 §6.3.6).
    package func renameMailbox(from old: MailboxName, to new: MailboxName) throws {
        guard let id = try mailboxID(old) else { throw StoreError.noSuchMailbox(old) }
        guard try mailboxID(new) == nil else { throw StoreError.mailboxExists(new) }
        guard !old.isInbox else { return try emptyInbox(id, into: new) }
        guard !new.isBelow(old) else { throw StoreError.notPermitted("a mailbox cannot move below itself") }
        try requireValidNames(below: id, old: old, new: new)
        let parent = try makeParents(of: new)
        _ = try open()
        try database("UPDATE mailbox SET parent_id=$1, name=$2 WHERE account_id=$3 AND id=$4")
            .run(parent, new.leaf, account, id)
        try adjustClocks(of: id)
    }

    /// At most one mailbox has each role; INBOX keeps its own.
    package func setRole(_ role: MailboxRole?, of id: MailboxID) throws {
        guard let node = try lineage(of: id).nodes[id] else { throw StoreError.noSuchMailbox(nil) }
        guard node.role != role else { return }
        guard node.role != .inbox, role != .inbox else { throw StoreError.notPermitted("the role of INBOX is fixed") }
        if let role { try requireFree(role) }
        _ = try open()
        try database("UPDATE mailbox SET role=$1 WHERE account_id=$2 AND id=$3").run(role?.rawValue ?? "", account, id)
        try adjustClocks(of: id)
    }

    /// Subscriptions are names: a mailbox need not exist to be subscribed (RFC 9051 §6.3.7).
    package func subscribe(_ name: MailboxName, _ wanted: Bool) throws {
        let isSubscribed =
            try database("SELECT 1 FROM subscription WHERE account_id=$1 AND name=$2")
            .number(account, name.text) != nil
        guard isSubscribed != wanted else { return }
        _ = try open()
        if wanted {
            let count = try database("SELECT count(*) FROM subscription WHERE account_id=$1").number(account) ?? 0
            guard count < Self.mailboxLimit else { throw StoreError.notPermitted("too many subscriptions") }
            try database("INSERT INTO subscription (account_id, name) VALUES ($1, $2)").run(account, name.text)
        } else {
            try database("DELETE FROM subscription WHERE account_id=$1 AND name=$2").run(account, name.text)
        }
    }

    // MARK: Parts

    private func requireFree(_ role: MailboxRole) throws {
        guard try mailboxID(role: role) == nil else {
            throw StoreError.exists("a mailbox with the role \(role.rawValue)")
        }
    }

    private func makeParents(of name: MailboxName) throws -> MailboxID {
        var parent = MailboxID.none
        for component in name.components.dropLast() {
            let known = try child(of: parent, named: component)
            parent = try known ?? insertMailbox(component, below: parent, role: nil)
        }
        return parent
    }

    func insertMailbox(_ name: String, below parent: MailboxID, role: MailboxRole?) throws -> MailboxID {
        let count = try database("SELECT count(*) FROM mailbox WHERE account_id=$1").number(account) ?? 0
        guard count < Self.mailboxLimit else { throw StoreError.notPermitted("too many mailboxes") }
        let charged = try charge(Charge(ids: 1))
        let id = MailboxID(charged.firstID)
        try database(
            """
            INSERT INTO mailbox (account_id, id, parent_id, name, role, uidvalidity, uidnext, highestmodseq,
              marked_modseq)
            VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $7)
            """
        ).run(account, id, parent, name, role?.rawValue ?? "", try nextUIDValidity(), charged.modseq)
        try inheritGrants(id, from: parent)
        return id
    }

    /// The time where that is larger, so that an account restored from a backup does not give old values again.
    private func nextUIDValidity() throws -> Int64 {
        let value = try database(
            """
            UPDATE account_state SET uidvalidity=CASE WHEN uidvalidity<$1 THEN $1 ELSE uidvalidity+1 END
            WHERE account_id=$2 RETURNING uidvalidity
            """
        ).number(min(max(now, 1), Int64(UInt32.max)), account)
        guard let value, value <= Int64(UInt32.max) else { throw StoreError.notPermitted("UIDVALIDITY is used up") }
        return value
    }

    /// All names below must stay within the limits of a name before anything moves.
    private func requireValidNames(below id: MailboxID, old: MailboxName, new: MailboxName) throws {
        let tree = try mailboxTree()
        for member in tree.subtree(of: id) {
            let tail = tree.name(of: member)?.components.dropFirst(old.components.count) ?? []
            guard MailboxName(components: new.components + tail) != nil else {
                throw StoreError.notPermitted("a name below the new one would be too long")
            }
        }
    }

    private func emptyInbox(_ inbox: MailboxID, into new: MailboxName) throws {
        let made = try createMailbox(new)
        _ = try move(UIDSet(.first ... .last), from: inbox, to: made.id)
    }
}
