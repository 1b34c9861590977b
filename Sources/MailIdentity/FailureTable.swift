import MailMessage
import MailShared

/// Failure records of all workers, without a lock: an entry is a tag and one word with the whole record, which only
/// `compareExchange` changes. The oldest of a bucket gives way.
///
/// When an entry changes hands while somebody counts in it, the word's own tag does not fit the new name and reads as nothing:
/// a count may be lost in a race, but is never charged to another.
struct FailureTable: Sendable {
    /// Rounds after which a contended word is left as it is.
    static let patience = 64

    private let buckets: SharedBuckets
    private var words: SharedWords { buckets.words }

    init(_ buckets: SharedBuckets) { self.buckets = buckets }

    func record(_ key: SharedFingerprint, now: EpochSeconds) -> FailureRecord? {
        find(key).flatMap { FailureWord.decode(words.load($0 + 1), key, now: now) }
    }

    /// The body may run more than once.
    func change<T>(_ key: SharedFingerprint, now: EpochSeconds, _ body: (inout FailureRecord) -> T) -> T {
        var record = FailureRecord()
        for _ in 0..<Self.patience {
            guard let entry = find(key) ?? takeOver(for: key, now: now) else { continue }
            let word = words.load(entry + 1)
            record = FailureWord.decode(word, key, now: now) ?? FailureRecord()
            let result = body(&record)
            let isDone = words.compareExchange(
                at: entry + 1, expected: word, desired: FailureWord.encode(record, key))
            if isDone, words.load(entry) == key.tag { return result }
        }
        return body(&record)
    }

    func forget(_ key: SharedFingerprint) {
        guard let entry = find(key) else { return }
        let word = words.load(entry + 1)
        if FailureWord.isOf(key, word) { words.compareExchange(at: entry + 1, expected: word, desired: 0) }
    }

    private func find(_ key: SharedFingerprint) -> Int? {
        buckets.entries(of: key).first { words.load($0) == key.tag }
    }

    /// Nil when somebody else was faster: look again.
    private func takeOver(for key: SharedFingerprint, now: EpochSeconds) -> Int? {
        guard let entry = buckets.entries(of: key).max(by: { age($0, now) < age($1, now) }) else { return nil }
        let (tag, word) = (words.load(entry), words.load(entry + 1))
        guard words.compareExchange(at: entry + 1, expected: word, desired: 0),
            words.compareExchange(at: entry, expected: tag, desired: key.tag)
        else { return nil }
        return find(key)  // the first one, should another worker have made one too
    }

    private func age(_ entry: Int, _ now: EpochSeconds) -> EpochSeconds {
        let word = words.load(entry + 1)
        return word == 0 ? .max : now - CompactTime.decode(word, near: now)
    }
}

/// A record in one word: 12 bits of the name's digest, 12 of the count, 12 of the wrong password's fingerprint, 28 of the time.
enum FailureWord {
    private static let field: UInt64 = 0xfff
    /// Fingerprints of wrong passwords are below this.
    static let attempts = field

    static func encode(_ record: FailureRecord, _ key: SharedFingerprint) -> UInt64 {
        guard record.failures > 0 else { return 0 }
        let attempt = record.attempt.map { 1 + $0 % attempts } ?? 0
        let count = UInt64(min(record.failures, FailureRecord.maximumFailures))
        return (key.extra & field) << 52 | count << 40 | attempt << 28 | CompactTime.encode(record.failedAt)
    }

    static func isOf(_ key: SharedFingerprint, _ word: UInt64) -> Bool {
        word != 0 && word >> 52 == key.extra & field
    }

    static func decode(_ word: UInt64, _ key: SharedFingerprint, now: EpochSeconds) -> FailureRecord? {
        guard isOf(key, word) else { return nil }
        let attempt = word >> 28 & field
        return FailureRecord(
            failures: Int(word >> 40 & field), failedAt: CompactTime.decode(word, near: now),
            attempt: attempt == 0 ? nil : attempt - 1)
    }
}
