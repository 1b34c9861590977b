package import MailMessage
package import MailStore

/// One accepted RCPT: the address as the client gave it and the accounts it reaches.
package struct RecipientTarget: Sendable, Equatable {
    /// Nil for `<postmaster>` without a domain.
    package let address: EmailAddress?
    package let accounts: [AccountEntry]
    /// What the sender asked to hear about this recipient.
    package var notice: QueueNotice

    package init(address: EmailAddress?, accounts: [AccountEntry], notice: QueueNotice = .none) {
        self.address = address
        self.accounts = accounts
        self.notice = notice
    }
}

/// The answer to one RCPT.
package enum RecipientDecision: Sendable, Equatable {
    case accepted(RecipientTarget)
    /// An address that mail was forwarded with: a bounce goes on to who sent that mail, anything else is 550 5.7.1.
    case returning(EmailAddress)
    /// 550 5.1.1
    case unknown
    /// 550 5.7.1, until sending exists
    case notLocal
    /// 550 5.2.1
    case suspended
    /// 550 5.4.6
    case loop
    /// 452 4.2.2: full now
    case overQuota
    /// 552 5.2.2: larger than the whole quota
    case tooLarge
    /// 451 4.3.0: nobody to take postmaster's mail yet, or the directory does not answer
    case unavailable(StoreError?)
}
