import MailCrypto
import MailNetwork
import MailShared

/// How many connections came from each address in this minute and the one before, over all workers and without a lock: an
/// entry is one word, which only `compareExchange` changes. The oldest of a bucket gives way.
struct ConnectionRates: Sendable {
    /// Addresses that are remembered when this process is alone.
    static let privateAddresses = SharedLayout.rateEntries
    /// Rounds after which a contended word is left as it is, and the connection let in.
    static let patience = 64

    private let buckets: SharedBuckets
    private let key: [UInt8]
    private var words: SharedWords { buckets.words }

    init(_ seat: SharedSeat? = nil) {
        buckets =
            seat.map { SharedBuckets($0.region.rates, entryWords: 1) }
            ?? SharedBuckets(privateEntries: Self.privateAddresses, entryWords: 1)
        key = hmacSHA256(key: seat?.secret ?? randomBytes(32), Array("rates".utf8))
    }

    /// Counts one more connection; false when it is one too many. `now`: seconds of the monotonic clock.
    func allows(_ address: AddressPrefix, perMinute limit: Int, at now: Int) -> Bool {
        let fingerprint = fingerprint(address)
        for _ in 0..<Self.patience {
            let entries = buckets.entries(of: fingerprint)
            let found = entries.first { RateWord(words.load($0)).isOf(fingerprint) }
            guard let entry = found ?? entries.max(by: { age($0, now) < age($1, now) }) else { return true }
            let word = words.load(entry)
            var rate = RateWord(word)
            if !rate.isOf(fingerprint) { rate = RateWord(of: fingerprint) }
            guard rate.count(at: now, limit: limit) else { return false }
            if words.compareExchange(at: entry, expected: word, desired: rate.bits) { return true }
        }
        return true
    }

    /// Of one minute the address with the fewest connections gives way.
    private func age(_ entry: Int, _ now: Int) -> (minutes: UInt64, room: UInt64) {
        let word = RateWord(words.load(entry))
        return word.bits == 0 ? (.max, 0) : (word.age(at: now), .max - word.current)
    }

    private func fingerprint(_ prefix: AddressPrefix) -> SharedFingerprint {
        SharedFingerprint(
            digest: hmacSHA256(key: key, prefix.address.bytes + [UInt8(clamping: prefix.length)]))
    }
}

/// One address in one word: 20 bits of its digest, 12 of the minute, 16 each of the connections in the minute before and in
/// this one. Pure: the clock comes in.
struct RateWord: Equatable {
    /// Counting stops here; a limit beyond it is none.
    static let mostPerMinute = Int(countMask)
    private static let countMask: UInt64 = 0xffff
    private static let minuteMask: UInt64 = 0xfff
    private static let minuteSeconds = 60

    private(set) var bits: UInt64

    init(_ bits: UInt64) { self.bits = bits }

    init(of fingerprint: SharedFingerprint) { bits = Self.mark(fingerprint) << 44 }

    var minute: UInt64 { bits >> 32 & Self.minuteMask }
    private var previous: UInt64 { bits >> 16 & Self.countMask }
    var current: UInt64 { bits & Self.countMask }

    func isOf(_ fingerprint: SharedFingerprint) -> Bool { bits >> 44 == Self.mark(fingerprint) }

    /// Of the last minute's count the part that still lies within sixty seconds counts.
    mutating func count(at now: Int, limit: Int) -> Bool {
        let now = max(0, now)
        turn(to: Self.minute(of: now))
        let overlap = Double(Self.minuteSeconds - now % Self.minuteSeconds) / Double(Self.minuteSeconds)
        guard Double(previous) * overlap + Double(current) < Double(limit) else { return false }
        bits += current < Self.countMask ? 1 : 0
        return true
    }

    /// Minutes since the last connection.
    func age(at now: Int) -> UInt64 { (Self.minute(of: now) &- minute) & Self.minuteMask }

    private static func minute(of now: Int) -> UInt64 { UInt64(max(0, now) / minuteSeconds) & minuteMask }

    private mutating func turn(to next: UInt64) {
        guard next != minute else { return }
        let isNext = next == (minute + 1) & Self.minuteMask
        bits = (bits >> 44) << 44 | next << 32 | (isNext ? current : 0) << 16
    }

    /// Never zero, which a free entry has.
    private static func mark(_ fingerprint: SharedFingerprint) -> UInt64 { max(1, fingerprint.extra & 0xf_ffff) }
}
