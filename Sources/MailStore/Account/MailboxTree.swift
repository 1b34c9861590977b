internal import MailMessage

/// All mailboxes of an account as the rows are, and what follows from their parents.
struct MailboxTree {
    struct Node {
        let id: MailboxID
        let parent: MailboxID?
        let name: String
        let role: MailboxRole?
        let uidValidity: UInt32
        let uidNext: Int64
        let highestModSeq: ModSeq
        let total: Int
        let unseen: Int
        let deleted: Int
        let bytes: Int64
    }

    private(set) var nodes: [MailboxID: Node] = [:]
    private(set) var children: [MailboxID: [MailboxID]] = [:]

    mutating func add(_ node: Node) {
        nodes[node.id] = node
        if let parent = node.parent { children[parent, default: []].append(node.id) }
    }

    /// The components from the root down; nil when a parent is missing or the chain is longer than any name may be.
    func name(of id: MailboxID) -> MailboxName? {
        var components: [String] = []
        var next: MailboxID? = id
        while let current = next {
            guard let node = nodes[current], components.count < MailboxName.maximumDepth else { return nil }
            components.append(node.name)
            next = node.parent
        }
        return MailboxName(components: components.reversed())
    }

    /// The mailbox and all below it.
    func subtree(of id: MailboxID) -> [MailboxID] {
        var found = [id]
        var next = 0
        while next < found.count, found.count <= nodes.count {
            found += children[found[next]] ?? []
            next += 1
        }
        return found
    }
}

/// What the place of a mailbox means for its messages.
struct MailboxZone: Equatable {
    /// Role Trash, or below such a mailbox: the trash clock runs.
    var isTrash = false
    /// The same for Junk.
    var isJunk = false
    /// Drafts, or below it.
    var isDrafts = false
    /// Trash, Sent and Drafts and what is below them may go over the limit a little.
    var hasOverdraft = false
}
