import MailAdmin
import MailMessage
import MailStore

/// What the page about somebody's account shows. Never his mail: sizes and counts of it alone.
struct AccountFacts: Sendable {
    static let auditLines = 20
    static let heldShown = 20

    let aliases: [EmailAddress]
    let own: QuotaRule?
    /// Nil: the organisation has no pool.
    let pool: PoolUse?
    let classes: [ClassName]
    let devices: [RecentDevice]
    /// Nil: nobody can say, for no worker answers.
    let failures: [LoginFailures]?
    let sessions: [OpenSession]?
    let browsers: [WebSession]
    let standing: SendingStanding?
    let held: [QueueLine]
    let audit: [AuditEntry]

    init(_ managed: Managed, _ visit: Visit) async throws {
        let (entry, store) = (managed.entry, visit.site.store)
        let administration = try visit.administration()
        let object = managed.object
        devices = try await store.directory.recentDevices(of: entry.id)
        (aliases, own, pool, classes, audit) = try await store.directory.read { reader in
            (
                try reader.aliases(of: entry.id), try reader.quotaRule(of: .account(entry.id)),
                try entry.organisation.flatMap { try reader.pool(of: $0) }, try reader.classes().map(\.name),
                try reader.audit(of: object, limit: Self.auditLines)
            )
        }
        failures = try? await administration.loginFailures(of: entry)
        sessions = try? await administration.sessions(of: entry)
        browsers = try await store.web.sessions.list(of: entry.id)
        standing = try await administration.sendingStandings(of: .account(entry.id)).first
        held = try await administration.heldMail(of: entry, limit: Self.heldShown)
    }
}
