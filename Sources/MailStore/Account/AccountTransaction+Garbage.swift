internal import MailMessage

extension AccountTransaction {
    /// Finishes what EXPUNGE left behind, at most `limit` messages. Returns how many it looked at; clients see nothing.
    func collectGarbage(limit: Int) throws -> Int {
        var messages: [MessageID] = []
        try database("SELECT message_id FROM message_gc WHERE account_id=$1 ORDER BY message_id LIMIT $2")
            .each(account, limit) { messages.append(MessageID($0.int64(0))) }
        for message in messages {
            try database("DELETE FROM message_gc WHERE account_id=$1 AND message_id=$2").run(account, message)
            let isUsed =
                try database("SELECT 1 FROM mailbox_message WHERE account_id=$1 AND message_id=$2 LIMIT 1")
                .number(account, message) != nil
            if !isUsed { try deleteMessage(message) }
        }
        return messages.count
    }

    private func deleteMessage(_ message: MessageID) throws {
        let blob = try database("SELECT blob_id FROM message WHERE account_id=$1 AND id=$2").number(account, message)
        guard let blob else { return }
        try database("DELETE FROM message WHERE account_id=$1 AND id=$2").run(account, message)
        let left = try database("UPDATE blob SET refs=refs-1 WHERE account_id=$1 AND id=$2 RETURNING refs, file_name")
            .first(account, blob) { ($0.int64(0), $0.text(1)) }
        guard let (refs, fileName) = left, refs <= 0 else { return }
        try database("DELETE FROM blob_data WHERE account_id=$1 AND id=$2").run(account, blob)
        try database("DELETE FROM blob WHERE account_id=$1 AND id=$2").run(account, blob)
        if !fileName.isEmpty { effects.afterCommit { [files] in files.remove(fileName) } }
    }
}
