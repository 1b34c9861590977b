internal import MailMessage

/// Which thread a message belongs to, decided once, when it comes: an identifier of a thread never changes
/// (RFC 8474 §5.2), so what turns out later to join two threads joins the nearer one.
extension AccountTransaction {
    /// The thread of `keys`, or a new one of this name.
    func thread(of keys: [Int64], orNew name: Int64) throws -> Int64 {
        guard let own = keys.first else { return name }
        // A reply that came before what it answers has left the answered one's name here. Then the nearest ancestor.
        let thread = try known(own) ?? nearest(keys.dropFirst()) ?? name
        for key in keys {
            try database(
                """
                INSERT INTO thread_key (account_id, key_hash, thread_id) VALUES ($1, $2, $3)
                ON CONFLICT (account_id, key_hash) DO NOTHING
                """
            ).run(account, key, thread)
        }
        return thread
    }

    private func nearest(_ ancestors: ArraySlice<Int64>) throws -> Int64? {
        for key in ancestors.reversed() {
            if let thread = try known(key) { return thread }
        }
        return nil
    }

    private func known(_ key: Int64) throws -> Int64? {
        try database("SELECT thread_id FROM thread_key WHERE account_id=$1 AND key_hash=$2").number(account, key)
    }

    /// With its last message a thread goes too.
    func forgetThread(_ thread: Int64) throws {
        let isUsed =
            try database("SELECT 1 FROM message WHERE account_id=$1 AND thread_id=$2 LIMIT 1")
            .number(account, thread) != nil
        guard !isUsed else { return }
        try database("DELETE FROM thread_key WHERE account_id=$1 AND thread_id=$2").run(account, thread)
    }
}
