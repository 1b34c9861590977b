package import MailMessage

/// Enough to recognise the password from before the last change, so that a device that has not heard of it can be told.
package struct FormerPassword: Sendable, Equatable, CustomStringConvertible {
    package static let standardSeconds: EpochSeconds = 14 * 86_400

    package let hash: String
    /// Only with the salt and the iterations of the keys of now: a client makes its proof with these.
    package let scram: ScramKeys?

    package var description: String { "FormerPassword(hidden)" }
}

extension DirectoryReader {
    /// Nil when there was none, or its time is over.
    package func formerPassword(of id: AccountID, now: EpochSeconds) throws -> FormerPassword? {
        try database(
            """
            SELECT hash, scram_iterations, scram_salt, scram_stored_key FROM former_credential
            WHERE account_id = $1 AND until > $2
            """
        ).first(id, now) { row in
            // The server's half of the keys is gone: nobody is let in by them.
            let keys = ScramKeys(salt: row.bytes(2), iterations: row.int(1), storedKey: row.bytes(3), serverKey: [])
            return FormerPassword(hash: row.text(0), scram: keys.iterations > 0 ? keys : nil)
        }
    }
}

extension DirectoryTransaction {
    /// What was the password becomes the former one for so many seconds; with none, nothing is kept.
    func keepFormer(_ before: Credential?, of id: AccountID, for seconds: EpochSeconds) throws {
        try forgetFormer(of: id)
        guard let before, let hash = before.hash, seconds > 0 else { return }
        try database(
            """
            INSERT INTO former_credential (account_id, hash, scram_iterations, scram_salt, scram_stored_key, until)
            VALUES ($1, $2, $3, $4, $5, $6)
            """
        ).run(
            id, hash, before.scram?.iterations ?? 0, before.scram?.salt, before.scram?.storedKey, now + seconds)
    }

    func forgetFormer(of id: AccountID) throws {
        try database("DELETE FROM former_credential WHERE account_id = $1").run(id)
    }
}

extension Directory {
    /// Takes away former passwords whose time is over, and devices that have not come for long.
    package func expireFormerPasswords() async throws(StoreError) {
        let (now, oldest) = (clock(), clock() - RecentDevice.memory)
        let isDue = try await read { reader in
            try reader.database("SELECT 1 FROM former_credential WHERE until <= $1 LIMIT 1").number(now) != nil
                || reader.database("SELECT 1 FROM recent_device WHERE last_at < $1 LIMIT 1").number(oldest) != nil
        }
        guard isDue else { return }
        try await lane.write { database, _ in
            try database("DELETE FROM former_credential WHERE until <= $1").run(now)
            try database("DELETE FROM recent_device WHERE last_at < $1").run(oldest)
        }
    }
}
