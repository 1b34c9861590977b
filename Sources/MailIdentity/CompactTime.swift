import MailMessage

/// Seconds in few bits, so that a time and what belongs to it change together in one word. Right for four years around now.
enum CompactTime {
    static let bits: UInt64 = 28
    static let mask: UInt64 = 1 << bits - 1

    static func encode(_ time: EpochSeconds) -> UInt64 { UInt64(truncatingIfNeeded: time) & mask }

    /// The time nearest to `now` that ends in these bits.
    static func decode(_ word: UInt64, near now: EpochSeconds) -> EpochSeconds {
        let age = (UInt64(truncatingIfNeeded: now) &- word) & mask
        let isFuture = age >= 1 << (bits - 1)
        return now &- EpochSeconds(truncatingIfNeeded: isFuture ? age &- (1 << bits) : age)
    }
}
