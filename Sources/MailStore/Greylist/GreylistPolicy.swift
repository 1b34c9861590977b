package import MailMessage

/// How long strangers wait, and how they become acquaintances.
package struct GreylistPolicy: Sendable, Equatable {
    /// From the first attempt to the first that is taken.
    package var delay: EpochSeconds = 300
    /// Who comes again later than this was not the same.
    package var window: EpochSeconds = 2 * 86_400
    /// Who has not been here for so long is a stranger again.
    package var memory: EpochSeconds = 35 * 86_400
    /// A network whose senders have come again so often need not any more.
    package var passesToTrust = 5
    /// Rows of each table: the oldest go when there are more.
    package var mostRows = 1_000_000

    package init() {}
}

package enum GreylistDecision: Sendable, Equatable {
    case pass
    /// To be tried again in so many seconds.
    case wait(EpochSeconds)
}
