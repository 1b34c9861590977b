import MailDelivery
import MailMessage
import MailStore

extension TrailEvent {
    /// What the trail says of a message that was given a 250.
    static func events(
        _ outcome: DeliveryOutcome, _ envelope: QueueEnvelope, _ transaction: SMTPTransaction, size: Int64
    ) -> [TrailEvent] {
        let arrival = TrailArrival(envelope, transaction, size: size)
        let id = envelope.trailID
        var events = [TrailEvent(id, .accepted(arrival), account: envelope.submitter, queue: outcome.queue)]
        for (target, result) in zip(outcome.reached, outcome.recipients) {
            let address = target.address?.description ?? "postmaster"
            for account in target.accounts {
                events.append(TrailEvent(id, result.fact(""), to: address, account: account.id, queue: outcome.queue))
            }
        }
        for copy in outcome.forwards {
            events.append(
                TrailEvent(
                    id, .forwarded(to: "\(copy.address)"), to: copy.recipient?.description ?? "postmaster",
                    account: copy.account, queue: copy.queue))
        }
        for (recipient, result) in zip(transaction.elsewhere, outcome.recipients.suffix(transaction.elsewhere.count)) {
            events.append(
                TrailEvent(
                    id, result.fact(recipient.destination.domain ?? ""), to: recipient.address?.description ?? "",
                    queue: outcome.queue))
        }
        return events
    }
}

extension TrailArrival {
    init(_ envelope: QueueEnvelope, _ transaction: SMTPTransaction, size: Int64) {
        self.init(
            sender: envelope.sender?.description ?? "", origin: TrailOrigin(envelope.origin), peer: envelope.client,
            size: size, messageID: envelope.messageID.isEmpty ? "" : "<\(envelope.messageID)>",
            recipients: transaction.addresses.count)
    }
}

extension TrailOrigin {
    init(_ origin: QueueOrigin) {
        self =
            switch origin {
            case .submitted: .login
            case .trusted: .trustedNetwork
            case .report: .system
            case .outside, .forwarded: .outside
            }
    }
}

extension RecipientOutcome {
    var isQueued: Bool {
        switch self {
        case .queued, .leaving, .held: true
        case .delivered, .failed: false
        }
    }

    fileprivate func fact(_ domain: String) -> TrailFact {
        switch self {
        case .delivered: .delivered(mailbox: "")
        case .queued, .leaving: .queued(domain: domain)
        case .held: .held(reason: "")
        case .failed(let error): .failed(host: "", reply: error.description)
        }
    }
}
