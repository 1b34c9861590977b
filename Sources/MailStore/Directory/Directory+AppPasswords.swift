package import MailMessage

extension DirectoryReader {
    /// Oldest first.
    package func appPasswords(of account: AccountID) throws -> [AppPasswordEntry] {
        var entries: [AppPasswordEntry] = []
        try database(
            """
            SELECT handle, account_id, name, digest, services, created_at, expires_at, last_used_at, last_used_by,
              last_used_from, scram_iterations, scram_salt, scram_stored_key, scram_server_key FROM app_password WHERE account_id = $1 ORDER BY created_at, name
            """
        ).each(account) {
            entries.append(Self.appPassword($0))
        }
        return entries
    }

    package func appPassword(_ handle: AppPasswordHandle) throws -> AppPasswordEntry? {
        try database(
            """
            SELECT handle, account_id, name, digest, services, created_at, expires_at, last_used_at, last_used_by,
              last_used_from, scram_iterations, scram_salt, scram_stored_key, scram_server_key FROM app_password WHERE handle = $1
            """
        ).first(handle.text) { Self.appPassword($0) }
    }

    /// Those that may still let somebody in.
    package func liveAppPasswords(of account: AccountID) throws -> Set<AppPasswordHandle> {
        var handles: Set<AppPasswordHandle> = []
        try database("SELECT handle FROM app_password WHERE account_id = $1 AND (expires_at = 0 OR expires_at > $2)")
            .each(account, now) { handles.insert(AppPasswordHandle(unchecked: $0.text(0))) }
        return handles
    }

    /// Of all accounts, between two moments: for the preview of what ends when.
    package func appPasswords(expiringAfter first: EpochSeconds, through last: EpochSeconds) throws
        -> [AppPasswordEntry]
    {
        var entries: [AppPasswordEntry] = []
        try database(
            """
            SELECT handle, account_id, name, digest, services, created_at, expires_at, last_used_at, last_used_by,
              last_used_from, scram_iterations, scram_salt, scram_stored_key, scram_server_key FROM app_password WHERE expires_at > $1 AND expires_at <= $2 ORDER BY expires_at
            """
        ).each(first, last) { entries.append(Self.appPassword($0)) }
        return entries
    }

    private static func appPassword(_ row: borrowing Row) -> AppPasswordEntry {
        let use = moment(row.int64(7)).map {
            AppPasswordEntry.Use(at: $0, service: row.text(8), from: row.text(9))
        }
        let scram = ScramKeys(
            salt: row.bytes(11), iterations: Int(row.int64(10)), storedKey: row.bytes(12), serverKey: row.bytes(13))
        return AppPasswordEntry(
            handle: AppPasswordHandle(unchecked: row.text(0)), account: AccountID(row.int64(1)), name: row.text(2),
            digest: row.bytes(3), services: AppPasswordServices(rawValue: row.int64(4)), createdAt: row.int64(5),
            expiresAt: moment(row.int64(6)), lastUse: use, scram: scram.iterations > 0 ? scram : nil)
    }

    /// Salt and iterations that all SCRAM keys of an account have: a client is told them before it says which password it
    /// means. Nil while there are none.
    package func scramFrame(of account: AccountID) throws -> ScramKeys? {
        if let keys = try credential(of: account)?.scram { return keys }
        return try appPasswords(of: account).lazy.compactMap(\.scram).first
    }
}

extension DirectoryTransaction {
    /// So many of one account: each of them is a way in.
    package static let mostAppPasswords: Int64 = 50

    package func addAppPassword(_ new: NewAppPassword, to id: AccountID) throws {
        _ = try liveAccount(id)
        let name = try DirectoryText.checked(new.name, "the name")
        guard !name.isEmpty else { throw StoreError.invalid("an app password needs a name") }
        guard !new.services.isEmpty else { throw StoreError.invalid("an app password needs a protocol") }
        let named = try database("SELECT handle FROM app_password WHERE account_id = $1 AND name = $2").text(id, name)
        guard named == nil else { throw StoreError.exists("app password \"\(name)\"") }
        guard try appPassword(new.handle) == nil else { throw StoreError.exists("app password \(new.handle)") }
        let count = try database("SELECT count(*) FROM app_password WHERE account_id = $1").number(id) ?? 0
        guard count < Self.mostAppPasswords else {
            throw StoreError.notPermitted("the account has \(count) app passwords: revoke one first")
        }
        try database(
            """
            INSERT INTO app_password (handle, account_id, name, digest, services, created_at, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """
        ).run(new.handle.text, id, name, new.digest, new.services.rawValue, now, new.expiresAt ?? 0)
        if let keys = new.scram { try setScram(keys, of: new.handle) }
        let until = new.expiresAt.map { ", until \($0)" } ?? ""
        let after = "\(new.handle) \(name) for \(new.services.names.joined(separator: " "))\(until)"
        try touch(id, "app password add", "", after)
    }

    /// They belong to the same secret as the digest, so nothing is changed that anybody has to hear of.
    package func setScram(_ keys: ScramKeys, of handle: AppPasswordHandle) throws {
        try database(
            """
            UPDATE app_password SET scram_iterations = $1, scram_salt = $2, scram_stored_key = $3, scram_server_key = $4
            WHERE handle = $5
            """
        ).run(Int64(keys.iterations), keys.salt, keys.storedKey, keys.serverKey, handle.text)
    }

    /// By its handle or its name; false when the account has none like that.
    package func revokeAppPassword(_ which: String, of id: AccountID) throws -> Bool {
        _ = try liveAccount(id)
        let found = try appPasswords(of: id).first { $0.handle.text == which || $0.name == which }
        guard let found else { return false }
        try database("DELETE FROM app_password WHERE handle = $1").run(found.handle.text)
        try touch(id, "app password revoke", "\(found.handle) \(found.name)", "")
        return true
    }

    /// How many there were.
    package func revokeAllAppPasswords(of id: AccountID) throws -> Int {
        _ = try liveAccount(id)
        let count = try database("DELETE FROM app_password WHERE account_id = $1").run(id)
        if count > 0 { try touch(id, "app password revoke", "all \(count)", "") }
        return count
    }
}

extension Directory {
    package func scramFrame(of account: AccountID) async throws(StoreError) -> ScramKeys? {
        try await read { try $0.scramFrame(of: account) }
    }
}

extension DirectorySchema {
    /// SCRAM keys of app passwords; 0 iterations: none yet.
    static let appPasswordKeys = """
        ALTER TABLE app_password ADD COLUMN scram_iterations BIGINT NOT NULL DEFAULT 0;
        ALTER TABLE app_password ADD COLUMN scram_salt BYTEA;
        ALTER TABLE app_password ADD COLUMN scram_stored_key BYTEA;
        ALTER TABLE app_password ADD COLUMN scram_server_key BYTEA;
        """
}
