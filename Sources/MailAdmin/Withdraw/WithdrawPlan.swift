package import MailMessage
package import MailStore

/// Where a message is, and where it no longer can be reached.
package struct WithdrawPlan: Sendable {
    package let messageID: String
    package let items: [WithdrawItem]
    /// Accounts that were looked into.
    package let accounts: Int
    /// The trail knows nothing of it, or was not asked: all accounts were.
    package let isScan: Bool
    /// There are more than one call takes: it takes these, and the next one goes on.
    package var isCut = false

    package var copies: [WithdrawItem] { items.filter { $0.place == .mailbox } }
    package var left: [WithdrawItem] { items.filter { $0.place == .left } }
    package var queued: [WithdrawItem] { items.filter { $0.place == .queue } }
    /// There is something to take.
    package var isEmpty: Bool { copies.isEmpty && queued.isEmpty }
}

package enum WithdrawPlace: String, Sendable, CaseIterable {
    case mailbox, queue
    /// It has been taken over by somebody else's server.
    case left
}

package struct WithdrawItem: Sendable, Equatable {
    package let place: WithdrawPlace
    /// Whose mailbox, or which recipient.
    package let address: String
    package let mailbox: MailboxName?
    package let at: EpochSeconds
    package let size: Int64?
    package let isSeen: Bool?
    /// To whom it went, and what was said.
    package let host: String?
    package let detail: String?
    package let account: AccountID?
    package let copy: MessageID?
    package let queue: QueueID?
    /// What the trail calls a message of the queue; nil when only the trail names it.
    package var trailID: String?
}

extension WithdrawItem {
    init(_ copy: MessageCopy, of entry: AccountEntry, in mailbox: MailboxName?) {
        self.init(
            place: .mailbox, address: entry.address.description, mailbox: mailbox, at: copy.receivedAt, size: copy.size,
            isSeen: copy.isSeen, host: nil, detail: nil, account: entry.id, copy: copy.id, queue: nil)
    }

    init(_ line: QueueLine) {
        self.init(
            place: .queue, address: line.recipient, mailbox: nil, at: line.receivedAt, size: line.size, isSeen: nil,
            host: nil, detail: line.lastError.isEmpty ? nil : line.lastError, account: nil, copy: nil,
            queue: line.entry, trailID: line.trailID)
    }

    /// What became of one recipient elsewhere; nil when it neither waits nor has gone.
    init?(last step: TrailStep) {
        let place: WithdrawPlace
        switch step.fact {
        case .relayed: place = .left
        case .queued, .deferred, .held, .released, .delayNoticed: place = .queue
        default: return nil
        }
        if place == .queue, step.queue == nil { return nil }
        self.init(
            place: place, address: step.recipient, mailbox: nil, at: step.at, size: nil, isSeen: nil,
            host: step.fact.host, detail: step.fact.detail, account: nil, copy: nil, queue: step.queue)
    }

    /// The last word on each recipient of a story.
    static func outside(of story: TrailStory) -> [WithdrawItem] {
        var last: [String: TrailStep] = [:]
        var order: [String] = []
        var wasRelayed: Set<String> = []
        for step in story.steps where !step.recipient.isEmpty {
            if last[step.recipient] == nil { order.append(step.recipient) }
            // A report about it, or another copy, does not bring back what has left.
            guard !wasRelayed.contains(step.recipient) else { continue }
            if case .relayed = step.fact { wasRelayed.insert(step.recipient) }
            last[step.recipient] = step
        }
        return order.compactMap { last[$0].flatMap { WithdrawItem(last: $0) } }
    }
}
