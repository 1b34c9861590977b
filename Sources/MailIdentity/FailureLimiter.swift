package import MailMessage

/// Counts failed logins per address, per account, and per pair: pure, the clock comes in.
///
/// An account is never locked for an address from which its owner came in lately: guessing elsewhere locks out the guesser.
package struct FailureLimiter: Sendable {
    private enum Key: Hashable, Sendable {
        case source(String)
        case account(String)
        case pair(account: String, source: String)
    }

    private struct Record: Sendable {
        var failures = 0
        var failedAt: EpochSeconds = 0
        var succeededAt: EpochSeconds?
        var attempt: UInt64?
    }

    /// For so long an address remains known to an account.
    static let knownSeconds: EpochSeconds = 30 * 86_400

    private let limits: FailureLimits
    private var table: BoundedTable<Key, Record>

    package init(_ limits: FailureLimits) {
        self.limits = limits
        table = BoundedTable(bound: limits.tableEntries)
    }

    /// Seconds until the next try, or nil when it may be made now.
    package func retryAfter(source: String, account: String, now: EpochSeconds) -> Int? {
        let pair = table[peek: .pair(account: account, source: source)]
        let isKnown = pair?.succeededAt.map { now - $0 < Self.knownSeconds } ?? false
        let waits = [
            wait(table[peek: .source(source)], limit: limits.perAddress, now: now),
            wait(pair, limit: limits.perAccountAndAddress, now: now),
            isKnown ? nil : wait(table[peek: .account(account)], limit: limits.perAccount, now: now),
        ]
        return waits.compactMap { $0 }.max()
    }

    private func wait(_ record: Record?, limit: Int, now: EpochSeconds) -> Int? {
        guard limit > 0, let record, record.failures >= limit else { return nil }
        let left = EpochSeconds(limits.windowSeconds) - (now - record.failedAt)
        return left > 0 ? Int(left) : nil
    }

    /// The delay in milliseconds before the failure is told. The same wrong password again (`attempt`: its fingerprint) is
    /// delayed as before but not counted: that is a forgotten phone, not somebody who guesses.
    package mutating func failed(source: String, account: String, attempt: UInt64?, now: EpochSeconds) -> Int {
        let key = Key.pair(account: account, source: source)
        var pair = current(key, now: now)
        let isRepeated = attempt != nil && pair.attempt == attempt && pair.failures > 0
        pair.attempt = attempt
        if !isRepeated {
            count(.source(source), now: now)
            count(.account(account), now: now)
            pair.failures += 1
        }
        pair.failedAt = now
        table.set(key, pair)
        return delay(pair.failures)
    }

    package mutating func succeeded(source: String, account: String, now: EpochSeconds) {
        table.set(.pair(account: account, source: source), Record(succeededAt: now))
    }

    private mutating func count(_ key: Key, now: EpochSeconds) {
        var record = current(key, now: now)
        record.failures += 1
        record.failedAt = now
        table.set(key, record)
    }

    /// The record as it counts now: failures older than the window are forgotten.
    private func current(_ key: Key, now: EpochSeconds) -> Record {
        guard var record = table[peek: key] else { return Record() }
        if now - record.failedAt >= EpochSeconds(limits.windowSeconds) {
            record.failures = 0
            record.attempt = nil
        }
        return record
    }

    private func delay(_ failures: Int) -> Int {
        guard limits.delayMilliseconds > 0 else { return 0 }
        let doublings = min(max(failures - 1, 0), 16)
        return min(limits.delayMilliseconds << doublings, limits.maximumDelayMilliseconds)
    }
}
