import MailMessage
import MailStore
import MailWire

/// INBOX as one POP3 session sees it: a snapshot made at login. Pure.
///
/// We deliberately take no lock: RFC 1939 §4 asks for one "as necessary to prevent messages from being modified or
/// removed". Messages never change here, UIDs are never given twice, QUIT removes exactly what this session marked, and
/// what another session removed answers "no such message". So a phone that lost its network locks nobody out.
struct Maildrop {
    struct Entry {
        let uid: UID
        let size: Int64
        let isSeen: Bool
        var isDeleted = false
        var isRetrieved = false
    }

    let mailbox: MailboxID
    let uidValidity: UInt32
    private(set) var entries: [Entry]
    private(set) var remaining: (count: Int, bytes: Int64)

    init(mailbox: MailboxID, uidValidity: UInt32, entries: [Entry]) {
        self.mailbox = mailbox
        self.uidValidity = uidValidity
        self.entries = entries
        remaining = (entries.count, entries.reduce(0) { $0 &+ $1.size })
    }

    /// Nil for numbers out of range and messages marked as deleted (RFC 1939 §5).
    subscript(number: POP3MessageNumber) -> Entry? {
        guard entries.indices.contains(number.index), !entries[number.index].isDeleted else { return nil }
        return entries[number.index]
    }

    /// `uidvalidity.uid`: stable from session to session, at most 21 characters (RFC 1939 §7).
    func uniqueID(_ entry: Entry) -> String { "\(uidValidity).\(entry.uid)" }

    mutating func markDeleted(_ number: POP3MessageNumber) {
        guard let entry = self[number] else { return }
        entries[number.index].isDeleted = true
        remaining = (remaining.count - 1, remaining.bytes &- entry.size)
    }

    mutating func markRetrieved(_ number: POP3MessageNumber) {
        guard self[number] != nil else { return }
        entries[number.index].isRetrieved = true
    }

    mutating func reset() {
        for index in entries.indices { entries[index].isDeleted = false }
        remaining = (entries.count, entries.reduce(0) { $0 &+ $1.size })
    }

    /// What QUIT removes.
    var deleted: UIDSet { UIDSet(entries.lazy.filter(\.isDeleted).map(\.uid)) }
    /// What QUIT marks as seen: read here, still there, and news to other clients.
    var newlySeen: UIDSet {
        UIDSet(entries.lazy.filter { $0.isRetrieved && !$0.isDeleted && !$0.isSeen }.map(\.uid))
    }
}
