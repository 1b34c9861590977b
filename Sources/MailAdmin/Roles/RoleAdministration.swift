import MailMessage
package import MailStore

extension Administration {
    /// Sorted by address.
    package func roles() async throws(AdminError) -> [RoleGrant] { try await reading { try $0.roleGrants() } }

    package func roles(of entry: AccountEntry) async throws(AdminError) -> Roles {
        try await reading { try $0.roles(of: entry.id) }
    }

    /// Counts at the next request of whoever is logged in to the pages already. Links that set the account's password end: a
    /// helpdesk may have made them while the account was one that it helps.
    package func grant(_ role: Role, to entry: AccountEntry) async throws(AdminError) -> Outcome {
        try await requireGroups(role.organisation, nil)
        let outcome: Outcome = try await writing { try $0.grant(role, to: entry.id) ? .changed : .unchanged }
        guard store.web.exists else { return outcome }
        do { try await store.web.links.withdraw(from: entry.id) } catch { throw .store(error) }
        return outcome
    }

    package func revoke(_ role: Role, from entry: AccountEntry) async throws(AdminError) -> Outcome {
        try await requireGroups(role.organisation, nil)
        return try await writing { try $0.revoke(role, from: entry.id) ? .changed : .unchanged }
    }

    package func revokeRoles(from entry: AccountEntry) async throws(AdminError) -> Outcome {
        try await writing { try $0.revokeRoles(from: entry.id) > 0 ? .changed : .unchanged }
    }
}
