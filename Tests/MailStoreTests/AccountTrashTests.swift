import MailMessage
import Testing

@testable import MailStore

/// Each way into the trash starts the clock, each way out clears it.
@Suite struct AccountTrashTests {
    /// One step at time 2,000,000 on an account prepared at 1,000,000, and where the clock of the one message stands then.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let start: String
        let step: @Sendable (AccountTransaction) throws -> Void
        let place: String
        let clock: EpochSeconds?
    }

    static let before: EpochSeconds = 1_000_000
    static let after: EpochSeconds = 2_000_000

    static let cases: [Case] = [
        Case(testDescription: "APPEND to Trash", start: "Trash", step: { _ in }, place: "Trash", clock: before),
        Case(
            testDescription: "APPEND below Trash", start: "Trash/sub", step: { _ in }, place: "Trash/sub", clock: before
        ),
        Case(testDescription: "APPEND elsewhere", start: "INBOX", step: { _ in }, place: "INBOX", clock: nil),
        Case(
            testDescription: "COPY into Trash", start: "INBOX",
            step: { _ = try $0.copy(.all, from: $0.id("INBOX"), to: $0.id("Trash")) }, place: "Trash", clock: after),
        Case(
            testDescription: "COPY leaves the original alone", start: "INBOX",
            step: { _ = try $0.copy(.all, from: $0.id("INBOX"), to: $0.id("Trash")) }, place: "INBOX", clock: nil),
        Case(
            testDescription: "MOVE into Trash", start: "INBOX",
            step: { _ = try $0.move(.all, from: $0.id("INBOX"), to: $0.id("Trash")) }, place: "Trash", clock: after),
        Case(
            testDescription: "MOVE below Trash", start: "INBOX",
            step: { _ = try $0.move(.all, from: $0.id("INBOX"), to: $0.id("Trash/sub")) }, place: "Trash/sub",
            clock: after),
        Case(
            testDescription: "MOVE within the trash keeps it running", start: "Trash",
            step: { _ = try $0.move(.all, from: $0.id("Trash"), to: $0.id("Trash/sub")) }, place: "Trash/sub",
            clock: before),
        Case(
            testDescription: "MOVE out", start: "Trash",
            step: { _ = try $0.move(.all, from: $0.id("Trash"), to: $0.id("INBOX")) }, place: "INBOX", clock: nil),
        Case(
            testDescription: "COPY out", start: "Trash",
            step: { _ = try $0.copy(.all, from: $0.id("Trash"), to: $0.id("INBOX")) }, place: "INBOX", clock: nil),
        Case(
            testDescription: "out and in again starts anew", start: "Trash",
            step: {
                _ = try $0.move(.all, from: $0.id("Trash"), to: $0.id("INBOX"))
                _ = try $0.move(.all, from: $0.id("INBOX"), to: $0.id("Trash"))
            }, place: "Trash", clock: after),
        Case(
            testDescription: "RENAME into Trash", start: "box/sub",
            step: { try $0.renameMailbox(from: name("box"), to: name("Trash/box")) }, place: "Trash/box/sub",
            clock: after),
        Case(
            testDescription: "RENAME out of Trash", start: "Trash/sub",
            step: { try $0.renameMailbox(from: name("Trash/sub"), to: name("sub")) }, place: "sub", clock: nil),
        Case(
            testDescription: "RENAME within the trash", start: "Trash/sub",
            step: { try $0.renameMailbox(from: name("Trash/sub"), to: name("Trash/x/y")) }, place: "Trash/x/y",
            clock: before),
        Case(
            testDescription: "RENAME of Trash itself", start: "Trash/sub",
            step: { try $0.renameMailbox(from: name("Trash"), to: name("Bin")) }, place: "Bin/sub", clock: before),
        Case(
            testDescription: "RENAME INBOX into Trash", start: "INBOX",
            step: { try $0.renameMailbox(from: .inbox, to: name("Trash/in")) }, place: "Trash/in", clock: after),
        Case(
            testDescription: "role taken away", start: "Trash/sub", step: { try $0.setRole(nil, of: $0.id("Trash")) },
            place: "Trash/sub", clock: nil),
        Case(
            testDescription: "role given", start: "box/sub",
            step: {
                try $0.setRole(nil, of: $0.id("Trash"))
                try $0.setRole(.trash, of: $0.id("box"))
            }, place: "box/sub", clock: after),
        Case(
            testDescription: "role changed to another", start: "Trash",
            step: {
                try $0.setRole(nil, of: $0.id("Junk"))
                try $0.setRole(.junk, of: $0.id("Trash"))
            }, place: "Trash", clock: nil),
        Case(
            testDescription: "flags do not touch it", start: "Trash",
            step: { _ = try $0.setFlags(in: $0.id("Trash"), .all, .add([.system(.seen)])) }, place: "Trash",
            clock: before),
    ]

    @Test(arguments: cases)
    func clock(_ example: Case) async throws {
        try await withAccount { account, clock in
            clock.now = Self.before
            try await account.write { transaction in
                try transaction.createMailbox(try name("Trash/sub"))
                try transaction.createMailbox(try name("box/sub"))
            }
            try await account.append(message(), to: example.start)
            clock.now = Self.after
            try await account.write { try example.step($0) }
            let rows = try await account.read { reader in
                var rows: [MessageRow] = []
                try reader.rows(in: reader.id(example.place), .all) { rows.append($0) }
                return rows
            }
            #expect(rows.map(\.trashedAt) == [example.clock])
            #expect(try await account.check() == [])
        }
    }

    @Test func theOldestAreFoundFirst() async throws {
        try await withAccount { account, clock in
            for moment in [300, 100, 200] as [EpochSeconds] {
                clock.now = moment
                try await account.append(message(), to: "Trash")
            }
            let found = try await account.read { try $0.due(.trash(200)).map(\.uid) }
            #expect(found == [try uid(2), try uid(3)])
            #expect(try await account.read { try $0.expiry().trashedSince } == 100)
        }
    }

    @Test func theHintFollowsTheTrash() async throws {
        try await withStore { store, clock in
            let account = try store.account(AccountID(1))
            func hint() async throws -> [Int64]? {
                await store.directory.hints.flush()
                return try await store.directory.read { reader in
                    try reader.database(
                        "SELECT bytes_used, message_count, expire_after FROM account_hint WHERE account_id=$1"
                    ).first(AccountID(1)) { [$0.int64(0), $0.int64(1), $0.int64(2)] }
                }
            }
            try await account.append(message(size: 60))
            #expect(try await hint() == [60, 1, 0])
            try await account.append(message(size: 40), to: "Trash")
            #expect(try await hint() == [100, 2, clock.now])
            try await account.write { try $0.remove(in: $0.id("Trash"), .all) }
            #expect(try await hint() == [60, 1, 0])
        }
    }
}

extension PurgeCutoff {
    /// What has been in the trash since `moment` or longer.
    static func trash(_ moment: EpochSeconds) -> PurgeCutoff {
        var cutoff = PurgeCutoff()
        cutoff.trash = moment
        return cutoff
    }
}
