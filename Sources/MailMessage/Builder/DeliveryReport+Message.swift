extension DeliveryReport {
    /// A complete multipart/report (RFC 3461 §6, RFC 3464, RFC 6522). It is sent with the empty reverse path.
    ///
    /// `original` is the message that it is about; with `headersOnly` (RET=HDRS, RFC 3461 §4.3) just its header returns.
    package func message(
        to: EmailAddress, from: EmailAddress, date: MailDate, unique: String, original: [UInt8], headersOnly: Bool
    ) -> [UInt8] {
        var builder = MessageBuilder()
        builder.addDate(date)
        builder.add("From", addresses: [MailAddress(from, name: "Mail Delivery System")])
        builder.add("To", addresses: [MailAddress(to)])
        builder.add("Subject", subject)
        builder.addMessageID(unique: unique, domain: reportingServer)
        let header = Header(original)
        let replied = header.first("Message-ID").flatMap { ParsedMessage.messageIDs(in: $0.unfolded).first }
        replied.map { builder.add("In-Reply-To", "<" + String(decoding: $0, as: UTF8.self) + ">") }
        builder.add("Auto-Submitted", "auto-replied")  // RFC 3834 §5
        let returned = headersOnly ? BuiltPart.messageHeaders(header.bytes) : .message(original)
        return builder.multipart(
            "report", boundary: "=_\(unique)", parameters: [("report-type", "delivery-status")],
            parts: [.text(explanation), .deliveryStatus(self), returned])
    }

    private var worst: Action {
        let actions = Set(recipients.map(\.action))
        return actions.contains(.failed) ? .failed : actions.contains(.delayed) ? .delayed : .delivered
    }

    private var subject: String {
        switch worst {
        case .failed: "Your message could not be delivered"
        case .delayed: "Your message is delayed"
        case .delivered, .relayed, .expanded: "Your message was delivered"
        }
    }

    private var explanation: String {
        let lines = recipients.map { recipient in
            "<\(recipient.finalRecipient)>: \(Self.words(for: recipient.action))"
                + (recipient.diagnostic.map { "\n    \($0)" } ?? "")
        }
        return "This is the mail server \(reportingServer).\n\n" + subject
            + (recipients.count == 1 ? ":" : " to all of its recipients:") + "\n\n" + lines.joined(separator: "\n\n")
            + (worst == .delayed ? "\n\nYou need not send it again: the server keeps trying." : "") + "\n"
    }

    private static func words(for action: Action) -> String {
        switch action {
        case .failed: "could not be delivered."
        case .delayed: "has not been delivered yet."
        case .delivered: "was delivered."
        case .relayed: "was handed to a server that sends no reports."
        case .expanded: "was passed on to several recipients."
        }
    }
}
