internal import MailMessage

/// The statements of `greylist.db`, inside one transaction.
struct GreylistWriter {
    private let database: SQLConnection
    private let policy: GreylistPolicy
    private let now: EpochSeconds

    init(_ database: SQLConnection, _ policy: GreylistPolicy, now: EpochSeconds) {
        self.database = database
        self.policy = policy
        self.now = now
    }

    /// Second: whether a row is new.
    func decide(client: Int64, triplet: Int64) throws -> (GreylistDecision, Bool) {
        if try isTrusted(client) { return (.pass, false) }
        let known = try database("SELECT first_at, last_at, passed FROM greylist_triplet WHERE key = $1").first(triplet)
        {
            (first: $0.int64(0), last: $0.int64(1), passed: $0.int64(2) != 0)
        }
        guard let known, now - known.last < (known.passed ? policy.memory : policy.window) else {
            try begin(triplet)
            return (.wait(policy.delay), true)
        }
        let waited = now - known.first
        guard known.passed || waited >= policy.delay else { return (.wait(max(1, policy.delay - waited)), false) }
        try database("UPDATE greylist_triplet SET passed = 1, last_at = $1 WHERE key = $2").run(now, triplet)
        guard !known.passed else { return (.pass, false) }
        try notePass(of: client)
        return (.pass, true)
    }

    private func isTrusted(_ client: Int64) throws -> Bool {
        let passes = try database("SELECT passes FROM greylist_network WHERE key = $1 AND last_at > $2")
            .number(client, now - policy.memory)
        guard let passes, passes >= Int64(policy.passesToTrust) else { return false }
        try database("UPDATE greylist_network SET last_at = $1 WHERE key = $2").run(now, client)
        return true
    }

    private func begin(_ triplet: Int64) throws {
        try database(
            """
            INSERT INTO greylist_triplet (key, first_at, last_at, passed) VALUES ($1, $2, $2, 0)
            ON CONFLICT (key) DO UPDATE SET first_at = excluded.first_at, last_at = excluded.last_at, passed = 0
            """
        ).run(triplet, now)
    }

    /// One that has not been here for long begins again.
    private func notePass(of client: Int64) throws {
        try database(
            """
            INSERT INTO greylist_network (key, passes, last_at) VALUES ($1, 1, $2)
            ON CONFLICT (key) DO UPDATE SET
              passes = CASE WHEN greylist_network.last_at > $3 THEN greylist_network.passes + 1 ELSE 1 END,
              last_at = excluded.last_at
            """
        ).run(client, now, now - policy.memory)
    }

    func sweep() throws {
        try database("DELETE FROM greylist_triplet WHERE last_at < $1 OR (passed = 0 AND last_at < $2)")
            .run(now - policy.memory, now - policy.window)
        try database("DELETE FROM greylist_network WHERE last_at < $1").run(now - policy.memory)
        let triplets = try surplus(database("SELECT count(*) FROM greylist_triplet").number())
        try database(
            "DELETE FROM greylist_triplet WHERE key IN (SELECT key FROM greylist_triplet ORDER BY last_at LIMIT $1)"
        ).run(triplets)
        let networks = try surplus(database("SELECT count(*) FROM greylist_network").number())
        try database(
            "DELETE FROM greylist_network WHERE key IN (SELECT key FROM greylist_network ORDER BY last_at LIMIT $1)"
        ).run(networks)
    }

    private func surplus(_ rows: Int64?) -> Int64 { max(0, (rows ?? 0) - Int64(policy.mostRows)) }
}
