import MailMessage
import MailStore
import MailWire

/// EXPUNGE and UID EXPUNGE (RFC 9051 §6.4.3, §6.4.9).
extension IMAPSession {
    func expunge(_ set: SequenceSet?) async throws -> IMAPReply {
        let mailbox = try writable().mailbox
        let uids = try set.map { try resolve($0, uid: true, in: mailbox) }

        // RFC 9738 §3.1: EXPUNGE itself has no limit.
        let limit = uids == nil ? nil : services.settings.handledLimit
        let (door, clock) = (mailbox.door, mailbox.view.syncedTo)
        let (part, news) = try await door.write(within: changeBudget, needing: .expunge) { transaction in
            let (gone, isAll) = try transaction.expunge(in: door.id, uids, newest: limit)
            let part = HandledPart(handled: gone, limit: isAll ? nil : limit)
            return (part, try MailboxNews(transaction, of: door, since: clock))
        }

        await tell(news, of: mailbox, mayExpunge: true)
        let code = features.contains(.condstore) ? ResponseCode.highestModSeq(news.changes.highestModSeq) : nil
        return reply(.ok("Expunged", code: code), leavingOut: part.code)
    }
}
