internal import MailMessage

/// The statements that read `trail.db`, inside one transaction.
struct TrailReader {
    /// Steps of one message; a message to 10,000 recipients that are tried for days.
    static let mostSteps = 50_000
    let database: SQLConnection

    init(_ database: SQLConnection) { self.database = database }

    func story(_ id: String, foundAt moment: EpochSeconds) throws -> TrailStory {
        let steps = try steps(of: id)
        let head = try database(
            """
            SELECT at, sender, origin, peer, account_id, size, message_id, recipients FROM trail_message WHERE id = $1
            """
        ).first(id) { row in
            let arrival = TrailArrival(
                sender: row.text(1), origin: TrailOrigin(rawValue: row.int64(2)) ?? .outside, peer: row.text(3),
                size: row.int64(5), messageID: row.text(6), recipients: row.int(7))
            return (at: row.int64(0), arrival: arrival, account: Self.account(row.int64(4)))
        }
        // A refusal is known without the words it was given; they are in its step.
        let told = steps.map { $0.knowing(head?.arrival) }
        return TrailStory(
            id: id, arrival: head?.arrival, account: head?.account, at: head?.at ?? steps.first?.at ?? moment,
            steps: told)
    }

    private func steps(of id: String) throws -> [TrailStep] {
        var steps: [TrailStep] = []
        try database(
            """
            SELECT at, kind, recipient, account_id, queue_id, host, text, until FROM trail_event
            WHERE id = $1 ORDER BY at, number LIMIT $2
            """
        ).each(id, Self.mostSteps) { row in
            guard let fact = Self.fact(row) else { return }
            steps.append(
                TrailStep(
                    at: row.int64(0), fact: fact, recipient: row.text(2), account: Self.account(row.int64(3)),
                    queue: row.int64(4) > 0 ? QueueID(row.int64(4)) : nil))
        }
        return steps
    }

    static func account(_ number: Int64) -> AccountID? { number > 0 ? AccountID(number) : nil }

    /// Nil for kinds that a newer program has written.
    private static func fact(_ row: borrowing Row) -> TrailFact? {
        let (host, text) = (row.text(5), row.text(6))
        switch TrailKind(rawValue: row.int64(1)) {
        case .refused: return .refused(TrailArrival(sender: "", origin: .outside), reply: text)
        case .delivered: return .delivered(mailbox: text)
        case .junked: return .storedInJunk(reason: text)
        case .queued: return .queued(domain: host)
        case .relayed: return .relayed(host: host, reply: text)
        case .deferred: return .deferred(host: host, reply: text, until: row.int64(7))
        case .failed: return .failed(host: host, reply: text)
        case .bounced: return .bounced
        case .delayNoticed: return .delayNoticed
        case .held: return .held(reason: text)
        case .released: return .released(by: text)
        case .removed: return .removed(by: text)
        case .withdrawn: return .withdrawn(by: text)
        case .restored: return .restored(by: text)
        case .forwarded: return .forwarded(to: text)
        case .discarded: return .discarded(reason: text)
        case .lost, nil: return nil
        }
    }
}

extension TrailStep {
    fileprivate func knowing(_ arrival: TrailArrival?) -> TrailStep {
        guard case .refused(_, let reply) = fact, let arrival else { return self }
        return TrailStep(
            at: at, fact: .refused(arrival, reply: reply), recipient: recipient, account: account, queue: queue)
    }
}
