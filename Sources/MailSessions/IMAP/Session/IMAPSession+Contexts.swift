import MailMessage
import MailStore
import MailTransport
import MailWire

/// CONTEXT=SEARCH (RFC 5267 §4): ADDTO after EXISTS, REMOVEFROM before EXPUNGE, so that sequence numbers are valid.
extension IMAPSession {
    /// Before the search: RFC 5267 §4.3, a tag that names a context already is BAD.
    func checkContext(_ command: SearchCommand, tag: String, in mailbox: SelectedMailbox) throws {
        guard command.returns?.contains(.update) ?? false else { return }
        guard !mailbox.contexts.contains(where: { $0.tag == tag }) else {
            throw IMAPFailure.bad("That tag names a search that is being followed")
        }
    }

    /// After it. RFC 5267 §4.3.1: refusing updates refuses nothing else.
    func follow(_ command: SearchCommand, tag: String, _ hits: SearchHits, in mailbox: SelectedMailbox) {
        guard command.returns?.contains(.update) ?? false else { return }
        guard command.key.canBeFollowed, hits.cut == nil else {
            return refuseUpdates(tag, "This search cannot be followed")
        }
        guard mailbox.contexts.count < SearchContext.limit else { return refuseUpdates(tag, "Too many contexts") }
        mailbox.contexts.append(SearchContext(tag: tag, command: command, members: UIDSet(hits.uids)))
    }

    private func refuseUpdates(_ tag: String, _ reason: String) {
        send { $0.status(.no, code: .noUpdate(tag: tag), reason) }
    }

    /// CANCELUPDATE; tags that name nothing are as good as cancelled.
    func cancelUpdate(_ tags: [String]) throws -> IMAPReply {
        try selected().mailbox.contexts.removeAll { tags.contains($0.tag) }
        return .ok("No more of that")
    }

    /// These are about to be announced as expunged.
    func tellContexts(ofGone gone: UIDSet, in mailbox: SelectedMailbox) {
        for index in mailbox.contexts.indices {
            let removed = mailbox.contexts[index].remove(gone)
            tell(mailbox.contexts[index], .removeFrom, removed, in: mailbox)
        }
    }

    /// These are new or have other flags. A context whose search fails now ends: the client is told so.
    /// RFC 5465 §7: EXISTS came before, FETCH with what was asked for of new messages comes next, ESEARCH is the last.
    func tellContexts(ofChanged changed: [UID], new: [UID], in mailbox: SelectedMailbox) async {
        var wanted = NewMessageItems(
            new, notifications?.plan.fetchItems ?? [], except: notifications?.ownMessages ?? [])
        notifications?.ownMessages = []
        let changes = await contextChanges(changed, in: mailbox)
        for change in changes {
            guard let context = mailbox.contexts.first(where: { $0.tag == change.tag }) else { continue }
            wanted.add(context.command.updateItems, for: change.added)
        }
        await fetch(wanted, in: mailbox)
        for change in changes {
            guard let context = mailbox.contexts.first(where: { $0.tag == change.tag }) else { continue }
            tell(context, .removeFrom, change.removed, in: mailbox)
            tell(context, .addTo, change.added, in: mailbox)
        }
    }

    private typealias ChangedContext = (tag: String, added: UIDSet, removed: UIDSet)

    private func contextChanges(_ changed: [UID], in mailbox: SelectedMailbox) async -> [ChangedContext] {
        guard !mailbox.contexts.isEmpty, !changed.isEmpty else { return [] }
        let set = mailbox.view.uids.intersection(UIDSet(changed))
        var changes: [ChangedContext] = []
        for tag in mailbox.contexts.map(\.tag) {
            guard let command = mailbox.contexts.first(where: { $0.tag == tag })?.command else { continue }
            let budget = TimeBudget(seconds: services.settings.limits.searchSeconds)
            let hits = try? await self.hits(of: command, in: mailbox.place, budget, among: set)
            guard let index = mailbox.contexts.firstIndex(where: { $0.tag == tag }) else { continue }
            guard let hits else {
                mailbox.contexts.remove(at: index)
                refuseUpdates(tag, "The search did not succeed")
                continue
            }
            let (added, removed) = mailbox.contexts[index].update(set, matching: UIDSet(hits.uids))
            changes.append((tag, added, removed))
        }
        return changes
    }

    private func tell(_ context: SearchContext, _ change: ContextChange, _ set: UIDSet, in mailbox: SelectedMailbox) {
        let ranges =
            context.command.uid
            ? set.ranges.map { $0.lowerBound.value...$0.upperBound.value } : mailbox.view.uids.numbers(of: set)
        guard !ranges.isEmpty else { return }
        send { $0.contextUpdate(tag: context.tag, uid: context.command.uid, change, ranges) }
    }
}
