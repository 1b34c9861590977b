package import MailMessage

extension AccountReader {
    /// All mailboxes, in the order of their names.
    package func mailboxes() throws -> [MailboxInfo] {
        let tree = try mailboxTree()
        let subscribed = try subscriptions()
        return tree.nodes.keys.compactMap { info(of: $0, in: tree, subscribed: subscribed) }
            .sorted { $0.name < $1.name }
    }

    package func mailbox(_ name: MailboxName) throws -> MailboxInfo? {
        guard let id = try mailboxID(name) else { return nil }
        return try mailbox(id)
    }

    package func mailbox(role: MailboxRole) throws -> MailboxInfo? {
        guard let id = try mailboxID(role: role) else { return nil }
        return try mailbox(id)
    }

    package func mailbox(_ id: MailboxID) throws -> MailboxInfo? {
        let tree = try lineage(of: id)
        guard let name = tree.name(of: id) else { return nil }
        let isSubscribed =
            try database("SELECT 1 FROM subscription WHERE account_id=$1 AND name=$2")
            .number(account, name.text) != nil
        let hasChildren = try hasChildren(id)
        return info(of: id, in: tree, subscribed: isSubscribed ? [name] : [], hasChildren: hasChildren)
    }

    /// Nil when the mailbox is gone.
    package func counts(of id: MailboxID) throws -> MailboxCounts? {
        try database(
            """
            SELECT total, unseen, deleted,
              (SELECT max(uid) FROM mailbox_message WHERE account_id=$1 AND mailbox_id=$2)
            FROM mailbox WHERE account_id=$1 AND id=$2
            """
        ).first(account, id) {
            MailboxCounts(
                total: Int($0.int64(0)), unseen: Int($0.int64(1)), deleted: Int($0.int64(2)),
                newest: UID(exactly: $0.int64(3)))
        }
    }

    /// Only the id: the short way for deliveries.
    package func mailboxID(role: MailboxRole) throws -> MailboxID? {
        try database("SELECT id FROM mailbox WHERE account_id=$1 AND role=$2").number(account, role.rawValue)
            .map(MailboxID.init)
    }

    package func mailboxID(_ name: MailboxName) throws -> MailboxID? {
        var parent = MailboxID.none
        for component in name.components {
            guard let child = try child(of: parent, named: component) else { return nil }
            parent = child
        }
        return parent
    }

    func child(of parent: MailboxID, named name: String) throws -> MailboxID? {
        try database("SELECT id FROM mailbox WHERE account_id=$1 AND parent_id=$2 AND name=$3")
            .number(account, parent, name).map(MailboxID.init)
    }

    func hasChildren(_ id: MailboxID) throws -> Bool {
        try database("SELECT 1 FROM mailbox WHERE account_id=$1 AND parent_id=$2 LIMIT 1").number(account, id) != nil
    }

    func mailboxTree() throws -> MailboxTree {
        var tree = MailboxTree()
        try database(
            """
            SELECT id, parent_id, name, role, uidvalidity, uidnext, highestmodseq, total, unseen, deleted, bytes
            FROM mailbox WHERE account_id=$1 ORDER BY id
            """
        ).each(account) { tree.add(MailboxTree.Node($0)) }
        return tree
    }

    /// A mailbox and what is above it.
    func lineage(of id: MailboxID) throws -> MailboxTree {
        var tree = MailboxTree()
        var next: MailboxID? = id
        while let current = next, tree.nodes.count <= MailboxName.maximumDepth {
            let node = try database(
                """
                SELECT id, parent_id, name, role, uidvalidity, uidnext, highestmodseq, total, unseen, deleted, bytes
                FROM mailbox WHERE account_id=$1 AND id=$2
                """
            ).first(account, current) { MailboxTree.Node($0) }
            guard let node else { return tree }
            tree.add(node)
            next = node.parent
        }
        return tree
    }

    func zone(of id: MailboxID) throws -> MailboxZone {
        let tree = try lineage(of: id)
        guard tree.nodes[id] != nil else { throw StoreError.noSuchMailbox(nil) }
        var zone = MailboxZone()
        for node in tree.nodes.values {
            if node.role == .trash { zone.isTrash = true }
            if node.role == .junk { zone.isJunk = true }
            if node.role == .drafts { zone.isDrafts = true }
            if node.role == .trash || node.role == .sent || node.role == .drafts { zone.hasOverdraft = true }
        }
        return zone
    }

    private func info(
        of id: MailboxID, in tree: MailboxTree, subscribed: Set<MailboxName>, hasChildren: Bool? = nil
    ) -> MailboxInfo? {
        guard let node = tree.nodes[id], let name = tree.name(of: id) else { return nil }
        return MailboxInfo(
            id: id, name: name, role: node.role, uidValidity: node.uidValidity,
            uidNext: UID(exactly: node.uidNext) ?? .last, highestModSeq: node.highestModSeq, total: node.total,
            unseen: node.unseen, deleted: node.deleted, bytes: node.bytes, subscribed: subscribed.contains(name),
            hasChildren: hasChildren ?? (tree.children[id] != nil))
    }
}

extension MailboxID {
    /// `parent_id` of a mailbox at the top.
    static let none = MailboxID(0)
}

extension MailboxTree.Node {
    init(_ row: borrowing Row) {
        let parent = MailboxID(row.int64(1))
        self.init(
            id: MailboxID(row.int64(0)), parent: parent == .none ? nil : parent, name: row.text(2),
            role: MailboxRole(rawValue: row.text(3)), uidValidity: UInt32(truncatingIfNeeded: row.int64(4)),
            uidNext: row.int64(5), highestModSeq: row.modseq(6), total: row.int(7), unseen: row.int(8),
            deleted: row.int(9), bytes: row.int64(10))
    }
}
