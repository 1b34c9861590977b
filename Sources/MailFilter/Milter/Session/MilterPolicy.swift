/// How filters are dealt with.
package struct MilterPolicy: Sendable, Equatable {
    /// What happens to mail when a filter does not answer, or answers nonsense.
    package enum Default: String, CaseIterable, Sendable { case accept, tempfail, reject }

    package var fallback = Default.tempfail
    /// For a connection, and for the answer to each command.
    package var seconds = 30
    /// The same for each sign of life while the filter thinks about the whole message.
    package var finalSeconds = 120
    /// However many signs of life come: the client does not wait longer (RFC 5321 §4.5.3.2.6).
    package var longestFinalSeconds = 480
    /// Changes that one filter may ask for in one message, and their octets without a new body.
    package var mostChanges = 1_000
    package var largestChanges = 4 << 20
    /// Octets of a new body.
    package var largestBody: Int64 = 50_000_000

    package init() {}
}
