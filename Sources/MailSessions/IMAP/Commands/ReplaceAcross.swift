import MailMessage
import MailStore
import MailWire

/// REPLACE into another account: the new message is there and synced before the old one goes. A crash between the two
/// leaves both, and none is ever lost.
extension IMAPSession {
    func replaceAcross(
        _ old: UIDSet, of mailbox: SelectedMailbox, with messages: [NewMessage], in target: MailboxTarget
    ) async throws -> Replaced {
        let passage = try await passage(from: mailbox.door, to: target)
        let new = try await passage.deliver(messages)
        let arrived = UIDSet(new.lazy.map(\.uid))
        let (gone, news) = try await release(old, for: arrived, passage, since: mailbox.view.syncedTo)
        guard gone == old, let news else {
            await takeBack(arrived, passage)
            throw StoreError.noSuchMessage
        }
        return Replaced(new: new, news: news)
    }

    private func release(
        _ old: UIDSet, for arrived: UIDSet, _ passage: Passage, since clock: ModSeq
    ) async throws -> (gone: UIDSet, news: MailboxNews?) {
        do { return try await passage.release(old, isLast: true, since: clock) } catch {
            if error.isBeforeCommit { await takeBack(arrived, passage) }
            throw error
        }
    }
}
