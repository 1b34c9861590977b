package import MailMessage

extension DirectoryReader {
    /// Accounts with a last day up to `moment` that have not gone already, by that day.
    package func expiries(through moment: EpochSeconds) throws -> [AccountEntry] {
        try expiring(
            "SELECT id FROM account WHERE expires_at > 0 AND expires_at <= $1 AND status <> 2 ORDER BY expires_at, id",
            moment)
    }

    /// Those whose day has come and for which something is still to be done.
    package func dueExpiries() throws -> [AccountEntry] {
        try expiring(
            """
            SELECT id FROM account WHERE expires_at > 0 AND expires_at <= $1 AND status <> 2 AND expires_then > 0
              AND expiry_done <> expires_at ORDER BY expires_at, id
            """, now)
    }

    private func expiring(_ question: StaticString, _ moment: EpochSeconds) throws -> [AccountEntry] {
        var ids: [AccountID] = []
        try database(question).each(moment) { ids.append(AccountID($0.int64(0))) }
        return try ids.compactMap(account)
    }
}

extension DirectoryTransaction {
    static let expiredReason = "expired"

    /// Does what was decided for the account's last day, once.
    package func carryOutExpiry(of id: AccountID) throws {
        let entry = try liveAccount(id)
        try database("UPDATE account SET expiry_done = expires_at WHERE id = $1").run(id)
        switch entry.expiresThen {
        case .suspend where try !isSuspended(id): try suspendAccount(id, reason: Self.expiredReason)
        case .remove: try removeAccount(id)
        case .forward where entry.isLeftBehind:
            try touch(id, "forward only", "", entry.forward.map { "\($0.address)" } ?? "")
        case .suspend, .forward, nil: break
        }
    }

    func setExpiry(_ moment: EpochSeconds?, of before: AccountEntry) throws {
        let id = before.id
        try database("UPDATE account SET expires_at = $1, expiry_done = 0 WHERE id = $2").run(moment ?? 0, id)
        if moment == nil { try database("UPDATE account SET expires_then = 0 WHERE id = $1").run(id) }
        try touch(
            id, "account expires", before.expiresAt.map(String.init) ?? "never", moment.map(String.init) ?? "never")
        // Another day undoes what the old one has done, and nothing else.
        guard before.hasExpired, before.reason == Self.expiredReason, moment.map({ $0 > now }) ?? true else { return }
        try resumeAccount(id)
    }

    func setExpiryAction(_ action: ExpiryAction?, of before: AccountEntry) throws {
        guard let entry = try account(before.id), action == nil || entry.expiresAt != nil else {
            throw StoreError.invalid("\(before.address) has no day on which it expires")
        }
        guard action != .forward || entry.forward != nil else {
            throw StoreError.invalid("\(before.address) is not forwarded anywhere: say where first (forward set)")
        }
        guard entry.expiresThen != action else { return }
        guard try action == nil || !isExpiryDone(before.id) else {
            throw StoreError.invalid(
                "what \(before.address) had its last day for is done: give it another day first (account set --expires)"
            )
        }
        try database("UPDATE account SET expires_then = $1 WHERE id = $2").run(action?.rawValue ?? 0, before.id)
        try touch(
            before.id, "account then", entry.expiresThen?.description ?? "none", action?.description ?? "none")
    }

    /// What the directory of persons says of somebody; an administrator's own suspension stays untouched.
    @discardableResult
    package func setDisabled(_ isDisabled: Bool, _ id: AccountID) throws -> Bool {
        let entry = try liveAccount(id)
        guard (entry.disabledAt != nil) != isDisabled else { return false }
        try database("UPDATE account SET disabled_at = $1 WHERE id = $2").run(isDisabled ? now : 0, id)
        let words = ["active", "not active"]
        try touch(id, "account person", words[isDisabled ? 0 : 1], words[isDisabled ? 1 : 0])
        return true
    }

    /// A day that has come with a removal would be an account that goes at once, unasked.
    func refuseRemovalAtOnce(_ id: AccountID, after before: AccountEntry? = nil) throws {
        guard let entry = try account(id), entry.expiresThen == .remove, let day = entry.expiresAt, day <= now,
            before?.expiresThen != .remove || before?.expiresAt != day
        else { return }
        throw StoreError.invalid(
            "\(entry.address) would be removed at once, its last day is past: remove it knowingly (account remove)")
    }

    private func isExpiryDone(_ id: AccountID) throws -> Bool {
        try database("SELECT expires_at > 0 AND expiry_done = expires_at FROM account WHERE id = $1").number(id) == 1
    }

    private func isSuspended(_ id: AccountID) throws -> Bool {
        try database("SELECT status FROM account WHERE id = $1").number(id) == StoredStatus.suspended.rawValue
    }

    /// Nobody shall believe that an account works again which does not.
    func refuseResuming(_ entry: AccountEntry) throws {
        if let day = entry.expiresAt, day <= now {
            throw StoreError.notPermitted(
                "\(entry.address) has expired: give it another day first (account set --expires)")
        }
        if entry.disabledAt != nil {
            throw StoreError.notPermitted(
                "\(entry.address) belongs to somebody who is not active in the directory of persons")
        }
    }
}
