internal import MailMessage
internal import Synchronization

struct HintUpdate: Sendable {
    struct Usage: Sendable, Equatable {
        let bytes: Int64
        let messages: Int64
        let expiry: ExpiryHints

        init(_ bytes: Int64, _ messages: Int64, _ expiry: ExpiryHints) {
            self.bytes = bytes
            self.messages = messages
            self.expiry = expiry
        }
    }
    var usage: Usage?
    var lastLoginAt: EpochSeconds?

    func merged(with newer: HintUpdate) -> HintUpdate {
        HintUpdate(usage: newer.usage ?? usage, lastLoginAt: newer.lastLoginAt ?? lastLoginAt)
    }
}

/// Collects hints and writes them together: a busy server pays one fsync a second for them, whatever the traffic.
final class HintBuffer: Sendable {
    static let pause = Duration.seconds(1)
    /// So many waiting accounts are written at once without waiting for the pause.
    static let limit = 5_000
    static let recentLimit = 20_000
    /// For so long nobody asks whether another process has written something newer: what is noted is written by then.
    static let patience = Duration.seconds(2)

    private struct State {
        var waiting: [AccountID: HintUpdate] = [:]
        /// What this process has seen last, and when; fresher than any cached entry.
        var recent: [AccountID: (usage: HintUpdate.Usage, at: ContinuousClock.Instant)] = [:]
        var isScheduled = false

        func fresh(_ account: AccountID) -> HintUpdate.Usage? {
            guard let known = recent[account], known.at.duration(to: .now) < HintBuffer.patience else { return nil }
            return known.usage
        }

        mutating func remember(_ usage: HintUpdate.Usage, of account: AccountID) {
            if recent.count >= HintBuffer.recentLimit { recent.removeAll() }
            recent[account] = (usage, .now)
        }
    }

    private let lane: DatabaseLane
    private let clock: @Sendable () -> EpochSeconds
    private let state = Mutex(State())

    init(lane: DatabaseLane, clock: @escaping @Sendable () -> EpochSeconds) {
        self.lane = lane
        self.clock = clock
    }

    func note(_ account: AccountID, _ update: HintUpdate) {
        let (schedule, atOnce) = state.withLock { state in
            if update.lastLoginAt == nil, let usage = update.usage, state.fresh(account) == usage {
                return (false, false)
            }
            state.waiting[account] = state.waiting[account]?.merged(with: update) ?? update
            if let usage = update.usage { state.remember(usage, of: account) }
            defer { state.isScheduled = true }
            return (!state.isScheduled, state.waiting.count == Self.limit)
        }
        if atOnce { Task { await self.flush() } }
        if schedule { scheduleFlush() }
    }

    private func scheduleFlush() {
        Task {
            try? await Task.sleep(for: Self.pause)
            self.state.withLock { $0.isScheduled = false }
            await self.flush()
        }
    }

    /// What this process has seen lately, else what the directory says; nil when nobody knows.
    func usage(of account: AccountID) async -> HintUpdate.Usage? {
        if let own = state.withLock({ $0.waiting[account]?.usage ?? $0.fresh(account) }) { return own }
        let read = try? await lane.read { database in
            try database(
                """
                SELECT bytes_used, message_count, expire_after, junk_after, reclaim_after FROM account_hint
                WHERE account_id = $1
                """
            ).first(account) { HintUpdate.Usage($0.int64(0), $0.int64(1), ExpiryHints($0, from: 2)) }
        }
        guard let written = read ?? nil else { return state.withLock { $0.recent[account]?.usage } }
        return state.withLock { state in
            if let newer = state.fresh(account) { return newer }  // a commit of our own meanwhile
            state.remember(written, of: account)
            return written
        }
    }

    /// Hints may be lost (they are rebuilt by a recount), so a failed write is tried again with the next ones.
    func flush() async {
        let batch = state.withLock { state in
            defer { state.waiting = [:] }
            return state.waiting
        }
        guard !batch.isEmpty else { return }
        let now = clock()
        do {
            try await lane.write { database, _ in
                for (account, update) in batch { try Self.store(account, update, at: now, in: database) }
            }
        } catch {
            state.withLock { state in
                for (account, update) in batch where state.waiting.count < Self.limit {
                    state.waiting[account] = state.waiting[account].map { update.merged(with: $0) } ?? update
                }
            }
        }
    }

    private static func store(
        _ account: AccountID, _ update: HintUpdate, at now: EpochSeconds, in database: SQLConnection
    ) throws {
        if let usage = update.usage {
            try database(
                """
                INSERT INTO account_hint (account_id, bytes_used, message_count, expire_after, junk_after, reclaim_after,
                  updated_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (account_id) DO UPDATE SET
                  bytes_used = $2, message_count = $3, expire_after = $4, junk_after = $5, reclaim_after = $6,
                  updated_at = $7
                WHERE account_hint.bytes_used <> $2 OR account_hint.message_count <> $3
                  OR account_hint.expire_after <> $4 OR account_hint.junk_after <> $5 OR account_hint.reclaim_after <> $6
                """
            ).run(
                account, usage.bytes, usage.messages, usage.expiry.trashedSince ?? 0, usage.expiry.junkedSince ?? 0,
                usage.expiry.reclaimFrom ?? 0, now)
        }
        if let login = update.lastLoginAt {
            try database(
                """
                INSERT INTO account_hint (account_id, last_login_at, updated_at) VALUES ($1, $2, $3)
                ON CONFLICT (account_id) DO UPDATE SET last_login_at = $2, updated_at = $3
                """
            ).run(account, login, now)
        }
    }
}

extension ExpiryHints {
    /// Three columns in a row of `account_hint`; zero stands for "nothing".
    init(_ row: borrowing Row, from column: Int32) {
        self.init(
            trashedSince: DirectoryReader.moment(row.int64(column)),
            junkedSince: DirectoryReader.moment(row.int64(column + 1)),
            reclaimFrom: DirectoryReader.moment(row.int64(column + 2)))
    }
}
