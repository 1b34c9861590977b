package import MailMessage

extension AccountTransaction {
    /// STORE on existing messages of `set`; UIDs that do not exist are passed over. Flags that `rights` do not allow to
    /// change stay as they are; `noRights` when that is all that was asked for.
    package func setFlags(
        in mailbox: MailboxID, _ set: UIDSet, _ change: FlagChange, unchangedSince: ModSeq? = nil,
        with rights: MailboxRights = .all, listsUnchanged: Bool = false
    ) throws -> FlagOutcome {
        guard let allowed = change.limited(by: rights) else { throw StoreError.noRights }
        let rule = try FlagRule(allowed, within: rights.changeableFlags, bits: bits(of:))
        var plan = FlagPlan(rule: rule, unchangedSince: unchangedSince, listsUnchanged: listsUnchanged)
        try flagRows(in: mailbox, set) { plan.add($0) }
        guard !plan.changed.isEmpty else { return plan.outcome(opened) }
        let modseq = try open()
        try count(plan.counters, in: mailbox)
        for range in set.ranges { try update(range, in: mailbox, rule, modseq, unchangedSince) }
        try markUnseen(plan.lostSeen, in: mailbox)
        try unmarkUnseen(plan.gotSeen, in: mailbox)
        try logChange(of: plan.changedUIDs, in: mailbox, modseq)
        plan.date(modseq)
        return plan.outcome(modseq)
    }

    /// The same choice as the plan's, as one statement per range.
    private func update(
        _ range: ClosedRange<UID>, in mailbox: MailboxID, _ rule: FlagRule, _ modseq: ModSeq, _ unchangedSince: ModSeq?
    ) throws {
        try checkTime()
        try database(
            """
            UPDATE mailbox_message SET flags=(flags & $1) | $2, modseq=$3
            WHERE account_id=$4 AND mailbox_id=$5 AND uid BETWEEN $6 AND $7 AND modseq<=$8
              AND flags <> ((flags & $1) | $2)
            """
        ).run(
            rule.keep, rule.add, modseq, account, mailbox, range.lowerBound, range.upperBound,
            unchangedSince?.value ?? .max)
    }
}

/// A flag change as two masks: new = (old & keep) | add.
private struct FlagRule {
    let keep: FlagBits
    let add: FlagBits

    init(_ change: FlagChange, within mask: FlagBits, bits: ([Flag]) throws -> FlagBits) rethrows {
        switch change {
        case .add(let flags):
            (keep, add) = (FlagBits(rawValue: -1), try bits(flags))
        case .remove(let flags):
            (keep, add) = (FlagBits(rawValue: ~(try bits(flags).rawValue)), [])
        case .replace(let flags):
            (keep, add) = (FlagBits(rawValue: ~mask.rawValue), try bits(flags))
        }
    }

    func apply(to flags: FlagBits) -> FlagBits {
        FlagBits(rawValue: (flags.rawValue & keep.rawValue) | add.rawValue)
    }
}

extension FlagChange {
    /// RFC 4314 §4: what is allowed of it; nil when nothing is.
    fileprivate func limited(by rights: MailboxRights) -> FlagChange? {
        switch self {
        case .add(let flags):
            let allowed = flags.filter(rights.mayChange)
            return allowed.isEmpty && !flags.isEmpty ? nil : .add(allowed)
        case .remove(let flags):
            let allowed = flags.filter(rights.mayChange)
            return allowed.isEmpty && !flags.isEmpty ? nil : .remove(allowed)
        case .replace(let flags):
            return rights.changeableFlags.isEmpty ? nil : .replace(flags.filter(rights.mayChange))
        }
    }
}

private struct FlagPlan {
    let rule: FlagRule
    let unchangedSince: ModSeq?
    let listsUnchanged: Bool
    /// With their new flags.
    private(set) var changed: [FlagRow] = []
    private(set) var changedUIDs = UIDSet()
    private(set) var (gotSeen, lostSeen) = (UIDSet(), UIDSet())
    private var unchanged: [FlagRow] = []
    private var failed: [ClosedRange<UID>] = []
    private(set) var counters = CounterChange()

    init(rule: FlagRule, unchangedSince: ModSeq?, listsUnchanged: Bool) {
        self.rule = rule
        self.unchangedSince = unchangedSince
        self.listsUnchanged = listsUnchanged
    }

    mutating func add(_ row: FlagRow) {
        if let unchangedSince, row.modseq > unchangedSince { return failed.append(row.uid...row.uid) }
        let flags = rule.apply(to: row.flags)
        if flags != row.flags {
            changed.append(FlagRow(uid: row.uid, flags: flags, modseq: row.modseq))
            changedUIDs.insert(row.uid)
            if flags.contains(.seen), !row.flags.contains(.seen) { gotSeen.insert(row.uid) }
            if row.flags.contains(.seen), !flags.contains(.seen) { lostSeen.insert(row.uid) }
            counters.replace(row.flags, by: flags)
        } else if listsUnchanged {
            unchanged.append(row)
        }
    }

    mutating func date(_ modseq: ModSeq) {
        for index in changed.indices {
            changed[index] = FlagRow(uid: changed[index].uid, flags: changed[index].flags, modseq: modseq)
        }
    }

    func outcome(_ modseq: ModSeq?) -> FlagOutcome {
        FlagOutcome(changed: changed, unchanged: unchanged, failed: UIDSet(ranges: failed), modseq: modseq)
    }
}
