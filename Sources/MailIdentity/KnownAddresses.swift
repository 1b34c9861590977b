import MailMessage
import MailShared

/// From where the owners of accounts came in lately. Only a success makes an entry, so that no flood of guesses can push one out.
///
/// An entry is one word: 36 bits of the digest, 28 of the time.
struct KnownAddresses: Sendable {
    private let buckets: SharedBuckets

    init(_ buckets: SharedBuckets) { self.buckets = buckets }

    func lastSuccess(_ key: SharedFingerprint, now: EpochSeconds) -> EpochSeconds? {
        find(key).map { CompactTime.decode(buckets.words.load($0), near: now) }
    }

    func note(_ key: SharedFingerprint, now: EpochSeconds) {
        guard let entry = find(key) ?? oldest(in: buckets.entries(of: key), now) else { return }
        buckets.words.store(Self.mark(key) | CompactTime.encode(now), at: entry)
    }

    private func find(_ key: SharedFingerprint) -> Int? {
        buckets.entries(of: key).first { buckets.words.load($0) & ~CompactTime.mask == Self.mark(key) }
    }

    private func oldest(in entries: StrideTo<Int>, _ now: EpochSeconds) -> Int? {
        entries.max { age($0, now) < age($1, now) }
    }

    private func age(_ entry: Int, _ now: EpochSeconds) -> EpochSeconds {
        let word = buckets.words.load(entry)
        return word == 0 ? .max : now - CompactTime.decode(word, near: now)
    }

    private static func mark(_ key: SharedFingerprint) -> UInt64 {
        max(key.tag & ~CompactTime.mask, CompactTime.mask + 1)
    }
}
