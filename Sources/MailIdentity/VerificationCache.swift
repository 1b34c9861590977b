import MailCrypto
import MailMessage

/// Passwords that were right a moment ago, so that a phone that connects every minute does not cost a hash each time.
///
/// The key is an HMAC over the *stored hash* and the password: a changed password finds nothing, on every process, without
/// any message. The process key never leaves memory, so a dump of the table is worth nothing without it.
struct VerificationCache: Sendable {
    struct Key: Hashable, Sendable {
        fileprivate let digest: [UInt8]
    }

    private let secret: [UInt8]
    private let seconds: Int
    private var table: BoundedTable<Key, EpochSeconds>

    init(seconds: Int, entries: Int, secret: [UInt8] = randomBytes(32)) {
        self.secret = secret
        self.seconds = seconds
        table = BoundedTable(bound: entries)
    }

    var count: Int { table.count }

    /// Costs microseconds; made outside the lock.
    static func key(secret: [UInt8], hash: String, password: PreparedPassword) -> Key {
        Key(digest: hmacSHA256(key: secret, Array(hash.utf8) + [0] + password.bytes))
    }

    func key(hash: String, password: PreparedPassword) -> Key {
        Self.key(secret: secret, hash: hash, password: password)
    }

    /// The time runs from the verification, not from the last use.
    mutating func contains(_ key: Key, now: EpochSeconds) -> Bool {
        guard let verifiedAt = table.value(key) else { return false }
        if verifiedAt <= now, now - verifiedAt < EpochSeconds(seconds) { return true }
        table.remove(key)
        return false
    }

    mutating func insert(_ key: Key, now: EpochSeconds) {
        guard seconds > 0 else { return }
        table.set(key, now)
    }
}
