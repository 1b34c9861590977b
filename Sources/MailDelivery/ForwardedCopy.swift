package import MailMessage
package import MailStore

/// One copy of a message that an account sent on: it waits in the queue, or has been given to somebody here.
package struct ForwardedCopy: Sendable, Equatable {
    package let account: AccountID
    /// Who the sender wrote to; nil for `<postmaster>`.
    package let recipient: EmailAddress?
    package let address: EmailAddress
    /// nil: it stayed here.
    package let queue: QueueID?
}
