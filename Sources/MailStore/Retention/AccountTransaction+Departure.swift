internal import MailMessage

/// What is removed: kept for a while, or queued for the next clearing away.
extension AccountTransaction {
    /// Before the rows leave `mailbox`.
    func queueDeparture(_ rows: [MessageRow], from mailbox: MailboxID, as departure: Departure) throws {
        let zone = try zone(of: mailbox)
        var (kept, forgotten): ([MessageRow], [MessageRow]) = ([], [])
        for row in rows {
            if policy.keeps(row, in: zone, departure) { kept.append(row) } else { forgotten.append(row) }
        }
        for range in UIDSet(kept.lazy.map(\.uid)).ranges {
            try queue(range, in: mailbox, departure, until: now + policy.seconds)
        }
        for range in UIDSet(forgotten.lazy.map(\.uid)).ranges { try queue(range, in: mailbox, departure, until: 0) }
        if !forgotten.isEmpty { madeGarbage = true }
        guard departure.isBounded, !kept.isEmpty else { return }
        try changeRestorable(by: kept.reduce(0) { $0 + $1.size })
        // What is too much goes a moment later, where somebody asks whether the account is held.
        if try restorableExcess() > 0 { madeGarbage = true }
    }

    /// Message, bytes and file follow in batches, so that EXPUNGE of many stays quick.
    private func queue(
        _ range: ClosedRange<UID>, in mailbox: MailboxID, _ departure: Departure, until: EpochSeconds
    ) throws {
        try checkTime()
        try database(
            """
            INSERT INTO message_gc (account_id, message_id, queued_at, mailbox_id, flags, size, received_at, reason,
              keep_until)
            SELECT account_id, message_id, $1, mailbox_id, flags, size, received_at, $2, $3 FROM mailbox_message
            WHERE account_id=$4 AND mailbox_id=$5 AND uid BETWEEN $6 AND $7
            ON CONFLICT (account_id, message_id) DO NOTHING
            """
        ).run(now, departure.rawValue, until, account, mailbox, range.lowerBound, range.upperBound)
    }

    /// What has been gone longest gives way; never in an account that is held.
    func makeRestorableFit() throws {
        var excess = try restorableExcess()
        while excess > 0 {
            try checkTime()
            var oldest: [(id: MessageID, size: Int64)] = []
            try database(
                """
                SELECT message_id, size FROM message_gc WHERE account_id=$1 AND keep_until>0 AND reason<>$2
                ORDER BY keep_until, message_id LIMIT $3
                """
            ).each(account, Departure.purged.rawValue, Account.garbageBatch) {
                oldest.append((MessageID($0.int64(0)), $0.int64(1)))
            }
            guard !oldest.isEmpty else { return }
            for message in oldest where excess > 0 {
                try forget(message.id)
                excess -= message.size
            }
        }
    }

    /// Its bytes go with the next clearing away.
    private func forget(_ message: MessageID) throws {
        madeGarbage = true
        try leaveRestorable([message])
        try database("UPDATE message_gc SET keep_until=0 WHERE account_id=$1 AND message_id=$2").run(account, message)
    }

    func changeRestorable(by bytes: Int64) throws {
        guard bytes != 0 else { return }
        try database("UPDATE account_state SET restorable_bytes=restorable_bytes+$1 WHERE account_id=$2")
            .run(bytes, account)
    }

    private func restorableExcess() throws -> Int64 {
        let bytes = try database("SELECT restorable_bytes FROM account_state WHERE account_id=$1").number(account) ?? 0
        return bytes - policy.bytes
    }

    /// Takes them out of the count before they are restored, reclaimed or forgotten.
    func leaveRestorable(_ messages: [MessageID]) throws {
        touchedRestorable = true
        var bytes: Int64 = 0
        for message in messages {
            bytes +=
                try database(
                    "SELECT size FROM message_gc WHERE account_id=$1 AND message_id=$2 AND keep_until>0 AND reason<>$3"
                ).number(account, message, Departure.purged.rawValue) ?? 0
        }
        try changeRestorable(by: -bytes)
    }

    /// For good, before their time: what somebody chose to forget. Under way they are restorable no more.
    package func forget(_ messages: [MessageID]) throws {
        for message in messages { try forget(message) }
    }

    /// Bytes and files of what has been kept long enough. Returns how many, and their size.
    package func reclaim(
        _ due: some Collection<(id: MessageID, size: Int64)>
    ) throws -> (messages: Int, bytes: Int64) {
        guard !due.isEmpty else { return (0, 0) }
        try leaveRestorable(due.map(\.id))
        for message in due { try clearAway(message.id) }
        try forgetFormerMailboxes()
        return (due.count, due.reduce(0) { $0 + $1.size })
    }
}

extension RestorePolicy {
    /// Programs save a draft every minute, as a new message and an EXPUNGE of the last: only the newest is worth keeping, and
    /// that one is in its mailbox. What is thrown away as a draft goes through the trash and is kept there.
    func keeps(_ row: MessageRow, in zone: MailboxZone, _ departure: Departure) -> Bool {
        switch departure {
        case .superseded: false
        case .expunged: seconds > 0 && !zone.isDrafts && (zone.isTrash || !row.flags.contains(.draft))
        case .purged, .folder: seconds > 0
        }
    }
}
