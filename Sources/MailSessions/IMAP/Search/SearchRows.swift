import MailMessage
import MailStore

/// The first step of a search: what a mailbox's counters, its marks of what is unread and its rows say of it.
struct SearchRows: Sendable {
    /// To ask for rows costs as much as to pass over so many.
    private static let gap: UInt32 = 128

    let mailbox: MailboxID
    let test: SearchTest
    /// All of it, instead of rows, where UIDs, marks and flags decide.
    private(set) var found: [UID]?
    private(set) var decided: [MessageRow] = []
    /// What has to be looked at more closely, by ascending UID.
    private(set) var open: [MessageRow] = []
    /// Instead of rows, when envelopes alone decide: to be made first.
    private(set) var sweep: EnvelopeSweep?

    /// Only messages of `view` count.
    init(_ test: SearchTest, in mailbox: MailboxID, _ reader: AccountReader, view: UIDRuns) throws {
        let counts = try reader.counts(of: mailbox)
        self.mailbox = mailbox
        self.test = counts.map { test.simplified(for: $0) } ?? .nothing
        if self.test.needsOnlyEnvelopes {
            sweep = EnvelopeSweep(self.test, in: mailbox, view: view)
        } else {
            try read(reader, view: view, isWhole: counts?.areOf(view) ?? false)
        }
    }

    /// `isWhole`: the view is the mailbox.
    private mutating func read(_ reader: AccountReader, view: UIDRuns, isWhole: Bool) throws {
        var bounds = test.bounds ?? UIDSet(.first ... .last)
        if test.needsOnlyMarks, let marked = try marked(reader, view: view, isWhole: isWhole, in: bounds) {
            found = marked
            return
        }
        let filter = test.flagFilter
        if filter.none.contains(.seen), let unseen = try reader.markedUnseen(in: mailbox, around: bounds) {
            bounds = bounds.intersection(unseen)
        }
        if test.needsOnlyFlags {
            try judgeFlags(reader, view: view, in: bounds, filter)
        } else {
            try judgeRows(reader, view: view, in: bounds, filter)
        }
    }

    /// Nil where the marks are not up to date.
    private func marked(
        _ reader: AccountReader, view: UIDRuns, isWhole: Bool, in bounds: UIDSet
    ) throws -> [UID]? {
        let unseen = test.namesSeen ? try reader.markedUnseen(in: mailbox, around: bounds) : UIDSet()
        guard let unseen else { return nil }
        var everyone = bounds
        if test.flagFilter.none.contains(.seen) {
            everyone = bounds.intersection(unseen)
        } else if !isWhole {
            let coarse = UIDSet(ranges: bounds.stretches(over: Self.gap))
            everyone = bounds.intersection(UIDSet(try reader.uids(in: mailbox, coarse)))
        }
        everyone = view.intersection(everyone)
        return view.uids(of: try test.members(of: everyone, unseen: unseen, checkTime: reader.checkTime))
    }

    private mutating func judgeFlags(
        _ reader: AccountReader, view: UIDRuns, in bounds: UIDSet, _ filter: FlagFilter
    ) throws {
        var (members, hits) = (SetWalk(bounds), [UID]())
        try reader.flags(in: mailbox, bounds.stretches(over: Self.gap), filter) { uid, flags in
            if members.contains(uid), view.contains(uid), test.holds(uid, flags) { hits.append(uid) }
        }
        found = hits
    }

    private mutating func judgeRows(
        _ reader: AccountReader, view: UIDRuns, in bounds: UIDSet, _ filter: FlagFilter
    ) throws {
        var members = SetWalk(bounds)
        for range in bounds.stretches(over: Self.gap) {
            try reader.rows(in: mailbox, UIDSet(range), flagged: filter) { row in
                guard members.contains(row.uid), view.contains(row.uid) else { return }
                switch test.verdict(row, Known()) {
                case true?: decided.append(row)
                case nil: open.append(row)
                case false?: break
                }
            }
        }
    }
}

extension MailboxCounts {
    /// Whether the view has just the messages that there are. What is no newer than its last one was in it once.
    fileprivate func areOf(_ view: UIDRuns) -> Bool { total == view.count && newest == view.last }
}
