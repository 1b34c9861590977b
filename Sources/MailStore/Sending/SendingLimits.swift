package import MailMessage

/// `sending.db`: how much each account and each host of a trusted network has sent, and what it may.
///
/// Counts are not synced by themselves: a power cut costs the last seconds of them, and no message waits for the disk.
package final class SendingLimits: Sendable {
    /// So long a recipient is known after the last message.
    static let knownSeconds: EpochSeconds = 400 * 86_400
    /// More of one message count as new each.
    static let mostRecipients = 10_000
    /// How many rows the upkeep takes away at a time.
    static let trimStep = 1_000

    package let persons: SendingRates
    package let hosts: SendingRates
    let lane: DatabaseLane
    private let clock: @Sendable () -> EpochSeconds

    /// Nothing is opened before the first use.
    package init(
        at path: String, persons: SendingRates = .person, hosts: SendingRates = .host, threads: StoreThreads,
        clock: @escaping @Sendable () -> EpochSeconds
    ) {
        self.persons = persons
        self.hosts = hosts
        self.clock = clock
        lane = DatabaseLane(threads: threads) {
            // SQLite would make it by the umask; its -wal and -shm follow the mode of the file.
            if !StoreFolder.exists(path) { _ = try? FileHandle.create(path) }
            return try SQLConnection.open(path, schema: SendingSchema.schema)
        }
    }

    /// `rule`: what the classes of the account say.
    package func rates(of party: SendingParty, _ rule: SendingRule = SendingRule()) -> SendingRates {
        if case .account = party { persons.replaced(by: rule) } else { hosts }
    }

    /// Asked once for each message, before its 250. When the counts cannot be read, mail flows: they protect others from us,
    /// and a sick disk stops mail by itself.
    package func charge(
        _ party: SendingParty, recipients: [String], rule: SendingRule = SendingRule()
    ) async -> SendingDecision {
        let rates = rates(of: party, rule)
        let digests = Self.digests(recipients)
        let decided = try? await lane.write(isRelaxed: true) { [clock] database, _ in
            try SendingLedger(database, now: clock()).charge(party, recipients: digests, rates: rates)
        }
        return decided ?? .send
    }

    package func use(of party: SendingParty) async throws(StoreError) -> SendingUse {
        try await reading { try $0.use(of: party) }
    }

    package func allowance(of party: SendingParty) async throws(StoreError) -> SendingAllowance? {
        try await reading { try $0.allowance(of: party) }
    }

    package func allowances() async throws(StoreError) -> [SendingAllowance] {
        try await reading { try $0.allowances() }
    }

    package func episodes(since moment: EpochSeconds) async throws(StoreError) -> [SendingEpisode] {
        try await reading { try $0.episodes(since: moment) }
    }

    /// Who has sent in the last day, the most first.
    package func senders(limit: Int) async throws(StoreError) -> [SendingParty] {
        try await reading { try $0.senders(limit: limit) }
    }

    package func allow(
        _ party: SendingParty, most: Int, until: EpochSeconds?, by actor: String, reason: String
    ) async throws(StoreError) {
        try await lane.write { [clock] database, _ in
            try SendingLedger(database, now: clock())
                .allow(party, most: most, until: until, by: actor, reason: reason)
        }
    }

    /// False when there was none.
    package func revoke(_ party: SendingParty) async throws(StoreError) -> Bool {
        try await lane.write { [clock] database, _ in try SendingLedger(database, now: clock()).revoke(party) }
    }

    /// Takes away what no decision needs any more, a little at a time.
    package func trim() async {
        let now = clock()
        while !Task.isCancelled {
            let gone = try? await lane.write(isRelaxed: true) { database, _ in
                try SendingTrim.step(database, now: now)
            }
            guard gone ?? 0 >= Self.trimStep else { return }
        }
    }

    package func close() async { await lane.close() }

    private func reading<T: Sendable>(
        _ body: @escaping @Sendable (SendingLedger) throws -> T
    ) async throws(StoreError) -> T {
        try await lane.read { [clock] database in try body(SendingLedger(database, now: clock())) }
    }

    /// Each recipient once, whatever its spelling.
    static func digests(_ recipients: [String]) -> [Int64] {
        var seen: Set<Int64> = []
        return recipients.prefix(mostRecipients).compactMap { recipient in
            let digest = Int64(bitPattern: ContentDigest.of(Array(TrailWriter.key(recipient).utf8)))
            return seen.insert(digest).inserted ? digest : nil
        }
    }
}
