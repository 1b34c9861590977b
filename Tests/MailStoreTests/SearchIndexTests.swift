import Foundation
import MailMessage
import Testing

@testable import MailStore

private func indexedOptions() -> MailStore.Options {
    var options = MailStore.Options()
    options.searchIndex = true
    return options
}

private func mail(_ subject: String, _ text: String) -> StorableMessage {
    StorableMessage(Array("Subject: \(subject)\r\n\r\n\(text)\r\n".utf8))
}

extension Account {
    fileprivate func found(_ text: String, _ scope: IndexQuery.Scope = .body, in mailbox: String = "INBOX") async throws
        -> UIDSet?
    {
        let id = try await read { try $0.id(mailbox) }
        return try await candidates(.text(CaseFolding.fold(text), scope), in: id)
    }

    fileprivate func fill() async throws {
        while true {
            let progress = try await index(IndexStep(messages: 2, bytes: 1 << 20))
            if progress == .complete { return }
        }
    }
}

@Suite struct SearchIndexTests {
    private func withIndexed(_ body: (MailStore, Account) async throws -> Void) async throws {
        try await withStore(options: indexedOptions()) { store, _ in
            let account = try store.account(AccountID(1))
            for (subject, text) in [("one", "zebra crossing"), ("zebra", "nothing"), ("three", "a wild ZEBRA")] {
                try await account.append(mail(subject, text))
            }
            try await account.fill()
            try await body(store, account)
        }
    }

    @Test func itNamesWhatMayMatch() async throws {
        try await withIndexed { _, account in
            for (text, scope, expected): (String, IndexQuery.Scope, UIDSet?) in [
                ("zebra", .body, uids(1, 3)), ("zebra", .header, uids(2)), ("zebra", .anywhere, uids(1, 2, 3)),
                ("unheard of", .body, uids()), ("ze", .body, nil),
            ] {
                let found = try await account.found(text, scope)
                #expect(found == expected)
            }
        }
    }

    @Test func expressions() async throws {
        try await withIndexed { _, account in
            let inbox = try await account.read { try $0.id("INBOX") }
            let (zebra, wild, one) = (
                IndexQuery.text(CaseFolding.fold("zebra"), .body), IndexQuery.text(CaseFolding.fold("wild"), .body),
                IndexQuery.text(CaseFolding.fold("one"), .header)
            )
            let short = IndexQuery.text([65], .body)
            for (query, expected): (IndexQuery, UIDSet?) in [
                (.and([zebra, wild]), uids(3)), (.or([wild, one]), uids(1, 3)), (.and([wild, one]), uids()),
                (.and([short, one]), uids(1)), (.or([short, one]), nil), (.and([short]), nil),
            ] {
                #expect(try await account.candidates(query, in: inbox) == expected)
            }
        }
    }

    /// Until it has been added a message may match anything.
    @Test func newMailIsAmongThem() async throws {
        try await withIndexed { _, account in
            try await account.append(mail("four", "no animals"))
            #expect(try await account.found("zebra") == uids(1, 3, 4))
            try await account.fill()
            #expect(try await account.found("zebra") == uids(1, 3))
        }
    }

    @Test func copiesAndMovesAreKnownAtOnce() async throws {
        try await withIndexed { _, account in
            try await account.write {
                let (inbox, archive) = (try $0.id("INBOX"), try $0.id("Archive"))
                _ = try $0.copy(uids(1), from: inbox, to: archive)
                _ = try $0.move(uids(3), from: inbox, to: archive)
            }
            #expect(try await account.found("zebra", in: "Archive") == uids(1, 2))
            #expect(try await account.found("zebra") == uids(1))
            try await account.fill()
            #expect(try await account.index.count() == 3)
        }
    }

    @Test func whatIsExpungedIsNotNamed() async throws {
        try await withIndexed { _, account in
            try await account.write { _ = try $0.remove(in: try $0.id("INBOX"), .all) }
            #expect(try await account.found("zebra") == uids())
            try await account.collectGarbage()
            #expect(try await account.found("zebra") == uids())
            try await account.append(mail("new", "zebra"))
            try await account.fill()
            #expect(try await account.found("zebra") == uids(4))
        }
    }

    @Test func aNewIndexForgetsWhatIsGone() async throws {
        try await withStore(options: indexedOptions()) { store, _ in
            let account = try store.account(AccountID(1))
            let many = (0..<(Account.goneFloor + 10)).map {
                NewMessage(mail("m", "zebra \($0)"), flags: [], receivedAt: 5)
            }
            try await account.write { _ = try $0.append(many, to: try $0.id("INBOX")) }
            _ = try await store.fillIndex(of: account.id)
            try await account.write { _ = try $0.remove(in: try $0.id("INBOX"), uids(2)) }
            try await account.collectGarbage()
            #expect(try await store.fillIndex(of: account.id)?.known == many.count)
            try await account.write { _ = try $0.remove(in: try $0.id("INBOX"), .all) }
            try await account.append(mail("last", "zebra"))
            try await account.collectGarbage()
            #expect(try await store.fillIndex(of: account.id)?.known == 1)
            #expect(try await account.found("zebra")?.ranges.count == 1)
        }
    }

    /// What it takes counts; without an answer everything is looked at, which ends then as well.
    @Test func anAnswerEndsWithItsBudget() async throws {
        try await withIndexed { _, account in
            let query = IndexQuery.text(CaseFolding.fold("zebra"), .body)
            for (milliseconds, count) in [(30_000, 2), (0, nil), (30_000, 2)] {
                let answer = await account.index.answer(query, within: TimeBudget(milliseconds: milliseconds))
                #expect(answer?.blobs.count == count)
            }
        }
    }

    // MARK: Damage

    private func spoil(_ account: Account, _ change: (String) throws -> Void) async throws {
        while !account.closeIfIdle(since: .now) { try await Task.sleep(for: .milliseconds(2)) }
        let file = account.index.file
        try change(file.path(try #require(file.current)))
    }

    @Test(arguments: ["garbage", "truncated", "missing", "empty", "another account", "newer"])
    func aDamagedFileIsMadeAnew(_ kind: String) async throws {
        try await withIndexed { store, account in
            try await spoil(account) { path in
                let url = URL(fileURLWithPath: path)
                let bytes = try Data(contentsOf: url)
                switch kind {
                case "garbage": try Data(repeating: 0x78, count: bytes.count).write(to: url)
                case "truncated": try bytes.prefix(bytes.count / 2).write(to: url)
                case "missing": try FileManager.default.removeItem(at: url)
                case "empty": try Data().write(to: url)
                case "newer": try SQLConnection(bare: path, create: false).execute("PRAGMA user_version=99")
                default: try SQLConnection(bare: path, create: false).execute("UPDATE state SET account_id=2")
                }
            }
            // Nobody hears of it: everything is looked at.
            let found = try await account.found("zebra")
            #expect(found == nil || found == uids(1, 3))
            _ = try await store.fillIndex(of: account.id)
            #expect(try await account.found("zebra") == uids(1, 3))
        }
    }

    /// Torn pages in the middle: either the truth or no answer.
    @Test(arguments: 1...12) func noDamageHidesAMessage(_ page: Int) async throws {
        try await withIndexed { _, account in
            try await spoil(account) { path in
                var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
                guard page * 4_096 <= bytes.count else { return }
                bytes.replaceSubrange((page - 1) * 4_096..<page * 4_096, with: Data(repeating: 0x55, count: 4_096))
                try bytes.write(to: URL(fileURLWithPath: path))
            }
            let found = try await account.found("zebra")
            let isWhole = found.map { $0.intersection(uids(1, 3)) == uids(1, 3) } ?? true
            #expect(isWhole)
        }
    }

    /// From a backup, say: the same numbers will be given to other messages, or have been.
    @Test(arguments: [[], ["lion", "tiger"]]) func anIndexOfAnotherPastIsGivenUp(_ words: [String]) async throws {
        try await withIndexed { _, account in
            let (database, kept) = (account.folder.database, account.folder.path + "/kept")
            try await spoil(account) { _ in try FileManager.default.copyItem(atPath: database, toPath: kept) }
            try await account.append(mail("four", "zebra"))
            try await account.fill()
            try await spoil(account) { _ in
                try FileManager.default.removeItem(atPath: database)
                try FileManager.default.moveItem(atPath: kept, toPath: database)
            }
            for word in words { try await account.append(mail("four", word)) }
            #expect(try await account.found("zebra") == nil)
            try await account.fill()
            #expect(try await account.found("zebra") == uids(1, 3))
            for word in words.prefix(1) { #expect(try await account.found(word) == uids(4)) }
        }
    }

    @Test func checkFindsADamagedIndex() async throws {
        try await withIndexed { store, account in
            #expect(try await store.checkIndex(of: account.id)?.problems == [])
            try await spoil(account) { path in
                try SQLConnection(bare: path, create: false).execute("DELETE FROM gram_data WHERE id=10")
            }
            #expect(try await store.checkIndex(of: account.id)?.problems.isEmpty == false)
            try await store.dropIndex(of: account.id)
            #expect(try await store.checkIndex(of: account.id)?.problems == [])
        }
    }

    // MARK: In the background

    @Test(arguments: [true, false]) func aSearchBeginsOneWhereThereIsMuch(_ isMuch: Bool) async throws {
        var options = indexedOptions()
        options.searchIndexFloor = isMuch ? 1_000 : 10_000
        try await withStore(options: options) { store, _ in
            let account = try store.account(AccountID(1))
            for number in 0..<40 { try await account.append(mail("m", "animal\(number) is an animal")) }
            #expect(try await account.found("animal7") == nil)
            if isMuch {
                #expect(try await eventually { try await account.found("animal7") == uids(8) })
            } else {
                try await Task.sleep(for: .milliseconds(200))
                #expect(await !account.index.exists)
            }
        }
    }

    @Test func nobodyMakesOneWhereItIsOff() async throws {
        try await withAccount { account, _ in
            try await account.append(mail("m", String(repeating: "zebra ", count: 1_000_000)))
            #expect(try await account.found("zebra") == nil)
            try await Task.sleep(for: .milliseconds(200))
            #expect(await !account.index.exists)
        }
    }

    /// The next process goes on where the last commit was.
    @Test func aKilledProcessLosesNoMore() async throws {
        let path = temporaryPath()
        defer { try? FileManager.default.removeItem(atPath: path) }
        try MailStore.create(at: path, isTestStore: true)
        let store = try MailStore(at: path, options: indexedOptions())
        let account = try store.account(AccountID(1))
        let many = (0..<5_000).map { NewMessage(mail("m", "animal number \($0)."), flags: [], receivedAt: 5) }
        try await account.write { _ = try $0.append(many, to: try $0.id("INBOX")) }
        var resumed: Int64 = 0
        for milliseconds in [5, 40, 80, 160, 320, 640] where resumed == 0 {
            let probe = try StoreProbe("index", path, "1")
            try await Task.sleep(for: .milliseconds(milliseconds))
            _ = probe.kill()
            resumed = try await account.index.through()
            let found = try await account.found("animal number 4711.")
            let isThere = try found.map { $0.contains(try uid(4_712)) } ?? true
            #expect(isThere)
        }
        #expect(resumed > 0)
        let report = try await store.fillIndex(of: account.id)
        #expect(report?.known == 5_000)
        #expect((report?.added ?? 5_000) < 5_000)
        #expect(try await account.found("animal number 4711.") == uids(4_712))
        #expect(try await store.checkIndex(of: account.id)?.problems == [])
        await store.close()
    }

    /// Two processes, or mailctl beside mail-serve.
    @Test func twoMayFillItAtOnce() async throws {
        try await withIndexed { store, account in
            let many = (0..<3_000).map { NewMessage(mail("m", "animal number \($0)."), flags: [], receivedAt: 5) }
            try await account.write { _ = try $0.append(many, to: try $0.id("INBOX")) }
            let other = try MailStore(at: store.path, options: indexedOptions())
            async let first = store.fillIndex(of: account.id)
            async let second = other.fillIndex(of: account.id)
            #expect(try await first?.known == 3_003)
            #expect(try await second?.known == 3_003)
            await other.close()
            #expect(try await store.checkIndex(of: account.id)?.problems == [])
        }
    }
}
