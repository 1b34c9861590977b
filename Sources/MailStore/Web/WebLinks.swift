package import MailMessage

/// Links that lead in once: for whoever has forgotten a password, say.
package final class WebLinks: Sendable {
    /// Of one account: the oldest gives way.
    static let mostLinks = 5
    /// However long whoever makes one wants it to hold.
    package static let longestLife: EpochSeconds = 7 * 86_400

    private let lane: DatabaseLane
    private let clock: @Sendable () -> EpochSeconds

    init(lane: DatabaseLane, clock: @escaping @Sendable () -> EpochSeconds) {
        self.lane = lane
        self.clock = clock
    }

    /// Durable before the token is known to anybody.
    package func create(
        _ account: AccountID, for purpose: WebLinkPurpose, seconds: EpochSeconds = WebLinkPurpose.standardLife
    ) async throws(StoreError) -> WebToken {
        let (token, now) = (WebToken(), clock())
        let until = now + min(max(0, seconds), Self.longestLife)
        try await lane.write { database, _ in
            try Self.makeRoom(for: account, in: database)
            try database(
                "INSERT INTO web_link (digest, account_id, purpose, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)"
            ).run(Self.digest(token), account, purpose.rawValue, now, until)
        }
        return token
    }

    /// Whose it is, without using it up: programs that read mail open links before people do.
    package func find(_ token: WebToken, for purpose: WebLinkPurpose) async throws(StoreError) -> AccountID? {
        let now = clock()
        return try await lane.read { database in
            try database("SELECT account_id FROM web_link WHERE digest = $1 AND purpose = $2 AND expires_at > $3")
                .number(Self.digest(token), purpose.rawValue, now).map(AccountID.init)
        }
    }

    /// Whose it is, once; durable, so that a power cut does not bring it back.
    package func redeem(_ token: WebToken, for purpose: WebLinkPurpose) async throws(StoreError) -> AccountID? {
        let now = clock()
        return try await lane.write { database, _ in
            try database(
                "DELETE FROM web_link WHERE digest = $1 AND purpose = $2 AND expires_at > $3 RETURNING account_id"
            ).number(Self.digest(token), purpose.rawValue, now).map(AccountID.init)
        }
    }

    /// All that the account has: its password is known again.
    package func withdraw(from account: AccountID) async throws(StoreError) {
        try await lane.write { database, _ in
            try database("DELETE FROM web_link WHERE account_id = $1").run(account)
        }
    }

    func sweep() async throws(StoreError) {
        let now = clock()
        try await lane.write(isRelaxed: true) { database, _ in
            try database("DELETE FROM web_link WHERE expires_at <= $1").run(now)
        }
    }

    private static func digest(_ token: WebToken) -> [UInt8] { token.digest(for: "posthus web link") }

    private static func makeRoom(for account: AccountID, in database: SQLConnection) throws {
        let count = try database("SELECT count(*) FROM web_link WHERE account_id = $1").number(account) ?? 0
        let surplus = count - Int64(mostLinks) + 1
        guard surplus > 0 else { return }
        try database(
            """
            DELETE FROM web_link WHERE digest IN (SELECT digest FROM web_link WHERE account_id = $1
              ORDER BY created_at, expires_at, digest LIMIT $2)
            """
        ).run(account, surplus)
    }
}
