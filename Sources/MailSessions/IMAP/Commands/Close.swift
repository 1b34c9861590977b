import MailMessage
import MailStore
import MailWire

/// CLOSE and UNSELECT (RFC 9051 §6.4.1, §6.4.2): back to the authenticated state, with or without expunging.
extension IMAPSession {
    func close() async throws -> IMAPReply {
        let mailbox = try selected().mailbox
        guard !mailbox.isReadOnly else { return try unselect() }
        let (id, clock) = (mailbox.id, mailbox.view.syncedTo)
        let highest: ModSeq?
        do {
            highest = try await mailbox.door.write(within: changeBudget, needing: .expunge) {
                try $0.closeMailbox(id, knownUpTo: clock)
            }
        } catch .noRights, .noLongerShared {
            return try unselect()  // RFC 4314 §4: all the same, and nothing is expunged
        }
        _ = try unselect()
        // RFC 7162 §3.2.8: what this expunged is not told, so the client may take the value over only when it has been
        // told all else.
        guard features.contains(.condstore), !mailbox.view.hasUnannounced, let highest else { return .ok("Closed") }
        return .ok("Closed", code: .highestModSeq(highest))
    }

    func unselect() throws -> IMAPReply {
        state = .authenticated(try selected().login)
        return .ok("Closed")
    }
}

extension AccountTransaction {
    /// The new HIGHESTMODSEQ when something was expunged and nothing else had happened since `clock`.
    fileprivate func closeMailbox(_ id: MailboxID, knownUpTo clock: ModSeq) throws -> ModSeq? {
        // Deleted meanwhile by another session: then nothing is left to expunge.
        guard let before = try mailbox(id) else { return nil }
        guard try !expunge(in: id, nil).isEmpty, before.highestModSeq <= clock else { return nil }
        return try mailbox(id)?.highestModSeq
    }
}
