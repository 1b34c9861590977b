package import MailMessage

/// Copies that one withdrawal took, by account.
package struct Withdrawal: Sendable, Equatable {
    package let receipt: String
    package let messageID: String
    package let at: EpochSeconds
    package let copies: [AccountID: [MessageID]]
    package let isRestored: Bool
}

extension Trail {
    /// Durable before anything goes: what is taken by a tool that dies can be brought back.
    package func record(
        _ receipt: String, of messageID: String, _ copies: [AccountID: [MessageID]]
    ) async throws(StoreError) {
        try await lane.write { [clock] database, _ in
            for (account, messages) in copies {
                for message in messages {
                    try database(
                        """
                        INSERT INTO withdrawal (receipt, account_id, store_id, at, message_id) VALUES ($1, $2, $3, $4, $5)
                        """
                    ).run(receipt, account, message, clock(), TrailReader.headerForm(messageID))
                }
            }
        }
    }

    /// Nil for a receipt nobody was given.
    package func withdrawal(_ receipt: String) async throws(StoreError) -> Withdrawal? {
        try await lane.read { database in
            var copies: [AccountID: [MessageID]] = [:]
            var head: (messageID: String, at: EpochSeconds, isRestored: Bool)?
            try database(
                """
                SELECT account_id, store_id, at, message_id, restored_at FROM withdrawal WHERE receipt = $1
                ORDER BY account_id, store_id
                """
            ).each(receipt) { row in
                copies[AccountID(row.int64(0)), default: []].append(MessageID(row.int64(1)))
                head = (row.text(3), row.int64(2), row.int64(4) > 0)
            }
            guard let head else { return nil }
            return Withdrawal(
                receipt: receipt, messageID: head.messageID, at: head.at, copies: copies, isRestored: head.isRestored)
        }
    }

    package func noteRestored(_ receipt: String) async throws(StoreError) {
        try await lane.write { [clock] database, _ in
            try database("UPDATE withdrawal SET restored_at = $1 WHERE receipt = $2").run(clock(), receipt)
        }
    }

    /// Every message with this field, the newest first.
    package func stories(of messageID: String) async throws(StoreError) -> [TrailStory] {
        var filter = TrailFilter()
        filter.messageID = messageID
        return try await search(filter, limit: Self.mostOfOneName).stories
    }

    /// A list sends a message under its name once for each of its members.
    static let mostOfOneName = 10_000
}
