import MailStore

/// What has become of one message's recipients so far, transaction by transaction and host by host.
struct JobRounds {
    private let hops: [NextHop]
    private(set) var rest: [RelayRecipient]
    private var settled: [(QueuedRecipient, HopResult)] = []
    private var tried: [NextHop] = []
    /// What the hosts before have said of those who are left, by the recipient's number.
    private var refusals: [Int: HopResult] = [:]
    /// Why the last host could not be reached.
    var lastFailure: HopReply?

    init(_ job: RelayJob) { (hops, rest) = (job.hops, job.destinations) }

    var hopsLeft: [NextHop] { hops.filter { !tried.contains($0) } }
    /// No host has had a word yet.
    var isUntouched: Bool { settled.isEmpty && tried.isEmpty && rest.count > 0 && lastFailure == nil }

    /// False when this host is done with: a neighbour may take what it did not (RFC 5321 §5.1). `isNew`: it was the first
    /// transaction of the connection.
    mutating func take(
        _ sent: [(recipient: RelayRecipient, result: HopResult)], of hop: NextHop, isNew: Bool
    ) -> Bool {
        let wasLost = isNew && sent.allSatisfy { $0.result.isPostponed }
        let hasNeighbour = hopsLeft.contains { $0 != hop }
        if wasLost || hasNeighbour && sent.allSatisfy({ $0.result.mayFareBetterElsewhere }) {
            tried.append(hop)
            for (recipient, result) in sent {
                if case .postponed(let reply) = result {
                    lastFailure = reply
                } else {
                    refusals[recipient.queued.number] = result
                }
            }
            return false
        }
        rest = []
        for (recipient, result) in sent {
            if result.isPostponed { rest.append(recipient) } else { settled.append((recipient.queued, result)) }
        }
        return true
    }

    /// Of everybody, each once. `words`: of those whom no host has answered.
    func results(orElse words: String) -> [(QueuedRecipient, HopResult)] {
        settled + rest.map { ($0.queued, verdict(on: $0.queued.number, words)) }
    }

    /// What one host cannot take, another one that could not be asked may take later.
    private func verdict(on number: Int, _ words: String) -> HopResult {
        switch (refusals[number], lastFailure) {
        case (.deferred(let reply)?, _): .deferred(reply)
        case (let refusal?, nil): refusal
        case (_, let reply?): .deferred(reply)
        case (nil, nil): .deferred(HopReply(status: "4.4.2", text: words))
        }
    }
}

extension HopResult {
    var isPostponed: Bool { if case .postponed = self { true } else { false } }

    /// By the host's own word, so that it certainly has not kept the message; or it lacks what the message needs, such as
    /// REQUIRETLS (RFC 8689 §4.2.1: each host is asked).
    fileprivate var mayFareBetterElsewhere: Bool {
        switch self {
        case .deferred(let reply): reply.code >= 400 && !reply.mayHaveArrived
        case .failed(let reply): reply.code == 0
        case .delivered, .postponed: false
        }
    }
}
