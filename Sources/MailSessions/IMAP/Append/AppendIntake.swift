import MailMessage
import MailStore
import MailWire

/// Where the messages of an APPEND go, and what may stand in their way.
struct AppendGoal: Sendable {
    let target: MailboxTarget
    let limit: QuotaLimit
    /// What goes when the messages come.
    var frees: Int64 = 0
}

/// The messages of one APPEND on their way: what has come of them, and what that costs.
struct AppendIntake {
    /// Beyond it messages wait in files, not in memory.
    static let heldLimit = 4 << 20
    /// Envelopes and structures stay in memory until the transaction: more of them than this is refused.
    static let factsLimit = 8 << 20
    /// The store is asked whether there is room before the first large literal, and then after so many bytes.
    static let lookInterval: Int64 = 4 << 20

    struct Message {
        let spool: MessageSpool
        let flags: [Flag]
        let date: EpochSeconds
        var hasNUL = false
        /// As CATENATE promises it, for the limit on one message.
        var size: Int64 = 0
    }

    let goal: AppendGoal
    var current: Message?
    private(set) var messages: [NewMessage] = []
    private var total: Int64 = 0
    private var held = 0
    private var nextLook = Int64(MessageBody.fileThreshold)

    init(_ goal: AppendGoal) { self.goal = goal }

    /// Whether the next message goes to a file whatever its size.
    var isParking: Bool { held > Self.heldLimit }

    /// The bytes to ask room for before `size` more are taken; nil when the write alone shall decide. A short message that
    /// is on its way comes whatever we say: one trip to the store is saved.
    mutating func look(before size: Int64, isOnItsWay: Bool) -> Int64? {
        total += size
        guard total >= nextLook || (!isOnItsWay && messages.isEmpty) else { return nil }
        nextLook = total + Self.lookInterval
        return max(0, total - goal.frees)
    }

    mutating func finish(_ message: StorableMessage, as begun: Message) throws {
        held += message.held
        guard held <= Self.heldLimit + Self.factsLimit else {
            throw IMAPFailure.no("These are too many messages for one command", code: .limit)
        }
        messages.append(NewMessage(message, flags: begun.flags, receivedAt: begun.date))
        current = nil
    }
}
