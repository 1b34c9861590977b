import MailMessage
import MailStore
import MailWire

/// How the selected mailbox's changes reach the client: at the end of commands, and while it idles.
extension IMAPSession {
    var hasNews: Bool {
        @inline(never) get { hasSelectedNews || notifications?.hasNews(selected: selectedDoor) ?? false }
    }

    private var hasSelectedNews: Bool {
        guard case .selected(_, let mailbox) = state, !hidesSelected else { return false }
        return mailbox.view.hasUnannounced || mailbox.watch.hasChanges(after: mailbox.view.syncedTo)
    }

    /// RFC 5465 §3.1: the client has used NOTIFY, and wants to hear nothing of the selected mailbox.
    var hidesSelected: Bool { notifications?.hidesSelected ?? false }

    /// `isWaiting`: between commands, or while it idles.
    func tellNews(mayExpunge: Bool, isWaiting: Bool = false) async throws {
        if hasSelectedNews { try await tellSelectedNews(mayExpunge: mayExpunge) }
        if notifications != nil { try await tellNotifications(isWaiting: isWaiting) }
    }

    /// Asks the store only when something has changed since the last time.
    private func tellSelectedNews(mayExpunge: Bool) async throws {
        guard case .selected(_, let mailbox) = state else { return }
        let clock = mailbox.view.syncedTo
        if mailbox.watch.takeChanges(after: clock) {
            let door = mailbox.door
            let news = try await door.read { try MailboxNews($0, of: door, since: clock) }
            await tell(news, of: mailbox, mayExpunge: mayExpunge)
            if notifications == nil { try await tellMetadataNews(mailbox, since: clock) }
        } else if mayExpunge, mailbox.view.hasUnannounced {
            tellContexts(ofGone: mailbox.view.leaving(), in: mailbox)
            let gone = mailbox.view.announceExpunged()
            send { write(gone, to: &$0) }
        }
    }

    /// For commands that fetched the news in their own transaction.
    func tell(_ news: MailboxNews, of mailbox: SelectedMailbox, mayExpunge: Bool) async {
        let news = hidesSelected ? news.onlyExpunged(at: mailbox.view.syncedTo) : news
        await claimRecent(news, of: mailbox)
        tellRights(news.rights, of: mailbox)
        tellKeywords(news.keywords, of: mailbox)
        if mayExpunge, !mailbox.contexts.isEmpty {
            tellContexts(ofGone: mailbox.view.leaving(news.changes, present: news.present), in: mailbox)
        }
        let last = mailbox.view.uids.last
        var notices = mailbox.view.apply(news.changes, present: news.present, at: news.clock, mayExpunge: mayExpunge)
        if let notifications, !notifications.plan.selectedEvents.contains(.flagChange) { notices.changed = [] }
        tell(notices, news, of: mailbox)
        let changed = news.changes.changed.map(\.uid)
        await tellContexts(
            ofChanged: changed, new: changed.filter { uid in last.map { uid > $0 } ?? true }, in: mailbox)
    }

    private func tell(_ notices: MailboxView.Notices, _ news: MailboxNews, of mailbox: SelectedMailbox) {
        guard !notices.isEmpty else { return }
        let names = FlagNames(news.keywords)
        send { writer in
            write(notices.expunged, to: &writer)
            if let count = notices.exists {
                writer.exists(count)
                if !features.contains(.rev2) { writer.recent(mailbox.recentCount) }
            }
            for (number, row) in notices.changed {
                writeFlags(row, number, names, isRecent: mailbox.recent.contains(row.uid), to: &writer)
            }
        }
    }

    /// `* 3 FETCH (UID 7 FLAGS (\Seen) MODSEQ (12))`: the UID helps every client, MODSEQ only those that know it.
    private func writeFlags(
        _ row: MessageRow, _ number: SequenceNumber, _ names: FlagNames, isRecent: Bool, to writer: inout ReplyWriter
    ) {
        writer.beginFetch(number, row.uid)
        if !features.contains(.uidOnly) { writer.fetchUID(row.uid) }
        writer.fetchFlags(row.flags, names, isRecent: isRecent)
        if features.contains(.condstore) { writer.fetchModSeq(row.modseq) }
        writer.endFetch()
    }

    private func write(_ gone: [MailboxView.Expunged], to writer: inout ReplyWriter) {
        // RFC 7162 §3.2.10, RFC 9586 §3.2: VANISHED in the place of every EXPUNGE.
        if !features.isDisjoint(with: [.qresync, .uidOnly]) {
            return writer.vanished(UIDSet(ranges: gone.map(\.uids)), earlier: false)
        }
        for message in gone {
            for _ in 0..<message.count { writer.expunge(message.number) }
        }
    }

    /// RFC 4314 §5.1.1: a client hears that its rights have changed by the flags it may keep.
    private func tellRights(_ rights: MailboxRights, of mailbox: SelectedMailbox) {
        let before = mailbox.permanent.changeableFlags
        mailbox.rights = rights
        guard mailbox.permanent.changeableFlags != before else { return }
        send { Self.writeFlagLists(mailbox.keywords, mailbox.permanent, to: &$0) }
    }

    /// New keywords are announced before the first message that has one (RFC 9051 §7.3.5).
    func tellKeywords(_ keywords: KeywordTable, of mailbox: SelectedMailbox) {
        guard keywords != mailbox.keywords else { return }
        mailbox.keywords = keywords
        send { Self.writeFlagLists(keywords, mailbox.permanent, to: &$0) }
    }

    static func writeFlagLists(_ keywords: KeywordTable, _ rights: MailboxRights, to writer: inout ReplyWriter) {
        let flags = keywords.all
        writer.flagsReply(flags)
        let kept = flags.filter(rights.mayChange)
        let canMake = rights.contains(.write) && keywords.freeBit != nil
        writer.status(
            .ok, code: .permanentFlags(kept, mayCreate: canMake), kept.isEmpty ? "Read-only" : "Flags kept")
    }
}

/// What a session reads in one go to bring its view up to date.
struct MailboxNews: Sendable {
    let changes: MailboxChanges
    /// All there is, when the store does not remember what went away that long ago.
    let present: [UID]?
    let clock: ModSeq
    let keywords: KeywordTable
    /// What the session may do now.
    let rights: MailboxRights
    /// From here on no session has been told of the messages.
    let firstRecent: UID?

    private init(_ news: MailboxNews, expungedAt clock: ModSeq) {
        changes = MailboxChanges(
            changed: [], vanished: news.changes.vanished, highestModSeq: news.changes.highestModSeq,
            uidNext: news.changes.uidNext, total: news.changes.total, unseen: news.changes.unseen,
            isComplete: news.changes.isComplete)
        present = news.present
        self.clock = clock
        (keywords, rights, firstRecent) = (news.keywords, news.rights, nil)
    }

    /// What EXPUNGE and MOVE must say to a client that wants to hear of nothing else: the rest is still to come.
    func onlyExpunged(at clock: ModSeq) -> MailboxNews { MailboxNews(self, expungedAt: clock) }

    /// Without what a write of this session's own has changed, if it reports that by itself.
    init(_ reader: AccountReader, of door: MailboxDoor, since clock: ModSeq, except own: ModSeq? = nil) throws {
        let mailbox = door.id
        changes = try reader.changes(in: mailbox, since: clock, except: own)
        present = changes.isComplete ? nil : try reader.uids(in: mailbox)
        self.clock = try reader.modseq
        keywords = try reader.keywords()
        rights = try door.rights(reader)
        firstRecent = changes.changed.isEmpty ? nil : try reader.firstRecent(in: mailbox)
    }
}

extension KeywordTable {
    /// System flags and keywords, as FLAGS lists them.
    var all: [Flag] {
        FlagBits.systemFlags.map { .system($0.bits) } + names.sorted { $0.key < $1.key }.map { .keyword($0.value) }
    }
}
