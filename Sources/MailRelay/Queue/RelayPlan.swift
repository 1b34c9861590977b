package import MailMessage

/// How much of the queue is in hand at a time. Everything else waits in the database.
package struct RelayPlan: Sendable {
    /// Connections to one host at a time, and to all.
    package var connectionsPerHost = 20
    package var connections = 200
    /// Recipients in memory: what has been claimed and not settled.
    package var recipientsInHand = 2_000
    /// Of one destination; what is beyond waits by itself, so that others get past it.
    package var recipientsPerDestination = 500
    /// Recipients claimed at once.
    package var batch = 200
    /// A connection waits so long for the next message.
    package var keepOpenMilliseconds = 2_000
    /// Messages over one connection; hosts count them.
    package var messagesPerConnection = 1_000
    /// While another address of the same mail can be tried, a connection is not waited for longer than this.
    package var impatientSeconds = 5
    /// The longest time a host that could not be reached is left alone.
    package var longestRest: EpochSeconds = 30 * 60
    /// How long `stop` waits for what is under way.
    package var stopSeconds = 10

    package init() {}
}
