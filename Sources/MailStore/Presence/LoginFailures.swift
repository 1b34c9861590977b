package import MailMessage

/// What stands against a name that somebody logs in with: one line between a worker and whoever asks.
package struct LoginFailures: Sendable, Equatable {
    package let name: String
    /// One address, or the network of one customer; nil: all places together.
    package let source: String?
    package let count: Int
    package let lastAt: EpochSeconds
    /// Seconds until the next try; nil: it may be made now.
    package let lockedSeconds: Int?

    package init(name: String, source: String?, count: Int, lastAt: EpochSeconds, lockedSeconds: Int?) {
        self.name = name
        self.source = source
        self.count = count
        self.lastAt = lastAt
        self.lockedSeconds = lockedSeconds
    }

    package var line: String {
        [name, source ?? "", String(count), String(lastAt), lockedSeconds.map(String.init) ?? ""]
            .map(PresenceText.escaped).joined(separator: "\t")
    }

    init?(line: Substring) {
        let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(PresenceText.plain)
        guard fields.count == 5, let count = Int(fields[2]), let lastAt = EpochSeconds(fields[3]) else { return nil }
        self.init(
            name: fields[0], source: fields[1].isEmpty ? nil : fields[1], count: count, lastAt: lastAt,
            lockedSeconds: Int(fields[4]))
    }
}
