import MailMessage
import Testing

@testable import MailStore

/// The log of changes says what looking through the whole mailbox says (RFC 7162 §3.1.4).
@Suite struct ChangeLogTests {
    /// What is true whatever the log says.
    private func truth(_ reader: AccountReader, _ mailbox: String, since: ModSeq) throws -> [MessageRow] {
        try reader.allRows(mailbox).filter { $0.modseq > since }
    }

    private func expectTruth(_ account: Account, _ clocks: [ModSeq], _ context: String) async throws {
        try await account.read { reader in
            for mailbox in ["INBOX", "Archive"] {
                let id = try reader.id(mailbox)
                for clock in clocks {
                    let expected = try truth(reader, mailbox, since: clock)
                    #expect(try reader.changes(in: id, since: clock).changed == expected, "\(context), since \(clock)")
                    #expect(try reader.changedUIDs(in: id, since: clock) == UIDSet(expected.map(\.uid)), "\(context)")
                    let own = try reader.modseq
                    let others = try reader.changes(in: id, since: clock, except: own).changed
                    #expect(
                        others == expected.filter { $0.modseq != own }, "\(context), since \(clock), but not \(own)")
                }
            }
        }
    }

    /// Random sets of random messages, two mailboxes, and a log that is cut now and then.
    @Test(arguments: 1...6 as ClosedRange<UInt64>) func itTellsTheTruth(seed: UInt64) async throws {
        try await withAccount { account, _ in
            var random = SeededRandom(state: seed)
            var clocks: [ModSeq] = [.zero]
            for step in 1...60 {
                let choice = UInt64.random(in: 0..<8, using: &random)
                let set = UIDSet((1...150).filter { _ in Bool.random(using: &random) }.compactMap { UID($0) })
                let few = UIDSet(ranges: Array(set.ranges.prefix(3)))
                try await account.write { transaction in
                    let (inbox, archive) = (try transaction.id("INBOX"), try transaction.id("Archive"))
                    switch choice {
                    case 0, 1: for _ in 0..<20 { _ = try transaction.append(message(), to: inbox, receivedAt: 1) }
                    case 2: _ = try transaction.setFlags(in: inbox, set, .add([.system(.seen)]))
                    case 3: _ = try transaction.setFlags(in: inbox, set, .remove([.system(.seen)]))
                    case 4: _ = try transaction.setFlags(in: inbox, few, .replace([.system(.flagged)]))
                    case 5: _ = try transaction.copy(few, from: inbox, to: archive)
                    case 6: _ = try transaction.move(few, from: inbox, to: archive)
                    default: try transaction.forgetChanges(keeping: 5)
                    }
                }
                clocks.append(try await account.read { try $0.modseq })
                try await expectTruth(account, clocks.suffix(12), "seed \(seed), step \(step)")
            }
            try await expectTruth(account, clocks, "seed \(seed)")
            #expect(try await account.check() == [])
        }
    }

    /// A worker of before, that an upgrade is about to replace, writes rows and counters but no log.
    @Test func writesOfOlderWorkersAreFound() async throws {
        try await withAccount { account, _ in
            for _ in 0..<3 { try await account.append(message()) }
            let before = try await account.read { try $0.modseq }
            try await account.write { transaction in
                let (inbox, modseq) = (try transaction.id("INBOX"), try transaction.open())
                try transaction.database("UPDATE mailbox_message SET flags=1, modseq=$1 WHERE mailbox_id=$2 AND uid=2")
                    .run(modseq, inbox)
                try transaction.database("UPDATE mailbox SET highestmodseq=$1, unseen=2 WHERE id=$2").run(modseq, inbox)
            }
            try await expectTruth(account, [.zero, before], "the last write")
            try await account.append(message())
            try await expectTruth(account, [.zero, before], "hidden by another")
            #expect(try await account.check() == [])
        }
    }

    /// A change that the log does not hold is seen by the check.
    @Test func aHoleIsNoticed() async throws {
        try await withAccount { account, _ in
            for _ in 0..<2 { try await account.append(message()) }
            try await account.write { _ = try $0.database("DELETE FROM changed WHERE uid_lo=1").run() }
            #expect(try await account.check() == ["INBOX: 1 changes are not in the log"])
        }
    }

    /// Scattered sets are one range in it, and it does not grow for ever.
    @Test func itStaysShort() async throws {
        try await withAccount { account, _ in
            try await account.write { transaction in
                let inbox = try transaction.id("INBOX")
                let scattered = UIDSet((0..<500).compactMap { UID(1 + $0 * 100) })
                try transaction.logChange(of: scattered, in: inbox, try transaction.open())
                #expect(try transaction.database("SELECT count(*) FROM changed").number() == 1)
                try transaction.database(
                    """
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<20000)
                    INSERT INTO changed SELECT 1, 1, 1000, i, i FROM n
                    """
                ).run()
                try transaction.database("UPDATE account_state SET modseq=1022").run()
            }
            try await account.append(message())
            #expect(try await account.read { try $0.database("SELECT count(*) FROM changed").number() } ?? 0 > 20_000)
            try await account.append(message())
            let (rest, floor) = try await account.read {
                (try $0.database("SELECT count(*) FROM changed").number(), try $0.changeFloor)
            }
            #expect(rest == 2 && floor == ModSeq(1_000))
        }
    }

    /// A store of before: what had changed is found without a log.
    @Test func olderStoresHaveNone() async throws {
        let path = temporaryPath()
        let old = Schema(name: "account", steps: Array(AccountSchema.schema.steps.prefix(8)))
        try SQLConnection.build(path, schema: old) { database in
            try database("INSERT INTO account_state VALUES (1, 9, 7, 1, 0, 0, 0, 0, 0)").run()
            try database("INSERT INTO mailbox_message VALUES (1, 5, 3, 6, 7, 0, 1, 1, 1, 0, 0)").run()
        }
        let database = try SQLConnection.open(path, schema: AccountSchema.schema, create: false)
        let reader = AccountReader(database, account: AccountID(1), files: BodyFiles(root: path), now: 1)
        #expect(try reader.changeFloor == ModSeq(7))
        #expect(try reader.changedUIDs(in: MailboxID(5), since: try #require(ModSeq(6))) == uids(3))
        #expect(try reader.changedUIDs(in: MailboxID(5), since: try #require(ModSeq(7))) == [])
    }
}
