import MailMessage
import MailStore
import MailWire

/// SELECT and EXAMINE (RFC 9051 §6.3.2, §6.3.3; RFC 7162 §3.1.8, §3.2.5).
extension IMAPSession {
    func select(_ command: SelectCommand, readOnly: Bool) async throws -> IMAPReply {
        let login = try loggedIn()
        if command.qresync != nil, !features.contains(.qresync) { throw IMAPFailure.bad("ENABLE QRESYNC first") }
        // Whatever happens next, the mailbox of before is no longer selected.
        if case .selected = state { send { $0.status(.ok, code: .closed, "The previous mailbox is closed") } }
        state = .authenticated(login)
        let target = try await target(command.mailbox, login)
        if command.condstore { features.insert(.condstore) }

        // From here on changes are noticed, so that none falls between the snapshot and the first NOOP.
        let resync = command.qresync
        let watch = target.home.isOwn ? login.watch : AccountWatch()
        watch.start(target.account.id, in: services.store.changes, waking: connection)
        var snapshot = try await target.account.read { try MailboxSnapshot($0, target, resync) }
        let recent = await claimRecent(
            from: snapshot.firstRecent, of: target.door(to: snapshot.info.id), readOnly: readOnly || !target.home.isOwn)
        // What came between the look and the claim is claimed too: it must be in the view.
        if recent != nil, !readOnly, target.home.isOwn {
            snapshot = try await target.account.read { try MailboxSnapshot($0, target, resync) }
        }

        let mailbox = SelectedMailbox(
            door: target.door(to: snapshot.info.id), watch: watch, rights: snapshot.rights,
            isReadOnly: readOnly || snapshot.rights.isDisjoint(with: .changing),
            uidValidity: snapshot.info.uidValidity, view: MailboxView(uids: snapshot.uids, syncedTo: snapshot.clock),
            keywords: snapshot.keywords)
        if let recent, let last = snapshot.uids.last { mailbox.markRecent(recent, last) }
        state = .selected(login, mailbox)
        send { describe(snapshot, of: mailbox, as: command.mailbox, to: &$0) }
        if let resync, let missed = snapshot.missed {
            do { try await tell(missed, since: resync.modSeq, mailbox) } catch {
                state = .authenticated(login)
                throw error
            }
        }
        return mailbox.isReadOnly ? .ok("Open for reading only", code: .readOnly) : .ok("Open", code: .readWrite)
    }

    /// RFC 7162 §3.2.5.1: what has gone comes before what is different.
    private func tell(_ missed: Missed, since: ModSeq, _ mailbox: SelectedMailbox) async throws {
        send { $0.vanished(missed.gone, earlier: true) }
        let plan = FetchPlan(
            features.contains(.uidOnly) ? [.flags, .modSeq] : [.uid, .flags, .modSeq], changedSince: since,
            marksSeen: false, features)
        let reader = FetchReader(
            plan: plan, account: mailbox.door.account.id, mailbox: mailbox.id, uids: mailbox.view.uids,
            recent: mailbox.recent, encoding: encoding)
        _ = try await answer(reader, missed.changed, mailbox)
    }

    private func describe(
        _ snapshot: MailboxSnapshot, of mailbox: SelectedMailbox, as name: WireMailbox, to writer: inout ReplyWriter
    ) {
        Self.writeFlagLists(snapshot.keywords, mailbox.permanent, to: &writer)
        writer.exists(snapshot.uids.count)
        if features.contains(.rev2) {
            writer.list(ListReply(mailbox: name.text ?? snapshot.info.name.text))
        } else {
            writer.recent(mailbox.recentCount)
            if !features.contains(.uidOnly), let unseen = snapshot.firstUnseen.flatMap({ snapshot.uids.number(of: $0) })
            {
                writer.status(.ok, code: .unseen(unseen), "The first unseen message")
            }
        }
        writer.status(.ok, code: .uidValidity(snapshot.info.uidValidity), "UIDs are valid")
        writer.status(.ok, code: .uidNext(snapshot.info.uidNext), "The next UID")
        let id = ObjectIDs.mailbox(mailbox.id, of: mailbox.door.account.id)
        writer.status(.ok, code: .mailboxID(id), "The mailbox, whatever its name")
        writer.status(.ok, code: .highestModSeq(snapshot.info.highestModSeq), "The latest change")
    }
}

/// A mailbox at one moment, as SELECT tells of it.
private struct MailboxSnapshot: Sendable {
    let info: MailboxInfo
    let rights: MailboxRights
    let uids: UIDRuns
    let firstUnseen: UID?
    let firstRecent: UID?
    let keywords: KeywordTable
    let clock: ModSeq
    let missed: Missed?

    init(_ reader: AccountReader, _ target: MailboxTarget, _ resync: QuickResync?) throws {
        info = try target.existing(reader, needing: .read)
        rights = try target.home.rights(on: info.id, reader)
        uids = try Self.uids(reader, info)
        let (present, found) = (uids, info)
        missed = try resync.flatMap { try Missed($0, of: found, present, reader) }
        firstUnseen = info.unseen > 0 ? try reader.firstUnseen(in: info.id) : nil
        firstRecent = try reader.firstRecent(in: info.id)
        keywords = try reader.keywords()
        clock = try reader.modseq
    }

    /// As many messages as UIDs were ever given: nothing was expunged, and nothing needs to be read.
    private static func uids(_ reader: AccountReader, _ info: MailboxInfo) throws -> UIDRuns {
        guard let last = info.uidNext.predecessor else { return UIDRuns() }
        if info.total == Int(last.value) { return UIDRuns(upTo: last) }
        return UIDRuns(try reader.uids(in: info.id))
    }
}

/// What a client has missed since it was here last.
private struct Missed: Sendable {
    let gone: UIDSet
    let changed: UIDSet

    /// Nil when the UIDs the client remembers are another mailbox's (RFC 7162 §3.2.5.1).
    init?(_ resync: QuickResync, of info: MailboxInfo, _ present: UIDRuns, _ reader: AccountReader) throws {
        guard resync.uidValidity == info.uidValidity else { return nil }
        gone = Resync(resync).gone(
            remembered: try reader.rememberedVanished(in: info.id, since: resync.modSeq), present: present,
            uidNext: info.uidNext)
        let changed = try reader.changedUIDs(in: info.id, since: resync.modSeq)
        self.changed = resync.knownUIDs.map(changed.intersection) ?? changed
    }
}
