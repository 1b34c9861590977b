package import MailMessage

extension AccountTransaction {
    /// STORE on existing messages of `set`; UIDs that do not exist are passed over. Flags that `rights` do not allow to
    /// change stay as they are; `noRights` when that is all that was asked for.
    package func setFlags(
        in mailbox: MailboxID, _ set: UIDSet, _ change: FlagChange, unchangedSince: ModSeq? = nil,
        with rights: MailboxRights = .all
    ) throws -> FlagOutcome {
        guard let allowed = change.limited(by: rights) else { throw StoreError.noRights }
        let rule = try FlagRule(allowed, within: rights.changeableFlags, bits: bits(of:))
        var plan = FlagPlan()
        try rows(in: mailbox, set) { row in
            if let unchangedSince, row.modseq > unchangedSince { return plan.failed.append(row.uid...row.uid) }
            let flags = rule.apply(to: row.flags)
            if flags != row.flags { plan.add(row, flags) }
        }
        guard !plan.changed.isEmpty else { return FlagOutcome(changed: [], failed: plan.failedSet, modseq: opened) }
        let modseq = try open()
        try count(plan.counters, in: mailbox)
        for range in set.ranges { try update(range, in: mailbox, rule, modseq, unchangedSince) }
        let changed = plan.changed.map { MessageRow($0.row, flags: $0.flags, modseq: modseq) }
        return FlagOutcome(changed: changed, failed: plan.failedSet, modseq: modseq)
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
    var changed: [(row: MessageRow, flags: FlagBits)] = []
    var failed: [ClosedRange<UID>] = []
    var counters = CounterChange()

    var failedSet: UIDSet { UIDSet(ranges: failed) }

    mutating func add(_ row: MessageRow, _ flags: FlagBits) {
        changed.append((row, flags))
        counters.replace(row.flags, by: flags)
    }
}

extension MessageRow {
    fileprivate init(_ row: MessageRow, flags: FlagBits, modseq: ModSeq) {
        self.init(
            uid: row.uid, messageID: row.messageID, flags: flags, modseq: modseq, size: row.size,
            receivedAt: row.receivedAt, savedAt: row.savedAt, trashedAt: row.trashedAt,
            junkedAt: row.junkedAt)
    }
}
