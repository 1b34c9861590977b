internal import MailMessage

/// Who is logged in to the web pages.
package final class WebSessions: Sendable {
    /// Of what a browser says it is, in octets.
    static let longestClient = 256
    static let longestAddress = 64
    /// A session is written to once in so many seconds at most, however fast somebody clicks.
    static let touchEvery: EpochSeconds = 60

    private let lane: DatabaseLane
    private let policy: WebSessionPolicy
    private let clock: @Sendable () -> EpochSeconds

    init(lane: DatabaseLane, policy: WebSessionPolicy, clock: @escaping @Sendable () -> EpochSeconds) {
        self.lane = lane
        self.policy = policy
        self.clock = clock
    }

    /// The token goes to the browser and is never seen here again. Not synced: a power cut costs a login.
    package func create(
        _ account: AccountID, role: WebRole, client: String, address: String
    ) async throws(StoreError) -> (token: WebToken, session: WebSession) {
        let (token, now) = (WebToken(), clock())
        let session = WebSession(
            id: WebSessionID(token), account: account, role: role, client: client.kept(Self.longestClient),
            address: address.kept(Self.longestAddress), createdAt: now, lastUsedAt: now,
            formSecret: WebToken().text)
        try await lane.write(isRelaxed: true) { [policy] database, _ in
            try WebSessionWriter(database, policy, now: now).insert(session)
        }
        return (token, session)
    }

    /// Nil for what never was, has ended, or was not used for too long. Whoever asks has used it.
    package func find(_ token: WebToken) async throws(StoreError) -> WebSession? {
        let (id, now) = (WebSessionID(token), clock())
        let found = try await lane.read { [policy] database in
            try WebSessionWriter(database, policy, now: now).live(id)
        }
        guard let found, now - found.lastUsedAt >= Self.touchEvery else { return found }
        try await lane.write(isRelaxed: true) { [policy] database, _ in
            try WebSessionWriter(database, policy, now: now).touch(id)
        }
        return found
    }

    /// Those of an account, the one used last first.
    package func list(of account: AccountID) async throws(StoreError) -> [WebSession] {
        let now = clock()
        return try await lane.read { [policy] database in
            try WebSessionWriter(database, policy, now: now).all(of: account)
        }
    }

    /// Whoever logs out.
    package func end(_ token: WebToken) async throws(StoreError) {
        let id = WebSessionID(token)
        try await lane.write { database, _ in
            try database("DELETE FROM web_session WHERE digest = $1").run(id.digest)
        }
    }

    /// False when the account has none like that.
    package func end(_ id: WebSessionID, of account: AccountID) async throws(StoreError) -> Bool {
        try await lane.write { database, _ in
            try database("DELETE FROM web_session WHERE digest = $1 AND account_id = $2").run(id.digest, account) > 0
        }
    }

    /// `except`: the session of whoever changes the password. Returns how many there were.
    package func endAll(of account: AccountID, except kept: WebSessionID? = nil) async throws(StoreError) -> Int {
        try await lane.write { database, _ in
            try database("DELETE FROM web_session WHERE account_id = $1 AND digest <> $2")
                .run(account, kept?.digest ?? [])
        }
    }

    func sweep() async throws(StoreError) {
        let now = clock()
        try await lane.write(isRelaxed: true) { [policy] database, _ in
            try WebSessionWriter(database, policy, now: now).sweep()
        }
    }
}

extension String {
    /// One line, cut to so many octets at a character's end.
    fileprivate func kept(_ longest: Int) -> String {
        var (text, count) = ("", 0)
        for scalar in unicodeScalars where !scalar.properties.isControl {
            count += UTF8.width(scalar)
            guard count <= longest else { break }
            text.unicodeScalars.append(scalar)
        }
        return text
    }
}

extension Unicode.Scalar.Properties {
    fileprivate var isControl: Bool {
        switch generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
