package import MailMessage

/// How long sessions of the web pages last, and how many there may be.
package struct WebSessionPolicy: Sendable, Equatable {
    /// After so long without a request it has ended.
    package var idle: EpochSeconds = 1_800
    /// And after so long in any case.
    package var longest: EpochSeconds = 12 * 3_600
    /// Of one account: the one that was used longest ago gives way.
    package var mostSessions = 20

    package init() {}
}
