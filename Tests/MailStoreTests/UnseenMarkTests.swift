import MailMessage
import Testing

@testable import MailStore

/// The marks of what is unread say what the rows say.
@Suite struct UnseenMarkTests {
    private func expectTruth(_ account: Account, _ context: String) async throws {
        try await account.read { reader in
            for mailbox in try reader.mailboxes() {
                let rows = try reader.allRows(mailbox.name.text).filter { !$0.flags.contains(.seen) }.map(\.uid)
                #expect(
                    try reader.markedUnseen(in: mailbox.id, around: .all) == UIDSet(rows), "\(context), \(mailbox.name)"
                )
                #expect(try reader.firstUnseen(in: mailbox.id) == rows.first, "\(context), \(mailbox.name)")
            }
        }
    }

    private func randomSet(_ random: inout some RandomNumberGenerator) -> UIDSet {
        let (low, length) = (UInt32.random(in: 1...150, using: &random), UInt32.random(in: 0...70, using: &random))
        let isDense = Bool.random(using: &random)
        return UIDSet(
            (low...low + length).filter { _ in isDense || Bool.random(using: &random) }.compactMap { UID($0) })
    }

    /// All that adds, changes and removes messages.
    @Test(arguments: 1...4 as ClosedRange<UInt64>) func theyTellTheTruth(seed: UInt64) async throws {
        try await withAccount { account, _ in
            var random = SeededRandom(state: seed)
            for step in 1...60 {
                let (choice, set) = (Int.random(in: 0..<11, using: &random), randomSet(&random))
                let flags: [Flag] = Bool.random(using: &random) ? [.system(.seen)] : []
                try await account.write { transaction in
                    let (inbox, archive) = (try transaction.id("INBOX"), try transaction.id("Archive"))
                    switch choice {
                    case 0, 1:
                        let new = (0..<20).map { NewMessage(message(), flags: $0 % 3 == 0 ? flags : [], receivedAt: 1) }
                        _ = try transaction.append(new, to: inbox)
                    case 2: _ = try transaction.setFlags(in: inbox, set, .add([.system(.seen), .system(.flagged)]))
                    case 3: _ = try transaction.setFlags(in: inbox, set, .remove([.system(.seen)]))
                    case 4: _ = try transaction.setFlags(in: inbox, set, .replace(flags + [.system(.deleted)]))
                    case 5: _ = try transaction.copy(set, from: inbox, to: archive)
                    case 6: _ = try transaction.move(set, from: inbox, to: archive)
                    case 7: _ = try transaction.move(set, from: inbox, to: inbox)
                    case 8: _ = try transaction.expunge(in: inbox)
                    case 9: try transaction.renameMailbox(from: name("INBOX"), to: name("Old \(step)"))
                    default: _ = try transaction.remove(in: archive, set)
                    }
                }
                try await expectTruth(account, "seed \(seed), step \(step), choice \(choice)")
            }
            #expect(try await account.check() == [])
        }
    }

    @Test func aDeletedMailboxLeavesNone() async throws {
        try await withAccount { account, _ in
            try await account.write { _ = try $0.createMailbox(try name("Old")) }
            try await account.append(message(), to: "Old")
            let marks = { try await account.read { try $0.database("SELECT count(*) FROM unseen_mark").number() } }
            #expect(try await marks() == 1)
            try await account.write { try $0.deleteMailbox(try name("Old")) }
            #expect(try await marks() == 0)
        }
    }

    /// A worker of before, that an upgrade is about to replace, does not mark: nobody believes the marks until the next write.
    @Test func writesOfOlderWorkersAreFound() async throws {
        try await withAccount { account, _ in
            for _ in 0..<3 { try await account.append(message()) }
            try await account.write { transaction in
                let (inbox, modseq) = (try transaction.id("INBOX"), try transaction.open())
                try transaction.database("UPDATE mailbox_message SET flags=1, modseq=$1 WHERE mailbox_id=$2 AND uid=1")
                    .run(modseq, inbox)
                try transaction.database("UPDATE mailbox SET highestmodseq=$1, unseen=2 WHERE id=$2").run(modseq, inbox)
            }
            try await account.read {
                let inbox = try $0.id("INBOX")
                #expect(try $0.markedUnseen(in: inbox, around: .all) == nil)
                #expect(try $0.firstUnseen(in: inbox) == uid(2))
            }
            #expect(try await account.check() == [])
            try await account.append(message())
            try await expectTruth(account, "after the next write")
        }
    }

    /// A store of before has none.
    @Test func olderStoresGetThem() async throws {
        let path = temporaryPath()
        let old = Schema(name: "account", steps: Array(AccountSchema.schema.steps.dropLast()))
        try SQLConnection.build(path, schema: old) { database in
            try database("INSERT INTO account_state VALUES (1, 9, 7, 1, 0, 1, 1, 0, 0, 0)").run()
            try database("INSERT INTO mailbox VALUES (1, 5, 0, 'INBOX', 'inbox', 1, 4, 7, 1, 1, 0, 1, 1)").run()
            try database("INSERT INTO mailbox_message VALUES (1, 5, 3, 6, 7, 0, 1, 1, 1, 0, 0)").run()
        }
        let database = try SQLConnection.open(path, schema: AccountSchema.schema, create: false)
        let files = BodyFiles(root: path)
        let reader = AccountReader(database, account: AccountID(1), files: files, now: 1)
        #expect(try reader.markedUnseen(in: MailboxID(5), around: .all) == nil)
        #expect(try reader.firstUnseen(in: MailboxID(5)) == uid(3))
        let transaction = AccountTransaction(
            database, account: AccountID(1), files: files, now: 1, limit: QuotaLimit(), effects: WriteEffects())
        _ = try transaction.setFlags(in: MailboxID(5), uids(3), .add([.system(.flagged)]))
        #expect(try reader.markedUnseen(in: MailboxID(5), around: .all) == uids(3))
    }

    @Test(arguments: ["UPDATE unseen_mark SET bits=bits | 16", "UPDATE unseen_mark SET bits=-1"])
    func wrongOnesAreNoticedAndMended(damage: String) async throws {
        try await withAccount { account, _ in
            for _ in 0..<2 { try await account.append(message()) }
            try await account.write { try $0.database.execute(damage) }
            #expect(try await account.check() == ["INBOX: marks of the unread"])
            #expect(try await account.write { try $0.mendCounters() }.mailboxes == [name("INBOX")])
            #expect(try await account.check() == [])
            try await expectTruth(account, "mended")
        }
    }

    @Test(arguments: ["bits=-1", "bits=0", "word=200000000"]) func damageIsSaid(damage: String) async throws {
        try await withAccount { account, _ in
            try await account.append(message())
            try await account.write { try $0.database.execute("UPDATE unseen_mark SET \(damage)") }
            let error = await storeError {
                try await account.read { reader in
                    let inbox = try reader.id("INBOX")
                    _ = try reader.markedUnseen(in: inbox, around: .all)
                    _ = try reader.firstUnseen(in: inbox)
                }
            }
            guard case .damaged? = error else { return #expect(Bool(false), "\(String(describing: error))") }
        }
    }

    @Test func onlyThoseAroundTheBoundsAreRead() async throws {
        try await withAccount { account, _ in
            for _ in 0..<100 { try await account.append(message()) }
            let around = try await account.read { try $0.markedUnseen(in: try $0.id("INBOX"), around: uids(40, 70)) }
            #expect(around == UIDSet(try uid(32)...uid(95)))
        }
    }

    /// A message of a row that makes no sense keeps nobody from writing.
    @Test func damagedRowsAreNoHindrance() async throws {
        try await withAccount { account, _ in
            for _ in 0..<2 { try await account.append(message()) }
            try await account.write { transaction in
                _ = try transaction.open()
                try transaction.database("UPDATE mailbox_message SET size=-5 WHERE uid=1").run()
                try transaction.database("UPDATE mailbox SET marked_modseq=-1").run()
            }
            try await account.append(message())
            let marked = try await account.read { try $0.markedUnseen(in: try $0.id("INBOX"), around: .all) }
            #expect(marked == uids(1, 2, 3))
        }
    }

    /// At the edges of words, of what is a UID, and in between.
    @Test func wordsAreTheSet() {
        var random = SeededRandom(state: 7)
        let edges = [uids(1), uids(31, 32), uids(63), uids(64, 65), uids(UID.last.value - 1, UID.last.value)]
        let sets = edges + (0..<200).map { _ in randomSet(&random) }
        for set in sets {
            var ranges: [ClosedRange<UID>] = []
            let words = UnseenWord.words(of: set)
            for word in words { word.eachRange { ranges.append($0) } }
            #expect(UIDSet(ranges: ranges) == set)
            #expect(zip(words, words.dropFirst()).allSatisfy { $0.index < $1.index }, "each word once")
        }
    }
}
