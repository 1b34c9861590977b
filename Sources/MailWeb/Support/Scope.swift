import MailStore
import MailWire

/// Whose accounts somebody may see, and which of them he may change: the one place where that is decided. Pure.
struct Scope: Sendable, Equatable {
    private let own: AccountID
    /// Nil: everybody.
    let organisations: Set<OrganisationName>?

    init(of own: AccountID, _ roles: Roles) {
        self.own = own
        organisations = roles.isOperator ? nil : roles.helpdesk
    }

    var isEverybody: Bool { organisations == nil }

    func sees(_ entry: AccountEntry) -> Bool {
        guard entry.status != .removed else { return false }
        guard let organisations else { return true }
        return entry.organisation.map(organisations.contains) ?? false
    }

    /// Nobody his own; and whoever has a role is the operators' affair, or a helpdesk could become one by a password link.
    func changes(_ entry: AccountEntry, hasRole: Bool) -> Bool {
        sees(entry) && entry.id != own && (isEverybody || !hasRole)
    }
}

/// Somebody else's account that this page is about.
struct Managed: Sendable {
    let entry: AccountEntry
    let hasRole: Bool
    let isChangeable: Bool
    let scope: Scope

    var path: String { "/support/account/\(entry.id)" }
    /// As the audit trail names it.
    var object: String { "account \(entry.id)" }
}

extension Visit {
    func scope() throws -> Scope {
        let person = try owner()
        return Scope(of: person.entry.id, person.roles)
    }

    /// The account whose number is the third segment. One that is out of reach is not there.
    func managed() async throws -> Managed {
        let scope = try scope()
        guard let number = request.target.segments.dropFirst(2).first.flatMap({ Int64($0) }) else {
            throw WebError.notFound
        }
        let id = AccountID(number)
        let (entry, hasRole) = try await site.store.directory.read { (try $0.account(id), try $0.hasRole(id)) }
        guard let entry, scope.sees(entry) else { throw WebError.notFound }
        let isChangeable = scope.changes(entry, hasRole: hasRole)
        return Managed(entry: entry, hasRole: hasRole, isChangeable: isChangeable, scope: scope)
    }
}
