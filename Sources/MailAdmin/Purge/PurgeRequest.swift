package import MailMessage
package import MailStore

/// What a purge is asked to do.
package struct PurgeRequest: Sendable {
    package enum Folder: Sendable, Equatable {
        case trash
        case junk
        case named(MailboxName)
    }

    /// Instead of the periods that are set.
    package var olderThan: Int64?
    /// Empty: Trash, and Junk where it has a period.
    package var folders: [Folder] = []
    /// Only these, whatever the hints say of them; nil: everybody who may have something due.
    package var accounts: Set<AccountID>?
    package var organisations: Set<OrganisationName>?
    package var expunges = true
    /// Gives up what was restorable for long enough.
    package var reclaims = true
    package var ceiling = PurgeCeiling.standard
    /// Messages a second.
    package var rate: Int?
    /// Seconds.
    package var longest: Int64 = 3_600
    package var sparesFlagged = false
    package var isDryRun = false
    /// The caller has said yes to what would otherwise be refused.
    package var isConfirmed = false

    package init() {}

    var named: [MailboxName] {
        folders.compactMap { folder in if case .named(let name) = folder { name } else { nil } }
    }
    /// Hints tell of Trash and Junk alone.
    var opensEveryone: Bool { accounts != nil || !named.isEmpty }

    func admits(_ candidate: PurgeCandidate) -> Bool {
        if let accounts, accounts.contains(candidate.id) { return true }
        if let organisations, let own = candidate.organisation, organisations.contains(own) { return true }
        return accounts == nil && organisations == nil
    }
}

/// How much one run may remove before somebody has to look.
package enum PurgeCeiling: Sendable, Equatable {
    case messages(Int64)
    /// Of all messages in the store.
    case percent(Int64)
    /// A fifth of the store, but so few are never many.
    case standard

    package static let standardPercent: Int64 = 20
    package static let never: Int64 = 100
    /// Of what is given up: somebody has thrown it away weeks ago, and the store may have become small since.
    package static let neverGivenUp: Int64 = 10_000

    package func messages(_ part: PurgePart = .expunge, of total: Int64) -> Int64 {
        switch self {
        case .messages(let count): count
        case .percent(100): part == .reclaim ? .max : total
        case .percent(let percent): Self.share(percent, of: total)
        case .standard:
            max(part == .reclaim ? Self.neverGivenUp : Self.never, Self.share(Self.standardPercent, of: total))
        }
    }

    private static func share(_ percent: Int64, of total: Int64) -> Int64 {
        let (product, overflow) = total.multipliedReportingOverflow(by: percent)
        return overflow ? .max : product / 100
    }
}
