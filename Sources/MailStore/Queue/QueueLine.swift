package import MailMessage

/// One copy of a message that is still on its way, as an operator sees it.
package struct QueueLine: Sendable, Equatable {
    package let entry: QueueID
    package let number: Int
    package let state: QueueLineState
    /// Empty: the null sender.
    package let sender: String
    package let recipient: String
    /// The domain it goes to; empty: an account of ours.
    package let destination: String
    package let size: Int64
    package let receivedAt: EpochSeconds
    package let nextAttemptAt: EpochSeconds
    package let expiresAt: EpochSeconds
    package let attempts: Int
    package let lastError: String
    package let origin: QueueOrigin
    /// Our account that sent it, or sent it on.
    package let submitter: AccountID?
    package let client: String
    package let trailID: String
    package let messageID: String

    package var isHeld: Bool { state == .held }
    /// Nobody but an operator may let it go.
    package var isHeldByOperator: Bool { isHeld && lastError.hasPrefix(Queue.heldBy) }
    package var place: QueuePlace { QueuePlace(entry: entry, number: number) }
}

package enum QueueLineState: String, Sendable, CaseIterable {
    case waiting, held
    /// An attempt is under way.
    case trying

    init(_ state: Int64) {
        self =
            switch state {
            case QueueState.held.rawValue: .held
            case QueueState.underWay.rawValue: .trying
            default: .waiting
            }
    }
}

/// Which of them; what is nil admits all.
package struct QueueFilter: Sendable, Equatable {
    package var entry: QueueID?
    /// An address, or `@domain`; empty: the null sender.
    package var sender: String?
    package var recipient: String?
    /// Where it goes.
    package var domain: String?
    package var state: QueueLineState?
    package var messageID: String?
    package var submitter: AccountID?
    /// What the words of its state begin with.
    package var reason: String?

    package init() {}
    package var isEverything: Bool { self == QueueFilter() }

    func admits(_ line: QueueLine) -> Bool {
        fits(line.sender, sender) && fits(line.recipient, recipient)
            && domain.map { line.destination == $0.lowercased() } ?? true && state.map { line.state == $0 } ?? true
            && messageID.map { line.messageID == $0 } ?? true && reason.map(line.lastError.hasPrefix) ?? true
    }

    private func fits(_ address: String, _ wanted: String?) -> Bool {
        guard let wanted else { return true }
        let key = TrailWriter.key(address)
        return wanted.hasPrefix("@") ? key.hasSuffix(wanted.lowercased()) : key == TrailWriter.key(wanted)
    }
}

/// A place in the order of the list.
package struct QueuePlace: Sendable, Equatable {
    package let entry: QueueID
    package let number: Int

    package init(entry: QueueID, number: Int) {
        self.entry = entry
        self.number = number
    }

    package static let start = QueuePlace(entry: QueueID(0), number: -1)
}
