package import MailMessage

/// One mailbox as it is now.
package struct MailboxInfo: Sendable, Equatable {
    package let id: MailboxID
    package let name: MailboxName
    package let role: MailboxRole?
    package let uidValidity: UInt32
    /// The next UID to be given; `UID.last` also when all have been used.
    package let uidNext: UID
    package let highestModSeq: ModSeq
    package let total: Int
    package let unseen: Int
    package let deleted: Int
    package let bytes: Int64
    package let subscribed: Bool
    package let hasChildren: Bool
}

/// What a search asks of a mailbox before it looks at messages.
package struct MailboxCounts: Sendable, Equatable {
    package let total: Int
    package let unseen: Int
    package let deleted: Int
    /// The last UID that is there; nil in an empty mailbox.
    package let newest: UID?
}

/// One message of one mailbox: all that FLAGS, SIZE and dates need.
package struct MessageRow: Sendable, Equatable {
    package let uid: UID
    package let messageID: MessageID
    package let flags: FlagBits
    package let modseq: ModSeq
    package let size: Int64
    package let receivedAt: EpochSeconds
    package let savedAt: EpochSeconds
    /// When the message entered the trash; nil outside of it.
    package let trashedAt: EpochSeconds?
    /// The same for Junk.
    package let junkedAt: EpochSeconds?

    package init(
        uid: UID, messageID: MessageID, flags: FlagBits, modseq: ModSeq, size: Int64, receivedAt: EpochSeconds,
        savedAt: EpochSeconds, trashedAt: EpochSeconds?, junkedAt: EpochSeconds? = nil
    ) {
        self.uid = uid
        self.messageID = messageID
        self.flags = flags
        self.modseq = modseq
        self.size = size
        self.receivedAt = receivedAt
        self.savedAt = savedAt
        self.trashedAt = trashedAt
        self.junkedAt = junkedAt
    }
}

/// The rows with all of some flags and none of others.
package struct FlagFilter: Sendable, Equatable {
    package static let any = FlagFilter()
    package var all: FlagBits
    package var none: FlagBits
    var mask: FlagBits { all.union(none) }

    package init(all: FlagBits = [], none: FlagBits = []) {
        self.all = all
        self.none = none
    }

    package mutating func formUnion(_ other: FlagFilter) {
        all.formUnion(other.all)
        none.formUnion(other.none)
    }
}

/// What STORE changes of a message.
package struct FlagRow: Sendable, Equatable {
    package let uid: UID
    package let flags: FlagBits
    package let modseq: ModSeq

    package init(uid: UID, flags: FlagBits, modseq: ModSeq) {
        self.uid = uid
        self.flags = flags
        self.modseq = modseq
    }

    package init(_ row: MessageRow) { self.init(uid: row.uid, flags: row.flags, modseq: row.modseq) }
}

/// What a session needs to bring its view of one mailbox up to date.
package struct MailboxChanges: Sendable, Equatable {
    /// New and changed messages by ascending UID, as they are now.
    package let changed: [MessageRow]
    /// What has gone since; may name UIDs the session never saw.
    package let vanished: UIDSet
    package let highestModSeq: ModSeq
    package let uidNext: UID
    package let total: Int
    package let unseen: Int
    /// False when `since` is older than what the store remembers: `vanished` may then be incomplete.
    package let isComplete: Bool

    package init(
        changed: [MessageRow], vanished: UIDSet, highestModSeq: ModSeq, uidNext: UID, total: Int, unseen: Int,
        isComplete: Bool
    ) {
        self.changed = changed
        self.vanished = vanished
        self.highestModSeq = highestModSeq
        self.uidNext = uidNext
        self.total = total
        self.unseen = unseen
        self.isComplete = isComplete
    }
}

package struct AccountUsage: Sendable, Equatable {
    package let bytes: Int64
    package let messages: Int64
}

/// The six mailboxes every account begins with.
package enum StandardMailbox {
    package static let all: [(name: String, role: MailboxRole)] = [
        ("INBOX", .inbox), ("Drafts", .drafts), ("Sent", .sent), ("Junk", .junk), ("Trash", .trash),
        ("Archive", .archive),
    ]
}
