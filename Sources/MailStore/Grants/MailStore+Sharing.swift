package import MailMessage

extension MailStore {
    /// Gives or takes rights on a mailbox that `find` finds, in the order in which no crash hides a grant: first the hint
    /// in the directory that there is something, then the grant itself; when the last one goes, first the grant.
    ///
    /// A hint too many costs a look into one account. `find` runs in the transaction and throws when it may not be.
    package func share(
        _ owner: AccountID, by actor: AuditActor, _ change: GrantChange,
        find: @escaping @Sendable (AccountReader) throws -> MailboxInfo
    ) async throws(StoreError) -> ShareOutcome {
        let account = try account(owner)
        _ = try await account.read(find)
        if change.gives { try await noteShare(of: owner, with: change.grantee) }
        let outcome = try await account.write { transaction in
            let mailbox = try find(transaction)
            let (before, after) = try transaction.change(change, on: mailbox.id)
            let isShared = try transaction.grantees().contains(change.grantee)
            return ShareOutcome(mailbox: mailbox.name, before: before, after: after, isShared: isShared)
        }
        if outcome.before != outcome.after { try await record(outcome, owner, actor, change) }
        try await settleHint(of: owner, with: change.grantee, isShared: outcome.isShared)
        changes.publish(ChangeFeed.sharing, ChangeFeed.unknown)
        return outcome
    }

    /// Whoever changes the hint looks again afterwards: of two who give and take at once, one sees what the other did.
    private func settleHint(
        of owner: AccountID, with grantee: Grantee, isShared: Bool
    ) async throws(StoreError) {
        let isNoted = try await directory.read { try $0.sharedWith(owner).contains(grantee) }
        guard isNoted != isShared else { return }
        if isShared { return try await noteShare(of: owner, with: grantee) }
        try await directory.write { try $0.forgetShare(of: owner, with: grantee) }
        let isSharedNow = try await account(owner).read { try $0.grantees().contains(grantee) }
        if isSharedNow { try await noteShare(of: owner, with: grantee) }
    }

    private func noteShare(of owner: AccountID, with grantee: Grantee) async throws(StoreError) {
        let isNoted = try await directory.read { try $0.sharedWith(owner).contains(grantee) }
        if !isNoted { try await directory.write { try $0.noteShare(of: owner, with: grantee) } }
    }

    private func record(
        _ outcome: ShareOutcome, _ owner: AccountID, _ actor: AuditActor, _ change: GrantChange
    ) async throws(StoreError) {
        try await directory.write(by: actor) { transaction in
            let name = (change.isNegative ? "-" : "") + (try transaction.name(of: change.grantee))
            let mailbox = "\(try transaction.name(of: .account(owner)))/\(outcome.mailbox)"
            let texts = [outcome.before, outcome.after].map { $0.isEmpty ? "" : "\(name) \($0)" }
            try transaction.record(outcome.after.isEmpty ? "share remove" : "share set", mailbox, texts[0], texts[1])
        }
    }

    /// After mailboxes came back: those they are shared with hear of it.
    package func sharesMayHaveChanged(of owner: AccountID) async throws(StoreError) {
        guard try await account(owner).read({ try !$0.grantees().isEmpty }) else { return }
        try await refreshShares(of: owner)
        changes.publish(ChangeFeed.sharing, ChangeFeed.unknown)
    }

    /// Brings the hints of one owner in line with the grants, as after a restored `directory.db`. True when they were not.
    @discardableResult
    package func refreshShares(of owner: AccountID) async throws(StoreError) -> Bool {
        let granted = try await account(owner).read { try $0.grantees() }
        let noted = try await directory.read { try $0.sharedWith(owner) }
        guard granted != noted else { return false }
        for grantee in granted.subtracting(noted) { try await noteShare(of: owner, with: grantee) }
        for grantee in noted.subtracting(granted) {
            try await settleHint(of: owner, with: grantee, isShared: false)
        }
        return true
    }
}

package struct ShareOutcome: Sendable, Equatable {
    package let mailbox: MailboxName
    package let before: MailboxRights
    package let after: MailboxRights
    /// The grantee still has something of the owner's.
    let isShared: Bool
}
