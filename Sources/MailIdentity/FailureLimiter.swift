import MailCrypto
package import MailMessage
package import MailShared
package import MailStore

/// Counts failed logins per address, per account, and per pair, over all workers; the clock comes in.
///
/// An account is never locked for an address from which its owner came in lately: guessing elsewhere locks out the guesser.
package struct FailureLimiter: Sendable {
    private enum Subject {
        case source(String)
        case account(String)
        case pair(account: String, source: String)
        /// When an account was unlocked: what failed in it until then counts for nothing, from wherever it was.
        case unlocked(String)

        var text: String {
            switch self {
            case .source(let source): "s\(source)"
            case .account(let account): "a\(account)"
            case .pair(let account, let source): "p\(source) \(account)"  // no source has a space in it
            case .unlocked(let account): "u\(account)"
            }
        }
    }

    /// For so long an address remains known to an account.
    static let knownSeconds: EpochSeconds = 30 * 86_400

    private let limits: FailureLimits
    private let table: FailureTable
    private let known: KnownAddresses
    private let key: [UInt8]

    /// Without a seat it counts for this process alone.
    package init(_ limits: FailureLimits, seat: SharedSeat? = nil) {
        self.limits = limits
        key = hmacSHA256(key: seat?.secret ?? randomBytes(Digest.sha256Length), Array("login failures".utf8))
        table = FailureTable(
            seat.map { SharedBuckets($0.region.failures, entryWords: 2) }
                ?? SharedBuckets(privateEntries: limits.tableEntries, entryWords: 2))
        known = KnownAddresses(
            seat.map { SharedBuckets($0.region.known, entryWords: 1) }
                ?? SharedBuckets(privateEntries: limits.tableEntries, entryWords: 1))
    }

    /// Seconds until the next try, or nil when it may be made now.
    package func retryAfter(source: String, account: String, now: EpochSeconds) -> Int? {
        let pair = fingerprint(.pair(account: account, source: source))
        let waits = [
            wait(record(pair, account, now: now), limit: limits.perAccountAndAddress, now: now),
            isKnown(pair, now: now)
                ? nil
                : wait(record(fingerprint(.account(account)), account, now: now), limit: limits.perAccount, now: now),
            wait(table.record(fingerprint(.source(source)), now: now), limit: limits.perAddress, now: now),
        ]
        return waits.compactMap { $0 }.max()
    }

    /// The same for whoever names nobody yet.
    package func retryAfter(source: String, now: EpochSeconds) -> Int? {
        wait(table.record(fingerprint(.source(source)), now: now), limit: limits.perAddress, now: now)
    }

    /// Seconds until somebody may try something again that could be a guess at `subject` without being a login; nil: now, and it
    /// is counted, though against nobody else.
    package func countGuess(at subject: String, source: String, now: EpochSeconds) -> Int? {
        let pair = fingerprint(.pair(account: subject, source: source))
        if let seconds = wait(table.record(pair, now: now), limit: limits.perAccountAndAddress, now: now) {
            return seconds
        }
        table.change(pair, now: now) { $0.count(now: now, window: limits.windowSeconds) }
        return nil
    }

    /// What is known against a name; `source`: from one address alone. Nil: nothing that counts.
    package func failures(of account: String, from source: String?, now: EpochSeconds) -> LoginFailures? {
        let subject = source.map { Subject.pair(account: account, source: $0) } ?? .account(account)
        guard let record = record(fingerprint(subject), account, now: now), record.failures > 0,
            now - record.failedAt < EpochSeconds(limits.windowSeconds)
        else { return nil }
        let limit = source == nil ? limits.perAccount : limits.perAccountAndAddress
        return LoginFailures(
            name: account, source: source, count: record.failures, lastAt: record.failedAt,
            lockedSeconds: wait(record, limit: limit, now: now))
    }

    /// Failures until now count for nothing; those of addresses stay.
    package func unlock(account: String, now: EpochSeconds) {
        table.change(fingerprint(.unlocked(account)), now: now) { $0 = FailureRecord(failures: 1, failedAt: now) }
    }

    /// The delay in milliseconds before the failure is told. The same wrong password again (`attempt`: its fingerprint) is
    /// delayed as before but not counted: that is a forgotten phone, not somebody who guesses.
    package func failed(source: String, account: String, attempt: UInt64?, now: EpochSeconds) -> Int {
        let attempt = attempt.map { $0 % FailureWord.attempts }
        let pair = fingerprint(.pair(account: account, source: source))
        let unlockedAt = unlockedAt(account, now: now)
        let (isNew, failures) = table.change(pair, now: now) { record in
            record.forgive(until: unlockedAt)
            let isNew = record.count(attempt, now: now, window: limits.windowSeconds)
            return (isNew, record.failures)
        }
        if isNew {
            count(.source(source), now: now)
            count(.account(account), unlockedAt: unlockedAt, now: now)
        }
        return delay(failures)
    }

    /// As long as a wrong password would wait now, without counting one.
    package func delayOfNext(source: String, account: String, now: EpochSeconds) -> Int {
        let pair = fingerprint(.pair(account: account, source: source))
        var record = record(pair, account, now: now) ?? FailureRecord()
        record.count(now: now, window: limits.windowSeconds)
        return delay(record.failures)
    }

    package func succeeded(source: String, account: String, now: EpochSeconds) {
        let pair = fingerprint(.pair(account: account, source: source))
        known.note(pair, now: now)
        table.forget(pair)
    }

    /// The account's owner came in from this address lately.
    package func isKnown(source: String, account: String, now: EpochSeconds) -> Bool {
        isKnown(fingerprint(.pair(account: account, source: source)), now: now)
    }

    /// A client that misbehaves otherwise than by a wrong password.
    package func misused(source: String, now: EpochSeconds) {
        count(.source(source), now: now)
    }

    private func isKnown(_ pair: SharedFingerprint, now: EpochSeconds) -> Bool {
        known.lastSuccess(pair, now: now).map { now - $0 < Self.knownSeconds } ?? false
    }

    private func wait(_ record: FailureRecord?, limit: Int, now: EpochSeconds) -> Int? {
        record?.wait(limit: limit, window: limits.windowSeconds, now: now)
    }

    /// Of an account, as far as it has not been unlocked since.
    private func record(_ subject: SharedFingerprint, _ account: String, now: EpochSeconds) -> FailureRecord? {
        guard var record = table.record(subject, now: now) else { return nil }
        record.forgive(until: unlockedAt(account, now: now))
        return record
    }

    private func unlockedAt(_ account: String, now: EpochSeconds) -> EpochSeconds? {
        table.record(fingerprint(.unlocked(account)), now: now)?.failedAt
    }

    private func count(_ subject: Subject, unlockedAt: EpochSeconds? = nil, now: EpochSeconds) {
        table.change(fingerprint(subject), now: now) { record in
            record.forgive(until: unlockedAt)
            record.count(now: now, window: limits.windowSeconds)
        }
    }

    private func fingerprint(_ subject: Subject) -> SharedFingerprint {
        SharedFingerprint(digest: hmacSHA256(key: key, Array(subject.text.utf8)))
    }

    private func delay(_ failures: Int) -> Int {
        guard limits.delayMilliseconds > 0 else { return 0 }
        let doublings = min(max(failures - 1, 0), 16)
        return min(limits.delayMilliseconds << doublings, limits.maximumDelayMilliseconds)
    }
}
