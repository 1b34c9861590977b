import MailMessage
import MailStore
import MailWire

/// SELECT and EXAMINE (RFC 9051 §6.3.2, §6.3.3; RFC 7162 §3.1.8).
extension IMAPSession {
    func select(_ command: SelectCommand, readOnly: Bool) async throws -> IMAPReply {
        let login = try loggedIn()
        // Whatever happens next, the mailbox of before is no longer selected.
        if case .selected = state { send { $0.status(.ok, code: .closed, "The previous mailbox is closed") } }
        state = .authenticated(login)
        let target = try await target(command.mailbox, login)
        if command.condstore { features.insert(.condstore) }

        // From here on changes are noticed, so that none falls between the snapshot and the first NOOP.
        login.watch.start(target.account.id, in: services.store.changes, waking: connection)
        var snapshot = try await target.account.read { try MailboxSnapshot($0, target) }
        let recent = await claimRecent(
            from: snapshot.firstRecent, of: target.door(to: snapshot.info.id), readOnly: readOnly)
        // What came between the look and the claim is claimed too: it must be in the view.
        if recent != nil, !readOnly { snapshot = try await target.account.read { try MailboxSnapshot($0, target) } }

        let mailbox = SelectedMailbox(
            door: target.door(to: snapshot.info.id), watch: login.watch, isReadOnly: readOnly,
            view: MailboxView(uids: snapshot.uids, syncedTo: snapshot.clock),
            keywords: snapshot.keywords)
        if let recent, let last = snapshot.uids.last { mailbox.markRecent(recent, last) }
        state = .selected(login, mailbox)
        send { describe(snapshot, of: mailbox, as: command.mailbox, to: &$0) }
        return readOnly ? .ok("Open for reading only", code: .readOnly) : .ok("Open", code: .readWrite)
    }

    private func describe(
        _ snapshot: MailboxSnapshot, of mailbox: SelectedMailbox, as name: WireMailbox, to writer: inout ReplyWriter
    ) {
        Self.writeFlagLists(snapshot.keywords, isReadOnly: mailbox.isReadOnly, to: &writer)
        writer.exists(snapshot.uids.count)
        if features.contains(.rev2) {
            writer.list(ListReply(mailbox: name.text ?? snapshot.info.name.text))
        } else {
            writer.recent(mailbox.recentCount)
            if let unseen = snapshot.firstUnseen.flatMap({ snapshot.uids.number(of: $0) }) {
                writer.status(.ok, code: .unseen(unseen), "The first unseen message")
            }
        }
        writer.status(.ok, code: .uidValidity(snapshot.info.uidValidity), "UIDs are valid")
        writer.status(.ok, code: .uidNext(snapshot.info.uidNext), "The next UID")
        writer.status(.ok, code: .highestModSeq(snapshot.info.highestModSeq), "The latest change")
    }
}

/// A mailbox at one moment, as SELECT tells of it.
private struct MailboxSnapshot: Sendable {
    let info: MailboxInfo
    let uids: UIDRuns
    let firstUnseen: UID?
    let firstRecent: UID?
    let keywords: KeywordTable
    let clock: ModSeq

    init(_ reader: AccountReader, _ target: MailboxTarget) throws {
        info = try target.existing(reader, needing: .read)
        uids = try Self.uids(reader, info)
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
