internal import MailMessage

extension AccountTransaction {
    /// Finishes what EXPUNGE left behind, at most `limit` messages. Returns how many it looked at; clients see nothing.
    func collectGarbage(limit: Int) throws -> Int {
        var messages: [MessageID] = []
        try database(
            "SELECT message_id FROM message_gc WHERE account_id=$1 AND keep_until=0 ORDER BY message_id LIMIT $2"
        )
        .each(account, limit) { messages.append(MessageID($0.int64(0))) }
        for message in messages {
            try clearAway(message)
        }
        return messages.count
    }

    /// What has left `message_gc` is nowhere any more, unless it is in a mailbox after all.
    func clearAway(_ message: MessageID) throws {
        try database("DELETE FROM message_gc WHERE account_id=$1 AND message_id=$2").run(account, message)
        let isUsed =
            try database("SELECT 1 FROM mailbox_message WHERE account_id=$1 AND message_id=$2 LIMIT 1")
            .number(account, message) != nil
        if !isUsed { try deleteMessage(message) }
    }

    /// Drops the oldest of what QRESYNC asks for, so that it does not grow for ever. Clients that come back later than that
    /// get the same answer at a higher price (RFC 7162 §3.2.5.2). True when something was dropped.
    package func forgetVanished(keeping limit: Int) throws -> Bool {
        let newest = try database(
            "SELECT modseq FROM vanished WHERE account_id=$1 ORDER BY modseq DESC LIMIT 1 OFFSET $2"
        )
        .number(account, limit)
        guard let floor = newest else { return false }
        _ = try open()
        try database("DELETE FROM vanished WHERE account_id=$1 AND modseq<=$2").run(account, floor)
        try database("UPDATE account_state SET vanished_floor=$1 WHERE account_id=$2 AND vanished_floor<$1")
            .run(floor, account)
        return true
    }

    private func deleteMessage(_ message: MessageID) throws {
        let ids = try database("SELECT blob_id, thread_id FROM message WHERE account_id=$1 AND id=$2")
            .first(account, message) { ($0.int64(0), $0.int64(1)) }
        guard let (blob, thread) = ids else { return }
        try database("DELETE FROM message WHERE account_id=$1 AND id=$2").run(account, message)
        try forgetThread(thread)
        let left = try database("UPDATE blob SET refs=refs-1 WHERE account_id=$1 AND id=$2 RETURNING refs, file_name")
            .first(account, blob) { ($0.int64(0), $0.text(1)) }
        guard let (refs, fileName) = left, refs <= 0 else { return }
        try database("DELETE FROM blob_data WHERE account_id=$1 AND id=$2").run(account, blob)
        try database("DELETE FROM blob WHERE account_id=$1 AND id=$2").run(account, blob)
        try database("DELETE FROM preview WHERE account_id=$1 AND blob_id=$2").run(account, blob)
        if !fileName.isEmpty { effects.afterCommit { [files] in files.remove(fileName) } }
    }
}
