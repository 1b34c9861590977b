import MailWire

/// How often a client was wrong or wasted time. Pure: events in, a verdict out.
struct SMTPCounters {
    private let policy: SMTPPolicy
    private var errorsInRow = 0
    private var junk = 0
    private var refusals = 0

    init(_ policy: SMTPPolicy) { self.policy = policy }

    /// Nil, or the last words before the connection closes.
    mutating func noteError(_ error: SMTPError) -> SMTPReply? {
        guard error.isMisuse else { return nil }
        errorsInRow += 1
        return errorsInRow >= policy.errorLimit ? .tooManyErrors : nil
    }

    mutating func noteSuccess(isJunk: Bool) -> SMTPReply? {
        guard isJunk else {
            errorsInRow = 0
            return nil
        }
        junk += 1
        return junk > policy.junkLimit ? .tooManyErrors : nil
    }

    mutating func noteRefusedRecipient() -> SMTPReply? {
        refusals += 1
        return refusals > policy.refusalLimit ? .tooManyErrors : nil
    }

    mutating func noteMessage() { junk = 0 }
}
