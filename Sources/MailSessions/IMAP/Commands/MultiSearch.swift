import MailMessage
import MailShared
import MailStore
import MailWire

/// ESEARCH (RFC 7377): one search in several mailboxes, without selecting them.
extension IMAPSession {
    func multiSearch(_ command: MultiSearchCommand, tag: String) async throws -> IMAPReply {
        try check(command)
        let budget = try admit(command.search)
        for source in try await sources(of: command.sources) {
            let uids = try await source.door.read(within: budget) { [id = source.door.id] in try $0.uids(in: id) }
            let view = MailboxView(uids: UIDRuns(uids), syncedTo: .zero)
            let place = SearchPlace(door: source.door, view: view, saved: UIDSet(), recent: UIDSet())
            let hits: SearchHits
            do { hits = try await allHits(of: command.search, in: place, budget) } catch {
                // RFC 7377 §2.2: a mailbox that is not there, or no more, is left out.
                if case .noSuchMailbox? = error as? StoreError { continue }
                throw error
            }
            guard !hits.uids.isEmpty else { continue }
            let answer = SearchAnswer(command.search, hits, order: hits.uids)
            guard let result = answer.result(command.search.returns ?? .all, view.uids) else { continue }
            send { $0.esearch(tag: tag, mailbox: source.name, uidValidity: source.uidValidity, result) }
        }
        return .ok("That is all")
    }

    /// What makes no sense across mailboxes (RFC 7377 §2.2.1): numbers and results of the selected one.
    private func check(_ command: MultiSearchCommand) throws {
        let returns = command.search.returns ?? .all
        guard returns.isDisjoint(with: [.save, .update]) else {
            throw IMAPFailure.bad("SAVE and UPDATE belong to the selected mailbox")
        }
        guard command.search.key.isFreeOfNumbers else {
            throw IMAPFailure.bad("Sequence numbers and $ belong to the selected mailbox")
        }
    }

    private struct Source: Sendable {
        let door: MailboxDoor
        let name: String
        let uidValidity: UInt32
    }

    private func sources(of filters: [MailboxFilter]) async throws -> [Source] {
        let login = try loggedIn()
        let home = MailboxHome(account: login.account)
        let all = try await login.account.read { (try home.seen($0), try $0.subscriptions()) }
        let shared = try await sharedMailboxes(login)
        let known = all.0 + shared.mailboxes
        let choices = filters.map(MailboxChoice.init)
        var found = known.filter { mailbox in
            let isSubscribed = all.1.contains(mailbox.name)
            return choices.contains { $0.contains(mailbox.name, isSubscribed: isSubscribed) }
        }
        if filters.contains(.selected) {
            let door = try selected().mailbox.door
            found += known.filter { selected in
                selected.info.id == door.id && selected.owner == door.account.id
                    && !found.contains { $0.info.id == door.id && $0.owner == selected.owner }
            }
        }
        return found.map { mailbox in
            Source(
                door: MailboxDoor(home: shared.homes[mailbox.owner] ?? home, id: mailbox.info.id),
                name: mailbox.name.text,
                uidValidity: mailbox.info.uidValidity)
        }
    }
}

extension SearchKey {
    fileprivate var isFreeOfNumbers: Bool {
        switch self {
        case .sequence, .uid(.saved): false
        case .and(let keys), .or(let keys): keys.allSatisfy(\.isFreeOfNumbers)
        case .not(let key), .fuzzy(let key): key.isFreeOfNumbers
        default: true
        }
    }
}
