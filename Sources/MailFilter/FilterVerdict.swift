/// What the checks of a message from outside come to, at whatever step of its conversation.
package enum FilterVerdict: Sendable, Equatable {
    case accept
    /// Taken, and put into Junk.
    case junk(reason: String)
    /// 4xx with its enhanced status.
    case deferred(code: Int, status: String, text: String)
    /// 5xx with its enhanced status.
    case refused(code: Int, status: String, text: String)
    /// Taken and thrown away: a milter says so.
    case discard
    /// Taken, held in the queue for the operator: a milter says so.
    case quarantine(reason: String)
}
