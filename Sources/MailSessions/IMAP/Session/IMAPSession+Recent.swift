import MailMessage
import MailStore

/// \Recent (RFC 3501 §2.3.2): each message is recent in one session that may write, the first to be told of it.
/// RFC 9051 has no such flag: a client that enabled it neither sees nor claims anything.
extension IMAPSession {
    /// Takes what the news bring. When the claim fails, nobody is the first: the flag is only a hint.
    func claimRecent(_ news: MailboxNews, of mailbox: SelectedMailbox) async {
        guard let first = news.firstRecent, let last = news.changes.changed.last?.uid else { return }
        guard
            let first = await claimRecent(
                from: first, of: mailbox.door, readOnly: mailbox.isReadOnly || !mailbox.door.home.isOwn)
        else { return }
        mailbox.markRecent(first, last)
    }

    /// The first message that is this session's; EXAMINE only looks (RFC 3501 §6.3.2).
    func claimRecent(from first: UID?, of door: MailboxDoor, readOnly: Bool) async -> UID? {
        guard let first, !features.contains(.rev2) else { return nil }
        return readOnly ? first : try? await door.account.claimRecent(in: door.id)
    }
}

extension SelectedMailbox {
    func markRecent(_ first: UID, _ last: UID) {
        if first <= last { recent.formUnion(UIDSet(first...last)) }
    }

    var recentCount: Int { recent.isEmpty ? 0 : view.uids.count(of: recent) }
}
