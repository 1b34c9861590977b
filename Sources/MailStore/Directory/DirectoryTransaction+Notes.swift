internal import MailMessage

/// Lines of the audit trail for what changes something else than the directory.
extension DirectoryTransaction {
    /// For the audit trail: counters that were wrong were set right.
    package func noteRecount(_ recount: Recount, of id: AccountID) throws {
        try record(
            "quota recount", "account \(id)", "\(recount.known.bytes) bytes, \(recount.known.messages) messages",
            "\(recount.counted.bytes) bytes, \(recount.counted.messages) messages")
    }

    package func noteQueue(_ action: String, _ object: String, _ what: String) throws {
        try record(action, object, "", what)
    }

    package func noteBackup(_ what: String) throws { try record("store backup", "store", "", what) }

    package func noteRestore(_ what: String, of id: AccountID) throws {
        try record("mail restored", "account \(id)", "", what)
    }

    /// About a change beside the directory, such as a key file. Never pass a secret.
    package func note(_ action: String, _ object: String, before: String = "", after: String = "") throws {
        try record(action, object, before, after)
    }
}
