import MailDelivery
import MailMessage
import MailStore

/// Tells senders of mail that waits for long, and gives up what has waited too long (RFC 5321 §4.5.4.1, RFC 3461 §5.2.6).
struct QueueUpkeep {
    /// Recipients at once: reports are written meanwhile.
    static let batch = 100
    /// Messages whose delay is told at once, each with up to `Queue.maximumRecipients`.
    static let lateBatch = 10

    private let parts: RelayParts
    private let reports: SenderReports

    init(_ parts: RelayParts) {
        self.parts = parts
        reports = SenderReports(store: parts.store, serverName: parts.serverName)
    }

    func run() async {
        do {
            while !Task.isCancelled, try await tellDelays() {}
            while !Task.isCancelled, try await giveUp() {}
        } catch { parts.note(.trouble("\(error)")) }
    }

    /// False when there is nothing more to tell.
    private func tellDelays() async throws(StoreError) -> Bool {
        let late = try await parts.store.queue.late(limit: Self.lateBatch)
        for message in late {
            let facts = message.recipients.map { recipient in
                SenderReports.Fact(
                    recipient, .delayed, status: "4.4.7",
                    text: recipient.lastError.isEmpty ? "it waits for its turn" : recipient.lastError)
            }
            let reports = try await reports.reports(facts, about: message)
            try await parts.store.queue.noticed(message.id, reports: reports)
            if !reports.isEmpty {
                parts.store.trail.note(TrailEvent(message.envelope.trailID, .delayNoticed, queue: message.id))
            }
        }
        return !late.isEmpty
    }

    private func giveUp() async throws(StoreError) -> Bool {
        let expired = try await parts.store.queue.claimExpired(limit: Self.batch)
        for message in expired {
            let results = message.recipients.map { recipient -> (QueuedRecipient, HopResult) in
                let reason = recipient.lastError.isEmpty ? "" : "; the last answer was: \(recipient.lastError)"
                return (
                    recipient, .failed(HopReply(status: "5.4.7", text: "it could not be delivered in time\(reason)"))
                )
            }
            await RelayLedger(parts).settle(message, results)
        }
        return !expired.isEmpty
    }
}
