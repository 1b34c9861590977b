import MailDelivery
import MailMessage
import MailStore

/// Writes down what became of recipients: in the queue, with the reports their senders get, in the trail and in the log.
struct RelayLedger {
    private let parts: RelayParts

    init(_ parts: RelayParts) { self.parts = parts }

    /// Repeats until it is written: what nobody has settled is tried by nobody either.
    func settle(
        _ message: QueuedMessage, _ results: [(QueuedRecipient, HopResult)], notBefore: EpochSeconds = 0
    ) async {
        var outcomes: [Int: QueueOutcome] = [:]
        for (recipient, result) in results { outcomes[recipient.number] = result.outcome(notBefore) }
        let facts = results.compactMap { Self.fact($0, $1) }
        var tries = 0
        await stubbornly(message.id) { () throws(StoreError) in
            tries += 1
            guard tries <= Self.triesOfReports else { return try await settle(message, results) }
            let reports = try await reports(facts, about: message)
            try await parts.store.queue.settle(message.id, outcomes, reports: reports, isLarge: message.isLarge)
            for (recipient, result) in results { note(message, recipient, result, isReported: !reports.isEmpty) }
        }
    }

    /// So often a report is tried to be written before its recipient waits instead: giving up is never silent.
    private static let triesOfReports = 5

    private func settle(
        _ message: QueuedMessage, _ results: [(QueuedRecipient, HopResult)]
    ) async throws(StoreError) {
        var outcomes: [Int: QueueOutcome] = [:]
        for (recipient, result) in results {
            outcomes[recipient.number] =
                if case .failed(let reply) = result { .deferred("no report can be written of: \(reply)") } else {
                    result.outcome(0)
                }
        }
        try await parts.store.queue.settle(message.id, outcomes, isLarge: message.isLarge)
    }

    private func stubbornly(_ entry: QueueID, _ write: () async throws(StoreError) -> Void) async {
        await Stubborn.run(write) { parts.note(.trouble("entry \(entry): \($0)")) }
    }

    private func reports(
        _ facts: [SenderReports.Fact], about message: QueuedMessage
    ) async throws(StoreError) -> [QueueSubmission] {
        guard !facts.isEmpty else { return [] }
        return try await SenderReports(store: parts.store, serverName: parts.serverName).reports(facts, about: message)
    }

    func putBack(_ job: RelayJob) async {
        var outcomes: [Int: QueueOutcome] = [:]
        for recipient in job.recipients { outcomes[recipient.number] = .untouched }
        await stubbornly(job.message.id) { [outcomes] () throws(StoreError) in
            try await parts.store.queue.settle(job.message.id, outcomes)
        }
    }

    /// What the sender may want to hear (RFC 3461 §5.2.2: of success only where the next host does not tell).
    private static func fact(_ recipient: QueuedRecipient, _ result: HopResult) -> SenderReports.Fact? {
        switch result {
        case .failed(let reply):
            SenderReports.Fact(
                recipient, .failed, status: reply.status, text: reply.line,
                remoteHost: reply.host.isEmpty ? nil : reply.host)
        case .delivered(let reply, let supportsDSN, _) where !supportsDSN && recipient.notice.wantsSuccess:
            SenderReports.Fact(recipient, .relayed, status: "2.0.0", text: reply.line, remoteHost: reply.host)
        default: nil
        }
    }

    private func note(
        _ message: QueuedMessage, _ recipient: QueuedRecipient, _ result: HopResult, isReported: Bool
    ) {
        let address = recipient.address?.description ?? ""
        func trail(_ fact: TrailFact) {
            parts.store.trail.note(TrailEvent(message.envelope.trailID, fact, to: address, queue: message.id))
        }
        switch result {
        case .delivered(let reply, _, let tls):
            parts.note(.delivered(message, to: address, reply: reply, tls: tls))
            trail(.relayed(host: reply.host, reply: reply.line))
        case .failed(let reply):
            parts.note(.failed(message, to: address, reply: reply))
            trail(.failed(host: reply.host, reply: reply.line))
            if isReported, recipient.notice.wantsFailures { trail(.bounced) }
        case .deferred(let reply), .postponed(let reply):
            parts.note(.deferred(message, to: address, reply: reply))
            let next =
                parts.store.directory.clock() + parts.store.queue.schedule.delay(afterAttempts: recipient.attempts + 1)
            trail(.deferred(host: reply.host, reply: reply.line, until: next))
        }
    }
}

extension HopResult {
    fileprivate func outcome(_ notBefore: EpochSeconds) -> QueueOutcome {
        switch self {
        case .delivered: .delivered
        case .failed(let reply): .failed(reply.description)
        case .deferred(let reply), .postponed(let reply): .deferred(reply.description, notBefore: notBefore)
        }
    }
}

extension HopReply: CustomStringConvertible {
    /// As the host said it: "550 5.1.1 No such user"; without a code when nobody answered.
    package var line: String { code == 0 ? text : "\(code) \(status) \(text)" }
    package var description: String { host.isEmpty ? line : "\(host): \(line)" }
}
