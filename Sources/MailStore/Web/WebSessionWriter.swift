internal import MailMessage

/// The statements about sessions in `web.db`, inside one transaction.
struct WebSessionWriter {
    private let database: SQLConnection
    private let policy: WebSessionPolicy
    private let now: EpochSeconds

    init(_ database: SQLConnection, _ policy: WebSessionPolicy, now: EpochSeconds) {
        self.database = database
        self.policy = policy
        self.now = now
    }

    func insert(_ session: WebSession) throws {
        try makeRoom(for: session.account)
        try database(
            """
            INSERT INTO web_session (digest, account_id, role, client, address, created_at, last_used_at, form_secret)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """
        ).run(
            session.id.digest, session.account, session.role.rawValue, session.client, session.address,
            session.createdAt, session.lastUsedAt, session.formSecret)
    }

    /// Ended ones go first, for they are the ones used longest ago.
    private func makeRoom(for account: AccountID) throws {
        let count = try database("SELECT count(*) FROM web_session WHERE account_id = $1").number(account) ?? 0
        let surplus = count - Int64(policy.mostSessions) + 1
        guard surplus > 0 else { return }
        try database(
            """
            DELETE FROM web_session WHERE digest IN (SELECT digest FROM web_session WHERE account_id = $1
              ORDER BY last_used_at, created_at, digest LIMIT $2)
            """
        ).run(account, surplus)
    }

    func live(_ id: WebSessionID) throws -> WebSession? {
        var found: WebSession?
        try database(
            """
            SELECT digest, account_id, role, client, address, created_at, last_used_at, form_secret FROM web_session
            WHERE digest = $1 AND last_used_at > $2 AND created_at > $3
            """
        ).each(id.digest, now - policy.idle, now - policy.longest) { found = Self.session($0) }
        return found
    }

    func all(of account: AccountID) throws -> [WebSession] {
        var all: [WebSession] = []
        try database(
            """
            SELECT digest, account_id, role, client, address, created_at, last_used_at, form_secret FROM web_session
            WHERE account_id = $1 AND last_used_at > $2 AND created_at > $3 ORDER BY last_used_at DESC, digest
            """
        ).each(account, now - policy.idle, now - policy.longest) { row in
            if let session = Self.session(row) { all.append(session) }
        }
        return all
    }

    /// Nothing for a role that this version does not know.
    private static func session(_ row: borrowing Row) -> WebSession? {
        guard let role = WebRole(rawValue: row.text(2)) else { return nil }
        return WebSession(
            id: WebSessionID(digest: row.bytes(0)), account: AccountID(row.int64(1)), role: role, client: row.text(3),
            address: row.text(4), createdAt: row.int64(5), lastUsedAt: row.int64(6), formSecret: row.text(7))
    }

    func touch(_ id: WebSessionID) throws {
        try database("UPDATE web_session SET last_used_at = $1 WHERE digest = $2 AND last_used_at < $1")
            .run(now, id.digest)
    }

    func sweep() throws {
        try database("DELETE FROM web_session WHERE last_used_at <= $1 OR created_at <= $2")
            .run(now - policy.idle, now - policy.longest)
    }
}
