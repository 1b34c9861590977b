package import MailMessage

/// Somebody whom we have sent to the organisation's provider, and what has to fit when he comes back.
package struct WebSignIn: Sendable, Equatable {
    /// What shows that the browser is the one that was sent.
    package let browser: WebToken
    package let nonce: String
    /// RFC 7636 §4.1: never shown to anybody before the code is there.
    package let verifier: String
    package let redirect: String
    /// Where he wanted to go; nil: nowhere in particular.
    package let back: String?

    package init(browser: WebToken, nonce: String, verifier: String, redirect: String, back: String?) {
        (self.browser, self.nonce, self.verifier) = (browser, nonce, verifier)
        (self.redirect, self.back) = (redirect, back)
    }
}

/// Sign-ins that have begun, each under the digest of its `state`.
package final class WebSignIns: Sendable {
    /// From the login page to the provider and back.
    package static let life: EpochSeconds = 600
    /// Of one customer's addresses, and in all: the browser's own oldest gives way, else the oldest from there, else of all. A
    /// whole campus may sit behind one address.
    static let mostOfSource: Int64 = 5_000
    static let most: Int64 = 20_000

    private let lane: DatabaseLane
    private let clock: @Sendable () -> EpochSeconds

    init(lane: DatabaseLane, clock: @escaping @Sendable () -> EpochSeconds) {
        self.lane = lane
        self.clock = clock
    }

    /// The state. Not synced: a power cut costs a click. `source`: from where, as failures are counted.
    package func begin(_ signIn: WebSignIn, from source: String) async throws(StoreError) -> WebToken {
        let (state, now) = (WebToken(), clock())
        try await lane.write(isRelaxed: true) { database, _ in
            try Self.makeRoom(for: Self.digest(signIn.browser), at: source, in: database)
            try database(
                """
                INSERT INTO web_sign_in (digest, browser, nonce, verifier, redirect, back, source, created_at)
                  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                """
            ).run(
                Self.digest(state), Self.digest(signIn.browser), signIn.nonce, signIn.verifier, signIn.redirect,
                signIn.back ?? "", source, now)
        }
        return state
    }

    /// What was begun under this state in this browser, once. Another browser's leaves it there.
    package func finish(_ state: WebToken, in browser: WebToken) async throws(StoreError) -> WebSignIn? {
        let oldest = clock() - Self.life
        return try await lane.write { database, _ in
            var found: WebSignIn?
            try database(
                """
                DELETE FROM web_sign_in WHERE digest = $1 AND browser = $2 AND created_at > $3
                  RETURNING nonce, verifier, redirect, back
                """
            ).each(Self.digest(state), Self.digest(browser), oldest) { row in
                let back = row.text(3)
                found = WebSignIn(
                    browser: browser, nonce: row.text(0), verifier: row.text(1), redirect: row.text(2),
                    back: back.isEmpty ? nil : back)
            }
            return found
        }
    }

    func sweep() async throws(StoreError) {
        let oldest = clock() - Self.life
        try await lane.write(isRelaxed: true) { database, _ in
            try database("DELETE FROM web_sign_in WHERE created_at <= $1").run(oldest)
        }
    }

    static func digest(_ token: WebToken) -> [UInt8] { token.digest(for: "posthus web sign-in") }

    private static func makeRoom(for browser: [UInt8], at source: String, in database: SQLConnection) throws {
        let own = try database("SELECT count(*) FROM web_sign_in WHERE source = $1").number(source) ?? 0
        let all = try database("SELECT count(*) FROM web_sign_in").number() ?? 0
        let excess = max(own - mostOfSource, all - most) + 1
        guard excess > 0 else { return }
        if own >= excess {
            try database(
                """
                DELETE FROM web_sign_in WHERE digest IN (SELECT digest FROM web_sign_in WHERE source = $1
                  ORDER BY browser <> $2, created_at, digest LIMIT $3)
                """
            ).run(source, browser, excess)
        } else {
            try database(
                """
                DELETE FROM web_sign_in WHERE digest IN (SELECT digest FROM web_sign_in
                  ORDER BY created_at, digest LIMIT $1)
                """
            ).run(excess)
        }
    }
}
