import MailMessage
import MailStore
import MailWire

/// STORE and UID STORE (RFC 9051 §6.4.6, RFC 7162 §3.1.3).
extension IMAPSession {
    func store(_ command: StoreCommand) async throws -> IMAPReply {
        let mailbox = try writable().mailbox
        if command.unchangedSince != nil { features.insert(.condstore) }
        let part = handled(try resolve(command.set, uid: command.uid, in: mailbox), in: mailbox)
        let set = part.uids
        guard !set.isEmpty else { return .ok("Nothing to change") }

        let change = FlagChange(command)
        let (id, unchangedSince) = (mailbox.id, command.unchangedSince)
        // Nil for whoever wants to hear nothing of it: the view stays behind, and each STORE would read more than the last.
        let clock = hidesSelected ? nil : mailbox.view.syncedTo
        let (door, reportsAll, isFollowed) = (mailbox.door, !command.silent, !mailbox.contexts.isEmpty)
        let done = try await door.write(within: changeBudget, needing: .read) { transaction in
            let foreign = try clock.map { try transaction.changedUIDs(in: id, since: $0).intersection(set) }
            let outcome = try transaction.setFlags(
                in: id, set, change, unchangedSince: unchangedSince, with: try door.rights(transaction),
                listsUnchanged: reportsAll)
            // Searches that are followed hear of this session's changes too.
            let news = try MailboxNews(
                transaction, of: door, since: clock ?? transaction.modseq, except: isFollowed ? nil : outcome.modseq)
            return Stored(outcome: outcome, foreign: foreign ?? UIDSet(), news: news)
        }

        if let modseq = done.outcome.modseq { mailbox.view.noteOwnWrite(at: modseq) }
        tellKeywords(done.news.keywords, of: mailbox)
        report(done, command, of: mailbox)
        let missing = reportsAll && done.outcome.found < mailbox.view.uids.count(of: set)
        if clock != nil { await tell(done.news, of: mailbox, mayExpunge: command.uid) }
        return reply(
            reply(done.outcome, uid: command.uid, missing: missing && !command.uid, of: mailbox), leavingOut: part.code)
    }

    private struct Stored: Sendable {
        let outcome: FlagOutcome
        /// What others have changed and the client has not heard of: our own write hides that from the news.
        let foreign: UIDSet
        let news: MailboxNews
    }

    /// With CONDSTORE even a silent STORE tells the new MODSEQ (RFC 7162 §3.1.3), and in any case what somebody else did
    /// to the same messages (RFC 9051 §6.4.6).
    private func report(_ done: Stored, _ command: StoreCommand, of mailbox: SelectedMailbox) {
        let knowsModSeq = features.contains(.condstore)
        let names = FlagNames(done.news.keywords)
        // RFC 7162 §3.2.4: a client that enabled QRESYNC knows messages by their UIDs.
        let namesUID = (command.uid || features.contains(.qresync)) && !features.contains(.uidOnly)
        send { writer in
            for row in done.outcome.rows {
                let tellsFlags = !command.silent || done.foreign.contains(row.uid)
                guard tellsFlags || knowsModSeq, let number = mailbox.view.uids.number(of: row.uid) else { continue }
                writer.beginFetch(number, row.uid)
                if namesUID { writer.fetchUID(row.uid) }
                if tellsFlags { writer.fetchFlags(row.flags, names, isRecent: mailbox.recent.contains(row.uid)) }
                if knowsModSeq { writer.fetchModSeq(row.modseq) }
                writer.endFetch()
            }
        }
    }

    private func reply(_ outcome: FlagOutcome, uid: Bool, missing: Bool, of mailbox: SelectedMailbox) -> IMAPReply {
        guard outcome.failed.isEmpty else {
            let numbers =
                uid
                ? outcome.failed.ranges.map { $0.lowerBound.value...$0.upperBound.value }
                : mailbox.view.uids.numbers(of: outcome.failed)
            return .ok("Some have changed since", code: .modified(numbers))
        }
        if missing { return .someGone }
        return .ok("Changed")
    }
}

extension FlagChange {
    init(_ command: StoreCommand) {
        self =
            switch command.mode {
            case .add: .add(command.flags)
            case .remove: .remove(command.flags)
            case .replace: .replace(command.flags)
            }
    }
}
