package import MailMessage

/// When to try again, when a delay is told, and when the sender is told that it is over (RFC 5321 §4.5.4.1).
package struct RetrySchedule: Sendable, Equatable {
    package static let standard = RetrySchedule()

    /// Doubles with each attempt ...
    package var firstDelay: EpochSeconds = 5 * 60
    /// ... up to this.
    package var longestDelay: EpochSeconds = 4 * 3_600
    package var lifetime: EpochSeconds = 5 * 86_400
    /// 0: never.
    package var noticeAfter: EpochSeconds = 4 * 3_600

    package init() {}

    /// The pause after the given number of failed attempts.
    package func delay(afterAttempts attempts: Int) -> EpochSeconds {
        let doublings = min(max(attempts - 1, 0), 16)
        return min(firstDelay << EpochSeconds(doublings), longestDelay)
    }
}
