package import MailMessage

/// Addresses nobody is served at.
package struct BlockedPrefix: Sendable, Equatable {
    /// `192.0.2.7`, `192.0.2.0/24`, `2001:db8::/32`: in the one form that whoever writes it makes of it.
    package let prefix: String
    package let reason: String
    package let createdAt: EpochSeconds
    /// nil = for ever.
    package let until: EpochSeconds?

    package func isOver(at now: EpochSeconds) -> Bool { until.map { $0 <= now } ?? false }
}

extension DirectoryReader {
    /// In the order they were made; those that are over only when asked for.
    package func blockedPrefixes(all: Bool = false) throws -> [BlockedPrefix] {
        var blocks: [BlockedPrefix] = []
        try database("SELECT prefix, reason, created_at, until FROM blocked_prefix ORDER BY created_at, prefix").each {
            let block = BlockedPrefix(
                prefix: $0.text(0), reason: $0.text(1), createdAt: $0.int64(2), until: Self.moment($0.int64(3)))
            if all || !block.isOver(at: now) { blocks.append(block) }
        }
        return blocks
    }
}

extension DirectoryTransaction {
    /// So many at a time: workers keep them in memory, and look through them at each connection.
    package static let mostBlockedPrefixes: Int64 = 100_000

    /// False when it stood there with the same reason and end.
    package func block(_ prefix: String, reason: String, until: EpochSeconds?) throws -> Bool {
        let reason = try DirectoryText.checked(reason, "the reason")
        try database("DELETE FROM blocked_prefix WHERE until > 0 AND until <= $1").run(now)
        let before = try blockedPrefixes(all: true).first { $0.prefix == prefix }
        guard before == nil || before?.reason != reason || before?.until != until else { return false }
        let count = try database("SELECT count(*) FROM blocked_prefix").number() ?? 0
        guard before != nil || count < Self.mostBlockedPrefixes else {
            throw StoreError.notPermitted("there are \(count) blocked addresses already")
        }
        try database(
            """
            INSERT INTO blocked_prefix (prefix, reason, created_at, until) VALUES ($1, $2, $3, $4)
            ON CONFLICT (prefix) DO UPDATE SET reason = $2, until = $4
            """
        ).run(prefix, reason, now, until ?? 0)
        try record("block add", prefix, before.map(Self.text) ?? "", Self.text(reason, until))
        return true
    }

    /// False when it was not blocked.
    package func unblock(_ prefix: String) throws -> Bool {
        guard let before = try blockedPrefixes(all: true).first(where: { $0.prefix == prefix }) else { return false }
        try database("DELETE FROM blocked_prefix WHERE prefix = $1").run(prefix)
        try record("block remove", prefix, Self.text(before), "")
        return true
    }

    private static func text(_ block: BlockedPrefix) -> String { text(block.reason, block.until) }

    private static func text(_ reason: String, _ until: EpochSeconds?) -> String {
        [reason.isEmpty ? nil : reason, until.map { "until \($0)" } ?? "for ever"].compactMap { $0 }
            .joined(separator: ", ")
    }
}
