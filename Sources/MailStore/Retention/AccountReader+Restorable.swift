package import MailMessage

/// A message that has left its mailbox and can come back.
package struct Restorable: Sendable, Equatable {
    package let id: MessageID
    /// Where it comes back to; nil when the store no longer knows.
    package let place: MailboxName?
    package let isPlaceGone: Bool
    package let departure: Departure
    package let goneAt: EpochSeconds
    package let keptUntil: EpochSeconds
    package let size: Int64
    package let receivedAt: EpochSeconds
    /// As the envelope has it, encoded words and all.
    package let subject: [UInt8]
}

/// Which of them; all when nothing is said.
package struct RestoreSelection: Sendable, Equatable {
    package var mailbox: MailboxName?
    /// Gone then or later.
    package var since: EpochSeconds?
    /// Gone then or earlier.
    package var until: EpochSeconds?
    package var messages: Set<MessageID> = []

    package init() {}
    package var isEverything: Bool { self == RestoreSelection() }

    func admits(_ id: MessageID, in place: MailboxName?) -> Bool {
        (messages.isEmpty || messages.contains(id)) && (mailbox == nil || place == mailbox)
    }
}

extension AccountReader {
    /// Those that went first come first.
    package func restorables(_ selection: RestoreSelection = RestoreSelection()) throws -> [Restorable] {
        let tree = try mailboxTree()
        let former = try formerMailboxes()
        var found: [Restorable] = []
        try database(
            """
            SELECT g.message_id, g.mailbox_id, g.reason, g.queued_at, g.keep_until, g.size, g.received_at, m.envelope
            FROM message_gc g JOIN message m ON m.account_id=g.account_id AND m.id=g.message_id
            WHERE g.account_id=$1 AND g.keep_until>0 AND g.queued_at BETWEEN $2 AND $3 ORDER BY g.queued_at, g.message_id
            """
        ).each(account, selection.since ?? 0, selection.until ?? .max) { row in
            try checkTime()
            let (id, mailbox) = (MessageID(row.int64(0)), MailboxID(row.int64(1)))
            let living = tree.name(of: mailbox)
            let place = living ?? former[mailbox]?.name
            guard selection.admits(id, in: place) else { return }
            let subject = row.withBytes(7) { EnvelopeText($0).string(.subject) ?? [] }
            found.append(
                Restorable(
                    id: id, place: place, isPlaceGone: living == nil,
                    departure: Departure(rawValue: row.int64(2)) ?? .expunged, goneAt: row.int64(3),
                    keptUntil: row.int64(4), size: row.int64(5), receivedAt: row.int64(6), subject: subject))
        }
        return found
    }

    /// First what counts against the limit itself, then what may go beyond it for a while: in this order all of it fits.
    package func fitting<Item>(
        _ items: [Item], within limit: QuotaLimit, _ facts: (Item) -> (place: MailboxName?, size: Int64)
    ) throws -> [[Item]] {
        var known: [MailboxName?: Bool] = [:]
        func hasOverdraft(_ name: MailboxName?) throws -> Bool {
            if let known = known[name] { return known }
            let found = try name.flatMap { try mailboxID($0) }.map { try zone(of: $0).hasOverdraft } ?? false
            known[name] = found
            return found
        }
        var parts: [[Item]] = [[], []]
        for item in items { parts[try hasOverdraft(facts(item).place) ? 1 : 0].append(item) }
        var usage = try usage()
        for (part, limit) in zip(parts, [limit, limit.withOverdraft]) {
            usage = try self.usage(usage, with: part.map { facts($0).size }, within: limit)
        }
        return parts
    }

    private func usage(_ usage: AccountUsage, with sizes: [Int64], within limit: QuotaLimit) throws -> AccountUsage {
        guard !sizes.isEmpty else { return usage }
        let sum = AccountUsage(
            bytes: usage.bytes + sizes.reduce(0, +), messages: usage.messages + Int64(sizes.count))
        if sum.bytes <= limit.bytes ?? .max, sum.messages <= limit.messages ?? .max { return sum }
        throw StoreError.overQuota(sizes.contains { $0 > limit.bytes ?? .max } ? .tooLargeForAccount : .full)
    }

    /// What the directory's hints say of an account, for tools that open only what they must.
    func expiry() throws -> ExpiryHints {
        try database(
            """
            SELECT (SELECT min(trashed_at) FROM mailbox_message WHERE account_id=$1 AND trashed_at>0),
              (SELECT min(junked_at) FROM mailbox_message WHERE account_id=$1 AND junked_at>0),
              (SELECT min(keep_until) FROM message_gc WHERE account_id=$1 AND keep_until>0)
            """
        ).first(account) { row in
            ExpiryHints(
                trashedSince: row.isNull(0) ? nil : row.int64(0), junkedSince: row.isNull(1) ? nil : row.int64(1),
                reclaimFrom: row.isNull(2) ? nil : row.int64(2))
        } ?? ExpiryHints()
    }
}

/// When something of an account may be due: the oldest in the trash, the oldest in Junk, what is kept the shortest.
package struct ExpiryHints: Sendable, Equatable {
    package var trashedSince: EpochSeconds?
    package var junkedSince: EpochSeconds?
    package var reclaimFrom: EpochSeconds?

    package init(
        trashedSince: EpochSeconds? = nil, junkedSince: EpochSeconds? = nil, reclaimFrom: EpochSeconds? = nil
    ) {
        self.trashedSince = trashedSince
        self.junkedSince = junkedSince
        self.reclaimFrom = reclaimFrom
    }
}
