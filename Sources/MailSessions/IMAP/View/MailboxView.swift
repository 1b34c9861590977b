import MailMessage
import MailStore

/// One session's picture of its selected mailbox: which message has which sequence number, and up to which moment
/// the client knows what happened.
///
/// Pure: changes go in, notices come out. A message expunged by somebody else keeps its number until a command is
/// over during which the number cannot be meant (RFC 9051 §7.5.1).
struct MailboxView: Sendable {
    /// What to tell the client, in this order.
    struct Notices: Sendable {
        /// `* n EXPUNGE`, each number already reduced by those before it.
        var expunged: [Expunged] = []
        /// `* n EXISTS` when the number of messages is not what it was after the expunges.
        var exists: Int?
        /// `* n FETCH (FLAGS ...)`.
        var changed: [(number: SequenceNumber, row: MessageRow)] = []

        var isEmpty: Bool { expunged.isEmpty && exists == nil && changed.isEmpty }
    }

    /// `count` messages in a row have gone: the same number is announced that many times, or their UIDs once.
    struct Expunged: Sendable, Equatable {
        let number: SequenceNumber
        let count: UInt32
        let uids: ClosedRange<UID>
    }

    private(set) var uids: UIDRuns
    /// The account's clock up to which the changes are in this view.
    private(set) var syncedTo: ModSeq
    /// Expunged, and the client has not been told yet.
    private var unannounced = UIDSet()
    /// Clock readings of this session's own writes: their flag changes were reported by the command itself.
    private var ownWrites: Set<ModSeq> = []

    init(uids: UIDRuns, syncedTo: ModSeq) {
        self.uids = uids
        self.syncedTo = syncedTo
    }

    var count: Int { uids.count }
    var hasUnannounced: Bool { !unannounced.isEmpty }

    /// A write of this session whose flag changes need no echo.
    mutating func noteOwnWrite(at modseq: ModSeq) { ownWrites.insert(modseq) }

    /// Takes in what the store reports since `syncedTo`; `present` is what exists when the store does not remember
    /// that far back.
    mutating func apply(
        _ changes: MailboxChanges, present: [UID]? = nil, at clock: ModSeq, mayExpunge: Bool
    ) -> Notices {
        let lastKnown = uids.last
        var notices = Notices()
        let gone = present.map { uids.missing(from: $0) } ?? uids.intersection(changes.vanished)
        unannounced.formUnion(gone)
        if mayExpunge { notices.expunged = announceExpunged() }
        let countBefore = uids.count
        for uid in changes.changed.map(\.uid).filter({ uid in lastKnown.map { uid > $0 } ?? true }).sorted() {
            uids.append(uid)
        }
        if uids.count != countBefore { notices.exists = uids.count }
        for row in changes.changed where !ownWrites.contains(row.modseq) {
            guard let lastKnown, row.uid <= lastKnown, let number = uids.number(of: row.uid) else { continue }
            notices.changed.append((number, row))
        }
        ownWrites.removeAll()
        syncedTo = max(syncedTo, clock)
        return notices
    }

    /// What `apply` will announce as expunged, when it may.
    func leaving(_ changes: MailboxChanges? = nil, present: [UID]? = nil) -> UIDSet {
        var leaving = unannounced
        if let changes {
            leaving.formUnion(present.map { uids.missing(from: $0) } ?? uids.intersection(changes.vanished))
        }
        return leaving
    }

    /// What is still to be told without asking the store.
    mutating func announceExpunged() -> [Expunged] {
        guard !unannounced.isEmpty else { return [] }
        var done: UInt32 = 0
        var result: [Expunged] = []
        for run in uids.remove(unannounced) {
            if let number = SequenceNumber(run.before &+ 1 &- done), let uids = run.uids {
                result.append(Expunged(number: number, count: run.end &- run.before, uids: uids))
            }
            done &+= run.end &- run.before
        }
        unannounced = UIDSet()
        return result
    }
}
