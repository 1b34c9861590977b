internal import MailMessage

/// Everything of the reader, and what changes the account. All of it happens, or none.
///
/// The first change opens the write with one statement on `account_state`: it is the account's lock (on PostgreSQL), the
/// clock, the quota check and the counting. A closure that changes nothing costs no sync.
package final class AccountTransaction: AccountReader {
    let limit: QuotaLimit
    let policy: RestorePolicy
    let effects: WriteEffects
    /// The modseq of this write once it has changed something.
    private(set) var opened: ModSeq?
    private(set) var usageNow: AccountUsage?
    var madeGarbage = false
    /// Hints may be different although the account's clock stands still.
    var touchedRestorable = false

    init(
        _ database: SQLConnection, account: AccountID, files: BodyFiles, now: EpochSeconds, limit: QuotaLimit,
        policy: RestorePolicy = .standard, effects: WriteEffects
    ) {
        self.limit = limit
        self.policy = policy
        self.effects = effects
        super.init(database, account: account, files: files, now: now)
    }

    /// The modseq all changes of this write carry.
    func open() throws -> ModSeq { try opened ?? charge(Charge()).modseq }

    struct Charge {
        var bytes: Int64 = 0
        var messages: Int64 = 0
        var ids: Int64 = 0
        /// Nil when nothing is checked: what shrinks or stays the same always fits.
        var limit: QuotaLimit?
    }

    struct Charged {
        let modseq: ModSeq
        let firstID: Int64
    }

    /// Counts bytes and messages, takes ids, and moves the clock when it is the first time.
    @discardableResult
    func charge(_ charge: Charge) throws -> Charged {
        let step = opened == nil ? 1 : 0
        let row = try database(
            """
            UPDATE account_state SET modseq=modseq+$1, next_id=next_id+$2, bytes_used=bytes_used+$3,
              message_count=message_count+$4
            WHERE account_id=$5 AND bytes_used+$3<=$6 AND message_count+$4<=$7
            RETURNING modseq, next_id, bytes_used, message_count
            """
        ).first(
            step, charge.ids, charge.bytes, charge.messages, account, charge.limit?.bytes ?? .max,
            charge.limit?.messages ?? .max
        ) { ($0.modseq(0), $0.int64(1), AccountUsage(bytes: $0.int64(2), messages: $0.int64(3))) }
        guard let (modseq, nextID, usage) = row else { throw refusal(of: charge) }
        let isFirst = opened == nil
        opened = modseq
        usageNow = usage
        if isFirst { try trimChangeLog(at: modseq) }
        return Charged(modseq: modseq, firstID: nextID - charge.ids)
    }

    private func refusal(of charge: Charge) -> StoreError {
        guard let limit = charge.limit else {
            return .damaged(file: database.path, detail: "account_state has no row")
        }
        let isTooLarge = limit.bytes.map { charge.bytes > $0 } ?? false
        return .overQuota(isTooLarge ? .tooLargeForAccount : .full)
    }

    /// The flags as bits; keywords the account does not know yet get a bit.
    func bits(of flags: [Flag]) throws -> FlagBits {
        var bits: FlagBits = []
        var table: KeywordTable?
        for flag in flags {
            switch flag {
            case .system(let system): bits.formUnion(system)
            case .keyword(let keyword):
                var known = try table ?? keywords()
                bits.formUnion(try bit(of: keyword, in: &known))
                table = known
            }
        }
        return bits
    }

    private func bit(of keyword: Keyword, in table: inout KeywordTable) throws -> FlagBits {
        if let bit = table.bit(of: keyword) { return FlagBits(rawValue: 1 << Int64(bit)) }
        guard let bit = table.freeBit else { throw StoreError.tooManyKeywords }
        _ = try open()
        try database("INSERT INTO keyword (account_id, bit, name) VALUES ($1, $2, $3)").run(account, bit, keyword.name)
        table.set(keyword, bit: bit)
        return FlagBits(rawValue: 1 << Int64(bit))
    }
}

/// How the counters of a mailbox move.
struct CounterChange: Equatable {
    var total: Int64 = 0
    var unseen: Int64 = 0
    var deleted: Int64 = 0
    var bytes: Int64 = 0

    mutating func add(_ flags: FlagBits, size: Int64) {
        total += 1
        unseen += flags.contains(.seen) ? 0 : 1
        deleted += flags.contains(.deleted) ? 1 : 0
        bytes += size
    }

    mutating func replace(_ old: FlagBits, by new: FlagBits) {
        unseen += (old.contains(.seen) ? 1 : 0) - (new.contains(.seen) ? 1 : 0)
        deleted += (new.contains(.deleted) ? 1 : 0) - (old.contains(.deleted) ? 1 : 0)
    }

    func adding(_ other: CounterChange) -> CounterChange {
        CounterChange(
            total: total + other.total, unseen: unseen + other.unseen, deleted: deleted + other.deleted,
            bytes: bytes + other.bytes)
    }

    var negated: CounterChange { CounterChange(total: -total, unseen: -unseen, deleted: -deleted, bytes: -bytes) }
}

extension AccountTransaction {
    struct Allocation {
        let firstUID: UID
        let uidValidity: UInt32
    }

    /// Moves a mailbox's counters and its HIGHESTMODSEQ, and takes `uids` UIDs. Before the rows change: the marks of what
    /// is unread may be made anew from them.
    @discardableResult
    func count(_ change: CounterChange, in mailbox: MailboxID, uids: Int = 0) throws -> Allocation {
        let modseq = try open()
        try admitUnlogged(to: mailbox)
        let row = try database(
            """
            UPDATE mailbox SET uidnext=uidnext+$1, highestmodseq=$2, total=total+$3, unseen=unseen+$4,
              deleted=deleted+$5, bytes=bytes+$6,
              marked_modseq=CASE WHEN marked_modseq=highestmodseq THEN $2 ELSE marked_modseq END
            WHERE account_id=$7 AND id=$8 AND uidnext+$1<=4294967296 RETURNING uidnext, uidvalidity, marked_modseq
            """
        ).first(
            uids, modseq, change.total, change.unseen, change.deleted, change.bytes, account, mailbox
        ) { ($0.int64(0), $0.int64(1), $0.modseq(2)) }
        guard let (next, validity, marked) = row else { throw try noRoom(in: mailbox) }
        if marked != modseq { try renewMarks(of: mailbox) }
        let first = UID(exactly: next - Int64(uids)) ?? .last
        if uids > 0, let last = UID(exactly: next - 1), first <= last {
            try logChange(of: UIDSet(first...last), in: mailbox, modseq)
        }
        return Allocation(firstUID: first, uidValidity: UInt32(truncatingIfNeeded: validity))
    }

    private func noRoom(in mailbox: MailboxID) throws -> StoreError {
        let exists = try database("SELECT 1 FROM mailbox WHERE account_id=$1 AND id=$2").number(account, mailbox) != nil
        return exists ? .notPermitted("the mailbox has used all UIDs") : .noSuchMailbox(nil)
    }
}
