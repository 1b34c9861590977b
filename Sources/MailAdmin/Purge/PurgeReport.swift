package import MailMessage
package import MailStore

/// What happened, or would happen, in one account.
package struct AccountPurge: Sendable {
    package let id: AccountID
    package let address: EmailAddress
    package var messages: Int64 = 0
    package var bytes: Int64 = 0
    /// When the oldest of them entered.
    package var oldest: EpochSeconds?
    package var reclaimed: Int64 = 0
    package var reclaimedBytes: Int64 = 0
    /// Each message, where a dry run was asked for them.
    package var list: [PurgedMessage] = []
    package var failure: AdminError?
    /// Held since the run began.
    package var isHeld = false
    /// Nothing is left to be done there, or nothing that could be.
    var isOver = false

    init(_ candidate: PurgeCandidate) {
        id = candidate.id
        address = candidate.address
    }

    package var isEmpty: Bool { messages == 0 && reclaimed == 0 && failure == nil }

    mutating func add(_ due: [DueMessage]) {
        messages += Int64(due.count)
        bytes += due.reduce(0) { $0 + $1.size }
        oldest = ([oldest] + due.map(\.since)).compactMap { $0 }.min()
    }

    mutating func add(_ step: PurgeStep) {
        add(step.gone)
        reclaimed += Int64(step.reclaimed)
        reclaimedBytes += step.reclaimedBytes
    }
}

package struct PurgedMessage: Sendable {
    package let mailbox: MailboxName?
    package let message: DueMessage
}

/// What a run removes: out of mailboxes, to be restored for a while, and then for good. The ceiling is one for each.
package enum PurgePart: Sendable, Equatable { case expunge, reclaim }

package enum PurgeEnd: Sendable, Equatable {
    case done
    /// A signal, or the time that was allowed, with work left.
    case stopped
    case outOfTime
    /// More than the ceiling allows; `found` is what would have gone.
    case tooMany(PurgePart, found: Int64, ceiling: Int64)
    /// So many have gone, and more were due.
    case full(PurgePart, ceiling: Int64)
    case clock(PurgeClock)
}

package struct PurgeSummary: Sendable {
    package var isDryRun = false
    package var end = PurgeEnd.done
    /// In the store.
    package var accounts: Int64 = 0
    package var touched = 0
    package var messages: Int64 = 0
    package var bytes: Int64 = 0
    package var reclaimed: Int64 = 0
    package var reclaimedBytes: Int64 = 0
    package var failed = 0
    package var held = 0
    package var imported = 0
    /// The audit trail tells nothing of the end.
    package var receiptFailure: AdminError?

    mutating func add(_ account: AccountPurge) {
        if account.failure != nil { failed += 1 }
        if account.isHeld { held += 1 }
        guard account.messages > 0 || account.reclaimed > 0 else { return }
        touched += 1
        messages += account.messages
        bytes += account.bytes
        reclaimed += account.reclaimed
        reclaimedBytes += account.reclaimedBytes
    }

    mutating func add(_ step: PurgeStep, touched: Int) {
        self.touched = touched
        messages += Int64(step.gone.count)
        bytes += step.gone.reduce(0) { $0 + $1.size }
        reclaimed += Int64(step.reclaimed)
        reclaimedBytes += step.reclaimedBytes
    }

    /// What would go is more than a run may take.
    func excess(_ part: PurgePart, over ceiling: Int64) -> PurgeEnd? {
        let found = part == .expunge ? messages : reclaimed
        return found > ceiling ? .tooMany(part, found: found, ceiling: ceiling) : nil
    }

    /// For the audit trail.
    var receipt: String {
        var text = "\(messages) messages of \(bytes) bytes expunged, \(reclaimed) of \(reclaimedBytes) bytes given up, "
        text += "in \(touched) of \(accounts) accounts"
        if failed > 0 { text += ", \(failed) failed" }
        return end == .done ? text : text + ", not finished"
    }
}
