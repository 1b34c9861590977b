/// What an account may hold. Nil = unlimited. Resolved from the directory and bound as a parameter of each write.
package struct QuotaLimit: Sendable, Equatable {
    package var bytes: Int64?
    package var messages: Int64?

    package init(bytes: Int64? = nil, messages: Int64? = nil) {
        self.bytes = bytes
        self.messages = messages
    }

    package static let unlimited = QuotaLimit()

    /// Trash, Sent and Drafts may go over the limit by a tenth, at least by these: a full account can still tidy up.
    package static let leastOverdraftBytes: Int64 = 10_000_000
    package static let leastOverdraftMessages: Int64 = 1_000
    package static let overdraftDivisor: Int64 = 10

    package var withOverdraft: QuotaLimit {
        QuotaLimit(
            bytes: bytes.map { Self.extend($0, by: Self.leastOverdraftBytes) },
            messages: messages.map { Self.extend($0, by: Self.leastOverdraftMessages) })
    }

    private static func extend(_ limit: Int64, by least: Int64) -> Int64 {
        let (sum, overflow) = limit.addingReportingOverflow(max(least, limit / overdraftDivisor))
        return overflow ? .max : sum
    }
}
