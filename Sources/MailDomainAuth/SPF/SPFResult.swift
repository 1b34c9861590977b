package import MailMessage
package import MailNetwork

/// What the sender's domain says of the computer that sends (RFC 7208 §2.6).
package struct SPFResult: Sendable, Equatable {
    /// Whose policy it was.
    package enum Identity: String, Sendable { case helo, mailFrom = "mailfrom" }

    package var result: CheckResult
    /// The domain that was asked, in lower case; empty when there was none.
    package var domain: String
    package var identity: Identity
    /// For people, in English: which mechanism it was, or what went wrong.
    package var reason: String?
    /// What a failing sender shall be told, in the words of the domain's owner (RFC 7208 §6.2), printable ASCII.
    package var explanation: String?

    package init(
        result: CheckResult, domain: String, identity: Identity, reason: String? = nil, explanation: String? = nil
    ) {
        (self.result, self.domain, self.identity) = (result, domain, identity)
        (self.reason, self.explanation) = (reason, explanation)
    }
}

/// Who sends, as SMTP told it.
package struct SPFSender: Sendable {
    package let address: IPAddress
    /// As it stood in EHLO or HELO.
    package let helo: String
    /// nil for bounces, `MAIL FROM:<>`.
    package let mailFrom: EmailAddress?

    package init(address: IPAddress, helo: String, mailFrom: EmailAddress?) {
        (self.address, self.helo, self.mailFrom) = (address, helo, mailFrom)
    }
}
