import MailMessage
import MailStore
import MailWire

/// COPY and MOVE, by number or UID (RFC 9051 §6.4.7, §6.4.8), with COPYUID.
extension IMAPSession {
    func copy(_ command: CopyCommand) async throws -> IMAPReply {
        let (login, mailbox) = try selected()
        let set = try resolve(command.set, uid: command.uid, in: mailbox)
        let target = try await self.target(command.mailbox, login, code: .tryCreate)
        try checkDisk()
        try checkHandled(mailbox.view.uids.count(of: set), atMost: services.settings.saveLimit)

        guard target.account.id == mailbox.door.account.id else {
            let copied = try await copyAcross(set, from: mailbox, to: target)
            return .ok("Copied", code: copied.code)
        }
        let limit = try await services.store.directory.limit(of: target.account.id)
        let source = mailbox.id
        let copied = try await mailbox.door.write(limit: limit, within: changeBudget, needing: .read) {
            transaction -> Transferred? in
            guard let destination = try target.id(transaction, needing: .insert) else { return nil }
            let flags = try target.home.rights(on: destination, transaction).changeableFlags
            return try transaction.copy(set, from: source, to: destination, keeping: flags)
        }

        guard let copied else { throw IMAPFailure.no("There is no such mailbox", code: .tryCreate) }
        return .ok("Copied", code: copied.code)
    }

    func move(_ command: CopyCommand) async throws -> IMAPReply {
        let (login, mailbox) = try writable()
        let part = handled(try resolve(command.set, uid: command.uid, in: mailbox), in: mailbox)
        let set = part.uids
        let target = try await self.target(command.mailbox, login, code: .tryCreate)
        guard target.account.id == mailbox.door.account.id else {
            return reply(try await moveAcross(set, from: mailbox, to: target), leavingOut: part.code)
        }

        let (door, source, clock) = (mailbox.door, mailbox.id, mailbox.view.syncedTo)
        let done = try await door.write(within: changeBudget, needing: .moving) {
            transaction -> (Transferred, MailboxNews)? in
            guard let destination = try target.id(transaction, needing: .insert) else { return nil }
            let flags = try target.home.rights(on: destination, transaction).changeableFlags
            let moved = try transaction.move(set, from: source, to: destination, keeping: flags)
            return (moved, try MailboxNews(transaction, of: door, since: clock))
        }

        guard let (moved, news) = done else { throw IMAPFailure.no("There is no such mailbox", code: .tryCreate) }
        return reply(await tellMoved(moved, news, of: mailbox), leavingOut: part.code)
    }

    /// RFC 9051 §6.4.8: COPYUID before the EXPUNGEs, so that the client knows where the messages went.
    func tellMoved(_ moved: Transferred, _ news: MailboxNews, of mailbox: SelectedMailbox) async -> IMAPReply {
        if let code = moved.code { send { $0.status(.ok, code: code, "Moved") } }
        await tell(news, of: mailbox, mayExpunge: true)
        return .ok("Moved", code: features.contains(.condstore) ? .highestModSeq(news.changes.highestModSeq) : nil)
    }
}

extension MailboxRights {
    /// RFC 6851 §4.1: what COPY, STORE \Deleted and EXPUNGE need of the source.
    static let moving: MailboxRights = [.read, .markDeleted, .expunge]
}

extension Transferred {
    /// Nothing copied, nothing to tell.
    var code: ResponseCode? {
        guard !pairs.isEmpty else { return nil }
        let (sources, destinations) = (UIDSet(pairs.lazy.map(\.source)), UIDSet(pairs.lazy.map(\.destination)))
        return .copyUID(validity: uidValidity, source: sources, destination: destinations)
    }
}
