internal import MailMessage

/// The statements of `sending.db`, inside one transaction.
struct SendingLedger {
    static let slotSeconds: EpochSeconds = 600
    static let hourSlots: EpochSeconds = 6
    static let daySlots: EpochSeconds = 144
    /// So long without a held message, and the next one is news.
    static let calm: EpochSeconds = 86_400

    private let database: SQLConnection
    private let now: EpochSeconds
    private var slot: EpochSeconds { now / Self.slotSeconds }

    init(_ database: SQLConnection, now: EpochSeconds) {
        self.database = database
        self.now = now
    }

    /// Held mail counts for nothing: its recipients are as new as before, and who keeps to the limits again sends again.
    func charge(_ party: SendingParty, recipients: [Int64], rates: SendingRates) throws -> SendingDecision {
        let new = try recipients.filter { try !isKnown($0, to: party) }
        let use = try use(of: party).adding(recipients: recipients.count, new: new.count)
        let allowed = rates.raised(to: try allowance(of: party)?.most)
        if let (limit, most) = use.excess(over: allowed) {
            let isFirst = try noteHeld(party, "over the limit of \(most) \(limit.rawValue)")
            return .hold(
                SendingExcess(limit: limit, used: use.count(limit), most: most, beginsEpisode: isFirst))
        }
        try count(party, recipients: recipients.count, new: new.count)
        for recipient in recipients { try remember(recipient, of: party) }
        return .send
    }

    func use(of party: SendingParty) throws -> SendingUse {
        var use = SendingUse()
        try database(
            "SELECT slot, messages, recipients, new_recipients FROM sending_count WHERE party = $1 AND slot > $2"
        ).each(party.key, slot - Self.daySlots) { row in
            use.messagesInDay += row.int(1)
            use.recipientsInDay += row.int(2)
            use.newRecipientsInDay += row.int(3)
            guard row.int64(0) > slot - Self.hourSlots else { return }
            use.messagesInHour += row.int(1)
            use.recipientsInHour += row.int(2)
        }
        return use
    }

    private func isKnown(_ recipient: Int64, to party: SendingParty) throws -> Bool {
        try database("SELECT 1 FROM sending_known WHERE party = $1 AND recipient = $2").number(party.key, recipient)
            != nil
    }

    private func count(_ party: SendingParty, recipients: Int, new: Int) throws {
        try database(
            """
            INSERT INTO sending_count (party, slot, messages, recipients, new_recipients) VALUES ($1, $2, 1, $3, $4)
            ON CONFLICT (party, slot) DO UPDATE SET messages = sending_count.messages + 1,
              recipients = sending_count.recipients + $3, new_recipients = sending_count.new_recipients + $4
            """
        ).run(party.key, slot, recipients, new)
    }

    /// Written once a day for each, not with every message.
    private func remember(_ recipient: Int64, of party: SendingParty) throws {
        try database(
            """
            INSERT INTO sending_known (party, recipient, last_at) VALUES ($1, $2, $3)
            ON CONFLICT (party, recipient) DO UPDATE SET last_at = $3 WHERE sending_known.last_at < $4
            """
        ).run(party.key, recipient, now, now - 86_400)
    }

    /// True when an episode begins.
    private func noteHeld(_ party: SendingParty, _ reason: String) throws -> Bool {
        let last = try database("SELECT last_at FROM sending_episode WHERE party = $1").number(party.key)
        let isFirst = (last ?? .min) < now - Self.calm
        if isFirst { try database("DELETE FROM sending_episode WHERE party = $1").run(party.key) }
        try database(
            """
            INSERT INTO sending_episode (party, began_at, last_at, held, reason) VALUES ($1, $2, $2, 1, $3)
            ON CONFLICT (party) DO UPDATE SET last_at = $2, held = sending_episode.held + 1, reason = $3
            """
        ).run(party.key, now, reason)
        return isFirst
    }

    // MARK: Allowances

    /// Nil when there is none that holds now.
    func allowance(of party: SendingParty) throws -> SendingAllowance? {
        var found: SendingAllowance?
        try database(
            """
            SELECT party, most, until_at, actor, reason, at FROM sending_allowance
            WHERE party = $1 AND (until_at = 0 OR until_at > $2)
            """
        ).each(party.key, now) { found = Self.allowance($0) }
        return found
    }

    func allowances() throws -> [SendingAllowance] {
        var all: [SendingAllowance] = []
        try database(
            """
            SELECT party, most, until_at, actor, reason, at FROM sending_allowance
            WHERE until_at = 0 OR until_at > $1 ORDER BY party
            """
        ).each(now) { row in if let allowance = Self.allowance(row) { all.append(allowance) } }
        return all
    }

    private static func allowance(_ row: borrowing Row) -> SendingAllowance? {
        guard let party = SendingParty(key: row.text(0)) else { return nil }
        return SendingAllowance(
            party: party, most: row.int(1), until: row.int64(2) == 0 ? nil : row.int64(2), by: row.text(3),
            reason: row.text(4), at: row.int64(5))
    }

    func allow(_ party: SendingParty, most: Int, until: EpochSeconds?, by actor: String, reason: String) throws {
        try database(
            """
            INSERT INTO sending_allowance (party, most, until_at, actor, reason, at) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (party) DO UPDATE SET most = $2, until_at = $3, actor = $4, reason = $5, at = $6
            """
        ).run(party.key, most, until ?? 0, actor, reason, now)
    }

    func revoke(_ party: SendingParty) throws -> Bool {
        try database("DELETE FROM sending_allowance WHERE party = $1").run(party.key) > 0
    }

    func episodes(since moment: EpochSeconds) throws -> [SendingEpisode] {
        var all: [SendingEpisode] = []
        try database(
            """
            SELECT party, began_at, last_at, held, reason FROM sending_episode WHERE last_at >= $1
            ORDER BY last_at DESC, party
            """
        ).each(moment) { row in
            guard let party = SendingParty(key: row.text(0)) else { return }
            all.append(
                SendingEpisode(
                    party: party, beganAt: row.int64(1), lastAt: row.int64(2), held: row.int(3), reason: row.text(4)))
        }
        return all
    }

    /// Whoever has sent something since then, the most recipients first.
    func senders(limit: Int) throws -> [SendingParty] {
        var all: [SendingParty] = []
        try database(
            """
            SELECT party FROM sending_count WHERE slot > $1 GROUP BY party ORDER BY sum(recipients) DESC, party LIMIT $2
            """
        ).each(slot - Self.daySlots, limit) { row in
            if let party = SendingParty(key: row.text(0)) { all.append(party) }
        }
        return all
    }
}
