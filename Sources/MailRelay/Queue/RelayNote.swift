package import MailStore

/// What happens to mail that leaves, for the log and the metrics.
package enum RelayNote: Sendable, Equatable {
    case delivered(QueuedMessage, to: String, reply: HopReply, tls: String)
    case deferred(QueuedMessage, to: String, reply: HopReply)
    case failed(QueuedMessage, to: String, reply: HopReply)
    /// Nobody can be reached there for a while.
    case unreachable(host: String, reply: HopReply, seconds: Int)
    /// A report about TLS is on its way.
    case tlsReported(domain: String, to: String)
    /// The queue itself cannot be read or written.
    case trouble(String)
}
