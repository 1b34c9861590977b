import MailMessage
import MailStore
import MailWire

/// EXPUNGE and UID EXPUNGE (RFC 9051 §6.4.3, §6.4.9).
extension IMAPSession {
    func expunge(_ set: SequenceSet?) async throws -> IMAPReply {
        let mailbox = try writable().mailbox
        let uids = try set.map { try resolve($0, uid: true, in: mailbox) }

        let (door, clock) = (mailbox.door, mailbox.view.syncedTo)
        let news = try await door.write(within: changeBudget, needing: .expunge) { transaction in
            _ = try transaction.expunge(in: door.id, uids)
            return try MailboxNews(transaction, of: door, since: clock)
        }

        await tell(news, of: mailbox, mayExpunge: true)
        return .ok("Expunged", code: features.contains(.condstore) ? .highestModSeq(news.changes.highestModSeq) : nil)
    }
}
