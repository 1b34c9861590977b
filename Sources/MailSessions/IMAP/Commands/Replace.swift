import MailMessage
import MailStore
import MailWire

/// REPLACE and UID REPLACE (RFC 8508): the new message and the end of the old are one transaction. The old one's bytes
/// count no more when the quota is asked (§3.5), so a draft can be saved in a full account.
extension IMAPSession {
    func replace(_ command: ReplaceCommand, tag: String) async throws -> IMAPReply {
        let (mailbox, old, goal) = try await refusingMessage {
            let (login, mailbox) = try writable()
            let old = try resolve(command.set, uid: command.uid, in: mailbox)
            guard !old.isEmpty else { throw IMAPFailure.no("There is no such message", code: .nonExistent) }
            let target = try await self.target(command.append.mailbox, login, code: .tryCreate)
            let limit = try await services.store.directory.limit(of: target.account.id)
            // What goes from another account makes no room in this one.
            let size = try await size(of: old, in: mailbox)
            let frees = target.account.id == mailbox.door.account.id ? size : 0
            return (mailbox, old, AppendGoal(target: target, limit: limit, frees: frees))
        }

        let messages = try await takeMessages(command.append, goal)
        beginProgress(tag)
        let done: Replaced
        if goal.target.account.id == mailbox.door.account.id {
            done = try await replaceWithin(old, of: mailbox, with: messages, goal)
        } else {
            done = try await replaceAcross(old, of: mailbox, with: messages, in: goal.target)
        }

        // RFC 8508 §4: APPENDUID before the EXPUNGE, so that the client knows what took the message's place.
        if let code = done.new.code { send { $0.status(.ok, code: code, "The new message is there") } }
        await tell(done.news, of: mailbox, mayExpunge: true)
        return .ok(
            "Replaced", code: features.contains(.condstore) ? .highestModSeq(done.news.changes.highestModSeq) : nil)
    }

    private func replaceWithin(
        _ old: UIDSet, of mailbox: SelectedMailbox, with messages: [NewMessage], _ goal: AppendGoal
    ) async throws -> Replaced {
        let (door, target, clock) = (mailbox.door, goal.target, mailbox.view.syncedTo)
        let done = try await door.write(limit: goal.limit, needing: .moving) { transaction -> Replaced? in
            guard let place = try target.id(transaction, needing: .insert) else { return nil }
            guard try transaction.remove(in: door.id, old) == old else { throw StoreError.noSuchMessage }
            let rights = try target.home.rights(on: place, transaction)
            let new = try transaction.append(messages.map { $0.flagged(with: rights) }, to: place)
            return Replaced(new: new, news: try MailboxNews(transaction, of: door, since: clock))
        }
        guard let done else { throw IMAPFailure.no("There is no such mailbox", code: .tryCreate) }
        return done
    }

    private func size(of messages: UIDSet, in mailbox: SelectedMailbox) async throws -> Int64 {
        let id = mailbox.id
        return try await mailbox.door.read(needing: .moving) { reader in
            var size: Int64 = 0
            try reader.rows(in: id, messages) { size += $0.size }
            return size
        }
    }
}

struct Replaced: Sendable {
    let new: [Appended]
    let news: MailboxNews
}
