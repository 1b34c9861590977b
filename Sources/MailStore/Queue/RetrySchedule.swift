package import MailMessage

/// When to try again: 5 minutes, doubling to 4 hours; after 5 days (RFC 5321 §4.5.4.1) the sender is told.
package enum RetrySchedule {
    package static let firstDelay: EpochSeconds = 5 * 60
    package static let longestDelay: EpochSeconds = 4 * 3_600
    package static let lifetime: EpochSeconds = 5 * 86_400

    /// The pause after the given number of failed attempts.
    package static func delay(afterAttempts attempts: Int) -> EpochSeconds {
        let doublings = min(max(attempts - 1, 0), 16)
        return min(firstDelay << EpochSeconds(doublings), longestDelay)
    }
}
