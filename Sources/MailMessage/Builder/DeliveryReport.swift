/// What became of a message: the content of a bounce, a delay warning or a success report (RFC 3464).
package struct DeliveryReport: Sendable {
    package enum Action: String, Sendable { case failed, delayed, delivered, relayed, expanded }

    package struct Recipient: Sendable {
        package var finalRecipient: EmailAddress
        /// RCPT's ORCPT, decoded: `rfc822;user@example.org` (RFC 3461 §4.2).
        package var originalRecipient: String?
        package var action: Action
        /// Such as `5.1.1` (RFC 3463).
        package var status: String
        package var remoteServer: String?
        /// The reply that decided: `550 5.1.1 No such user`.
        package var diagnostic: String?
        /// `smtp` when a server said so (RFC 3464 §2.3.6).
        package var diagnosticType = "smtp"
        package var lastAttempt: EpochSeconds?
        package var willRetryUntil: EpochSeconds?

        package init(finalRecipient: EmailAddress, action: Action, status: String) {
            (self.finalRecipient, self.action, self.status) = (finalRecipient, action, status)
        }
    }

    package var reportingServer: String
    /// MAIL's ENVID, decoded (RFC 3461 §4.4).
    package var envelopeID: String?
    package var arrivedAt: EpochSeconds?
    package var recipients: [Recipient]

    package init(reportingServer: String, recipients: [Recipient]) {
        (self.reportingServer, self.recipients) = (reportingServer, recipients)
    }

    // delivery-status-content = per-message-fields 1*( CRLF per-recipient-fields )
    var statusText: [UInt8] {
        var header = HeaderWriter()
        envelopeID.map { header.add("Original-Envelope-Id", $0) }
        header.add("Reporting-MTA", "dns; " + reportingServer)
        arrivedAt.map { header.add("Arrival-Date", MailDate(seconds: $0).headerText) }
        return header.bytes + recipients.flatMap { [0x0d, 0x0a] + Self.fields(of: $0) }
    }

    private static func fields(of recipient: Recipient) -> [UInt8] {
        let address = recipient.finalRecipient
        // RFC 6533 §3: addresses beyond ASCII have a type of their own.
        let type = address.needsSMTPUTF8 ? "utf-8" : "rfc822"
        var header = HeaderWriter()
        recipient.originalRecipient.map { header.add("Original-Recipient", folding: Array($0.utf8)) }
        header.add("Final-Recipient", folding: Array("\(type); \(address)".utf8))
        header.add("Action", recipient.action.rawValue)
        header.add("Status", recipient.status)
        recipient.remoteServer.map { header.add("Remote-MTA", "dns; " + $0) }
        recipient.diagnostic.map {
            header.add("Diagnostic-Code", folding: Array("\(recipient.diagnosticType); \($0)".utf8))
        }
        recipient.lastAttempt.map { header.add("Last-Attempt-Date", MailDate(seconds: $0).headerText) }
        recipient.willRetryUntil.map { header.add("Will-Retry-Until", MailDate(seconds: $0).headerText) }
        return header.bytes
    }
}
