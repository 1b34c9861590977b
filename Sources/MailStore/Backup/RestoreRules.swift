internal import MailMessage

/// What makes a restored store differ from the one that was saved: no UID, change number or identifier that was given
/// meanwhile is ever given again, so that no client takes one message for another.
enum RestoreRules {
    /// More than anybody gives between two backups.
    static let identifiers: Int64 = 1 << 20
    static let changes: Int64 = 1 << 32
    static let uids: Int64 = 1 << 20

    /// UIDs go on far above the old ones (RFC 9051 §2.3.1.1), and everything counts as changed: clients with CONDSTORE
    /// fetch all flags anew and are told which UIDs are gone (RFC 7162 §3.2.5). UIDVALIDITY stays while there are UIDs.
    static func apply(toAccount database: SQLConnection) throws {
        try database(
            """
            UPDATE account_state SET next_id=next_id+$1, modseq=modseq+$1, vanished_floor=modseq+$1,
              changed_floor=modseq+$1, uidvalidity=uidvalidity+$2
            """
        ).run(changes, identifiers)
        try database(
            "UPDATE mailbox SET uidvalidity=(SELECT uidvalidity FROM account_state) WHERE uidnext+$1>4294967295"
        ).run(uids)
        try database("UPDATE mailbox SET uidnext=uidnext+$1 WHERE uidnext+$1<=4294967295").run(uids)
        try database(
            """
            UPDATE mailbox SET highestmodseq=(SELECT modseq FROM account_state), marked_modseq=CASE
              WHEN marked_modseq=highestmodseq THEN (SELECT modseq FROM account_state) ELSE -1 END
            """
        ).run()
        try database("UPDATE mailbox_message SET modseq=(SELECT modseq FROM account_state)").run()
        try database("UPDATE metadata SET modseq=(SELECT modseq FROM account_state)").run()
        try database("DELETE FROM vanished").run()
        try database("DELETE FROM changed").run()
    }

    static func apply(toDirectory database: SQLConnection, at now: EpochSeconds, from: EpochSeconds) throws {
        try database("UPDATE directory_state SET next_id=next_id+$1, generation=generation+$1").run(identifiers)
        try DirectoryTransaction(database, now: now, actor: "store restore")
            .record("store restored", "store", "", "the state of \(MailDate(seconds: from).headerText)")
    }

    /// Nothing goes out by itself: what was delivered after the backup would go out twice.
    static func apply(toQueue database: SQLConnection) throws {
        try database("UPDATE queue_state SET next_id=next_id+$1").run(identifiers)
        try database("UPDATE queue_recipient SET state=$1, lease_until=0 WHERE state IN (0, 4)")
            .run(QueueState.held.rawValue)
    }
}
