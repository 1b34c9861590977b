import MailCrypto
import MailMessage
import MailShared

/// Passwords that were right a moment ago, so that a phone that connects every minute does not cost a hash each time.
///
/// The key is an HMAC over the *stored hash* and the password: a changed password finds nothing, on every worker, without
/// any message. The secret never leaves memory, so a dump of the table is worth nothing without it.
///
/// An entry is two words: 64 bits of the key, and 36 more with 28 of the time. Both must fit: when two workers write one entry
/// at once, or one is killed between the words, what is left fits no key and misses.
struct VerificationCache: Sendable {
    struct Key: Sendable {
        fileprivate let digest: SharedFingerprint

        /// The second word's share.
        fileprivate var mark: UInt64 { digest.extra & ~CompactTime.mask }
    }

    private let secret: [UInt8]
    private let seconds: Int
    private let buckets: SharedBuckets
    private var words: SharedWords { buckets.words }

    init(seconds: Int, _ buckets: SharedBuckets, secret: [UInt8]) {
        self.secret = hmacSHA256(key: secret, Array("verifications".utf8))
        self.seconds = seconds
        self.buckets = buckets
    }

    /// Of this process alone.
    init(seconds: Int, entries: Int, secret: [UInt8] = randomBytes(Digest.sha256Length)) {
        self.init(seconds: seconds, SharedBuckets(privateEntries: entries, entryWords: 2), secret: secret)
    }

    var count: Int { buckets.all.count { words.load($0) != 0 && words.load($0 + 1) != 0 } }

    func key(hash: String, password: PreparedPassword) -> Key {
        Key(digest: SharedFingerprint(digest: hmacSHA256(key: secret, Array(hash.utf8) + [0] + password.bytes)))
    }

    /// The time runs from the verification, not from the last use.
    func contains(_ key: Key, now: EpochSeconds) -> Bool {
        for entry in buckets.entries(of: key.digest) where words.load(entry) == key.digest.tag {
            let word = words.load(entry + 1)
            guard word != 0, word & ~CompactTime.mask == key.mark else { continue }
            let age = now - CompactTime.decode(word, near: now)
            if age >= 0, age < EpochSeconds(seconds) { return true }
            words.compareExchange(at: entry + 1, expected: word, desired: 0)
        }
        return false
    }

    func insert(_ key: Key, now: EpochSeconds) {
        guard seconds > 0 else { return }
        let entries = buckets.entries(of: key.digest)
        let known = entries.first { words.load($0) == key.digest.tag }
        guard let entry = known ?? entries.max(by: { age($0, now) < age($1, now) }) else { return }
        words.store(0, at: entry + 1)
        words.store(key.digest.tag, at: entry)
        words.store(key.mark | CompactTime.encode(now), at: entry + 1)
    }

    private func age(_ entry: Int, _ now: EpochSeconds) -> EpochSeconds {
        let word = words.load(entry + 1)
        return word == 0 ? .max : now - CompactTime.decode(word, near: now)
    }
}
