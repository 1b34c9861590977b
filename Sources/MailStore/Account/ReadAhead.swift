internal import Glibc
package import MailMessage
internal import Synchronization

/// What a list shows.
package enum ListColumns: Sendable { case flags, envelopes }

/// Brings a mailbox's rows from a cold disk into the kernel's memory, ahead of whoever lists them. A reader waits for one page
/// after the other; several keep a disk busy. What they read is thrown away, and what they cannot read is left to the lister.
final class ReadAhead: Sendable {
    /// More do not help two processors, which are busy with the transfers by then.
    private static let readers = 6
    /// One list at a time has readers: a disk that is busy with one gains nothing from a second.
    private static let isTaken = Atomic(false)

    private let path: String
    private let account: AccountID
    private let mailbox: MailboxID
    private let set: UIDSet
    private let columns: ListColumns
    private let count: Int
    private let next = Atomic(0)

    init(_ path: String, _ account: AccountID, _ mailbox: MailboxID, _ set: UIDSet, _ columns: ListColumns) {
        (self.path, self.account, self.mailbox, self.set, self.columns) = (path, account, mailbox, set, columns)
        count = set.span
    }

    func run() async {
        guard count > 0, !Self.isTaken.exchange(true, ordering: .acquiring) else { return }
        await withTaskCancellationHandler {
            await withTaskGroup { group in
                for _ in 0..<Self.readers { group.addTask { await self.readApart() } }
            }
        } onCancel: {
            next.store(count, ordering: .relaxed)
        }
        Self.isTaken.store(false, ordering: .releasing)
    }

    /// On a thread of its own: those of the store serve the sessions.
    private func readApart() async {
        await withCheckedContinuation { continuation in
            let hasThread = StoreThread.start {
                try? self.read()
                continuation.resume()
            }
            if !hasThread { continuation.resume() }
        }
    }

    private func read() throws {
        let database = try SQLConnection(readingOnly: path)
        while let range = nextRange() {
            _ = try database(columns.query).number(account, mailbox, range.lowerBound, range.upperBound)
        }
    }

    private func nextRange() -> ClosedRange<UID>? {
        let start = next.wrappingAdd(columns.step, ordering: .relaxed).oldValue
        guard start < count else { return nil }
        let part = set.members(start..<min(count, start + columns.step))
        guard let first = part.first, let last = part.last else { return nil }
        return first...last
    }
}

extension ListColumns {
    /// Messages of one look: the readers stay close together, just ahead of the list.
    fileprivate var step: Int {
        switch self {
        case .flags: 2_048
        case .envelopes: 64
        }
    }

    /// Not every message: its page holds its neighbours.
    fileprivate var query: StaticString {
        switch self {
        case .flags:
            """
            SELECT count(flags) FROM mailbox_message
            WHERE account_id=$1 AND mailbox_id=$2 AND uid BETWEEN $3 AND $4 AND uid % 16 = 0
            """
        case .envelopes:
            """
            SELECT count(m.sent_at)
            FROM mailbox_message mm JOIN message m ON m.account_id=mm.account_id AND m.id=mm.message_id
            WHERE mm.account_id=$1 AND mm.mailbox_id=$2 AND mm.uid BETWEEN $3 AND $4 AND mm.uid % 4 = 0
            """
        }
    }
}

extension Account {
    /// For a long list whose beginning had to come from the disk. Returns when all is read, or soon after the task was cancelled;
    /// at once when another list has the readers.
    package func readAhead(in mailbox: MailboxID, _ set: UIDSet, _ columns: ListColumns) async {
        await ReadAhead(folder.database, id, mailbox, set, columns).run()
    }
}

/// How much of what a thread read had to come from a disk.
package enum DiskReads {
    /// More than a few pages that somebody has just changed. A mailbox that nobody has looked at for long comes from the disk
    /// page by page.
    package static let ofAColdList = 128

    private static let thisThread = __rusage_who_t(1)  // RUSAGE_THREAD, which is shown to GNU sources alone

    /// In units of 512 octets, since the thread began.
    package static func ofThisThread() -> Int {
        var use = rusage()
        guard getrusage(thisThread, &use) == 0 else { return 0 }
        return use.ru_inblock
    }
}
