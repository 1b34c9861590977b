package import MailMessage

/// `web.db`: who is logged in to the web pages, and which links have been given out.
///
/// A database of its own, as none of it outlasts a day: it can be deleted at any time, and everybody has to log in again.
package final class WebDatabase: Sendable {
    package let sessions: WebSessions
    package let links: WebLinks
    package let signIns: WebSignIns
    private let path: String
    private let lane: DatabaseLane

    /// Nothing is opened before the first use.
    package init(
        at path: String, threads: StoreThreads, policy: WebSessionPolicy = WebSessionPolicy(),
        clock: @escaping @Sendable () -> EpochSeconds
    ) {
        self.path = path
        lane = DatabaseLane(threads: threads) { try SQLConnection.openOrMakeAnew(path, schema: WebSchema.schema) }
        sessions = WebSessions(lane: lane, policy: policy, clock: clock)
        links = WebLinks(lane: lane, clock: clock)
        signIns = WebSignIns(lane: lane, clock: clock)
    }

    /// Where nobody has used the pages there is nothing to look for, and nothing is made.
    package var exists: Bool { StoreFolder.exists(path) }

    /// For whoever changes a password or suspends: nobody stays in, and no link leads in any more. `except`: the session in
    /// which it was changed.
    package func shutOut(_ account: AccountID, except kept: WebSessionID? = nil) async throws(StoreError) {
        guard exists else { return }
        _ = try await sessions.endAll(of: account, except: kept)
        try await links.withdraw(from: account)
    }

    /// Many at once, in one durable write.
    package func shutOut(_ accounts: [AccountID]) async throws(StoreError) {
        guard exists, !accounts.isEmpty else { return }
        try await lane.write { database, _ in
            for account in accounts {
                try database("DELETE FROM web_session WHERE account_id = $1").run(account)
                try database("DELETE FROM web_link WHERE account_id = $1").run(account)
            }
        }
    }

    /// Takes away what has ended.
    package func sweep() async throws(StoreError) {
        guard exists else { return }
        try await sessions.sweep()
        try await links.sweep()
        try await signIns.sweep()
    }

    package func close() async { await lane.close() }
}
