import MailMessage
import MailWire

@testable import MailSessions
@testable import MailStore

extension SearchTrips {
    /// In the INBOX of an account.
    init(_ account: Account, worthHalves: Int = .max) async throws {
        let inbox = try await account.read { try $0.mailbox(.inbox)?.id }
        guard let inbox else { throw StoreError.noSuchMailbox(nil) }
        self.init(
            door: MailboxDoor(home: MailboxHome(account: account), id: inbox), budget: TimeBudget(seconds: 60),
            worthHalves: worthHalves)
    }

    func hits(_ key: SearchKey, within bounds: UIDSet? = nil) async throws -> [UID] {
        try await run(key, within: bounds).hits.uids
    }

    /// As SEARCH does it, to its end.
    func run(_ key: SearchKey, within bounds: UIDSet? = nil) async throws -> SearchRun {
        let mailbox = door.id
        var run = try await door.read { reader in
            let view = UIDRuns(try reader.uids(in: mailbox))
            let test = SearchCompiler(view).compile(key, try reader.keywords())
            let bounded = bounds.map { .and([.uids($0), test]) } ?? test
            return SearchRun(try SearchRows(bounded, in: mailbox, reader, view: view))
        }
        if let sweep = run.sweep { run = SearchRun(try await through(sweep)) }
        if run.wantsEnvelopes { run = try await throughEnvelopes(of: run) }
        return try await throughTexts(of: run) { _ in }
    }
}

extension SearchCompiler {
    init(_ view: UIDRuns = UIDRuns()) {
        self.init(view: MailboxView(uids: view, syncedTo: .zero), saved: UIDSet(), recent: UIDSet(), charset: nil)
    }
}

extension Account {
    func put(_ messages: [NewMessage]) async throws {
        try await write { transaction in
            guard let inbox = try transaction.mailbox(.inbox) else { throw StoreError.noSuchMailbox(nil) }
            _ = try transaction.append(messages, to: inbox.id)
        }
    }
}
