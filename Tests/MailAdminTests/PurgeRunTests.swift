import Foundation
import MailMessage
import MailStore
import Synchronization
import Testing

@testable import MailAdmin

/// A run over many accounts at once: the same receipt however they fall together, and nobody's trouble is another's.
@Suite struct PurgeRunTests {
    static let start: EpochSeconds = 1_800_000_000
    static let later = start + 8 * 86_400
    static let accounts = 40

    /// Account n has n messages of 100 bytes in the trash, and one in its INBOX.
    private func withStore(_ body: (MailStore, [AccountID]) async throws -> Void) async throws {
        let path = NSTemporaryDirectory() + "purge-run-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try MailStore.create(at: path, isTestStore: true, clock: { Self.start })
        let ids = try await fill(path)
        let store = try MailStore(at: path, clock: { Self.later })
        try await body(store, ids)
        await store.close()
    }

    private func fill(_ path: String) async throws -> [AccountID] {
        let store = try MailStore(at: path, clock: { Self.start })
        let ids = try await store.directory.write { transaction in
            _ = try transaction.addDomain(try #require(MailDomain("example.test")))
            return try (1...Self.accounts).map { number in
                try transaction.addAccount(
                    NewAccount(address: try #require(EmailAddress("u\(number)@example.test"))))
            }
        }
        let message = StorableMessage(Array("Subject: x\r\n\r\n".utf8) + [UInt8](repeating: 65, count: 86))
        let name = try #require(MailboxName("INBOX"))
        for (index, id) in ids.enumerated() {
            try await store.account(id).write { transaction in
                let trash = try #require(try transaction.mailboxID(role: .trash))
                let inbox = try #require(try transaction.mailboxID(name))
                _ = try transaction.append(message, to: inbox, receivedAt: Self.start)
                for _ in 0...index { _ = try transaction.append(message, to: trash, receivedAt: Self.start) }
            }
        }
        await store.close()
        return ids
    }

    private func run(
        _ store: MailStore, _ change: (inout PurgeRequest) -> Void = { _ in }
    ) async throws -> (summary: PurgeSummary, accounts: [AccountPurge]) {
        var request = PurgeRequest()
        (request.ceiling, request.isConfirmed) = (.percent(100), true)
        change(&request)
        let administration = Administration(store: store, actor: "test", clock: { Self.later })
        var accounts: [AccountPurge] = []
        let summary = try await PurgeRun(administration, request).run { accounts.append($0) }
        return (summary, accounts.sorted { $0.id < $1.id })
    }

    private func left(_ store: MailStore, _ id: AccountID) async throws -> (messages: Int64, restorable: Int) {
        let account = try store.account(id)
        #expect(try await account.check() == [])
        return try await account.read { (try $0.usage().messages, try $0.restorables().count) }
    }

    private func receipts(_ store: MailStore, _ action: String = "purge") async throws -> [String] {
        try await store.directory.read { reader in
            try reader.audit(of: "store", limit: 1_000).filter { $0.action == action }.map(\.after)
        }
    }

    private func administration(_ store: MailStore, at moment: EpochSeconds = later) -> Administration {
        Administration(store: store, actor: "test", clock: { moment })
    }

    private static var all: Int64 { Int64(accounts * (accounts + 1) / 2) }

    @Test func theReceiptIsExact() async throws {
        try await withStore { store, ids in
            let rehearsal = try await run(store) { $0.isDryRun = true }
            let real = try await run(store)
            for found in [rehearsal, real] {
                #expect(found.summary.messages == Self.all && found.summary.bytes == 100 * Self.all)
                #expect(found.summary.touched == Self.accounts && found.summary.end == .done)
                #expect(found.accounts.map(\.messages) == (1...Int64(Self.accounts)).map { $0 })
            }
            for (index, id) in ids.enumerated() {
                let found = try await left(store, id)
                #expect(found.messages == 1 && found.restorable == index + 1)
            }
            #expect(try await receipts(store).count == 1)
            let again = try await run(store)
            #expect(again.summary.touched == 0 && again.summary.failed == 0)
            // Where hints that are a second old let it look again, it says so.
            #expect(try await receipts(store, "purge begin").count == receipts(store).count)
        }
    }

    /// Whenever a run is killed, the trail tells what it has done until lately.
    @Test func theTrailKeepsUp() async throws {
        try await withStore { store, _ in
            var request = PurgeRequest()
            (request.ceiling, request.isConfirmed) = (.percent(100), true)
            _ = try await PurgeRun(administration(store), request, receiptEvery: .zero).run { _ in }
            let lines = try await receipts(store, "purge so far")
            #expect(lines.count == Self.accounts)
            let last = lines.max { (Int($0.prefix(while: \.isNumber)) ?? 0) < (Int($1.prefix(while: \.isNumber)) ?? 0) }
            #expect(try await receipts(store) == [last])
        }
    }

    /// Decided while the run is under way, before the account's turn has come.
    @Test func whatIsDecidedMeanwhileCounts() async throws {
        try await withStore { store, ids in
            var request = PurgeRequest()
            request.ceiling = .percent(100)
            let administration = administration(store)
            let run = PurgeRun(administration, request)
            let before = try await store.directory.read { try $0.storeSum() }
            let work = try await run.survey(PurgeMark.here(Self.later)).work
            try await store.directory.write { transaction in
                let hold = RetentionHold(since: 1, reason: "")
                try transaction.setRetention(RetentionRule(hold: hold), of: .account(ids[0]))
                try transaction.setRetention(RetentionRule(trash: .never), of: .account(ids[1]))
                try transaction.removeAccount(ids[2])
                try transaction.noteImport(into: ids[3])
            }
            let pace = PurgePace(request, ceiling: { _ in .max }, isStopped: { false })
            let receipts = PurgeReceipts(administration, request, accounts: 1, every: .seconds(10))
            var results: [AccountPurge] = []
            for one in work.prefix(5) { results.append(await run.purge(one, pace, receipts)) }
            #expect(
                results.map(\.messages) == [0, 0, 0, 0, 5]
                    && results.map(\.isHeld) == [true] + Array(repeating: false, count: 4))
            let after = try await store.directory.read { try $0.storeSum() }
            #expect(after.accounts == before.accounts - 1 && after.messages <= before.messages - 4)
        }
    }

    private func givenUp(_ store: MailStore, _ change: (inout PurgeRequest) -> Void) async throws -> PurgeSummary {
        let afterwards = Self.later + RestorePolicy.standard.seconds
        let other = try MailStore(at: store.path, clock: { afterwards })
        var request = PurgeRequest()
        (request.isConfirmed, request.ceiling) = (true, .messages(10_000))
        change(&request)
        let summary = try await PurgeRun(administration(other, at: afterwards), request).run { _ in }
        await other.close()
        return summary
    }

    @Test func whatIsForGoodIsBoundedToo() async throws {
        try await withStore { store, ids in
            _ = try await run(store)
            let everybody = Set(ids)
            let limited = try await givenUp(store) {
                ($0.ceiling, $0.expunges, $0.accounts) = (.messages(100), false, everybody)
            }
            #expect(limited.reclaimed == 100 && limited.end == .full(.reclaim, ceiling: 100))
            let looked = try await givenUp(store) {
                ($0.ceiling, $0.isDryRun, $0.accounts) = (.messages(100), true, everybody)
            }
            #expect(looked.end == .tooMany(.reclaim, found: Self.all - 100, ceiling: 100))
            let paced = try await givenUp(store) { ($0.rate, $0.longest, $0.accounts) = (40, 4, everybody) }
            #expect(paced.end == .outOfTime && paced.reclaimed >= 40 && paced.reclaimed <= 6 * 40)
        }
    }

    /// A signal that comes when all is done has stopped nothing.
    @Test func theEndOfTheLastIsTheEnd() async throws {
        try await withStore { store, _ in
            let done = Mutex(0)
            var request = PurgeRequest()
            (request.ceiling, request.isConfirmed) = (.percent(100), true)
            let run = PurgeRun(administration(store), request) { done.withLock { $0 } == Self.accounts }
            let summary = try await run.run { _ in done.withLock { $0 += 1 } }
            #expect(summary.end == .done && summary.messages == Self.all)
        }
    }

    /// By a clock that was years behind: its time begins when that shows.
    @Test func nothingIsOlderThanItsAccount() async throws {
        try await withStore { store, ids in
            let behind = try MailStore(at: store.path, clock: { 5_000 })
            try await behind.account(ids[0]).write { transaction in
                let trash = try #require(try transaction.mailboxID(role: .trash))
                _ = try transaction.append(StorableMessage(Array("Subject: x\r\n\r\n".utf8)), to: trash, receivedAt: 1)
            }
            await behind.close()
            let rehearsal = try await run(store) { $0.isDryRun = true }
            let real = try await run(store)
            #expect(rehearsal.summary.messages == Self.all && real.summary.messages == Self.all)
            let week = Self.later + 7 * 86_400
            let then = try MailStore(at: store.path, clock: { week })
            var request = PurgeRequest()
            request.isConfirmed = true
            #expect(try await PurgeRun(administration(then, at: week), request).run { _ in }.messages == 1)
            await then.close()
        }
    }

    @Test func sharesOfTheCeilingComeBack() {
        let pace = PurgePace(PurgeRequest(), ceiling: { _ in 100 }, isStopped: { false })
        let ids = (1...4).map { AccountID($0) }
        #expect(pace.claim(70, .expunge, of: ids[0]) == 70 && pace.claim(70, .expunge, of: ids[1]) == 30)
        #expect(pace.claim(1, .expunge, of: ids[2]) == 0 && pace.end == nil, "somebody's share may come back")
        pace.settle(ids[1], .expunge, removed: 0)
        #expect(pace.claim(40, .expunge, of: ids[2]) == 30)
        pace.settle(ids[0], .expunge, removed: 70)
        pace.settle(ids[2], .expunge, removed: 30)
        #expect(pace.claim(101, .reclaim, of: ids[3]) == 100, "what goes for good has a ceiling of its own")
        pace.settle(ids[3], .reclaim, removed: 100)
        #expect(pace.claim(1, .reclaim, of: ids[3]) == 0 && !pace.givesUp && pace.end == nil, "the rest goes on")
        #expect(pace.verdict(isWhole: true) == .full(.reclaim, ceiling: 100))
        #expect(pace.end == nil && pace.claim(1, .expunge, of: ids[3]) == 0)
        #expect(pace.end == .full(.expunge, ceiling: 100))
    }

    @Test func anAccountThatFailsStopsNobody() async throws {
        try await withStore { store, ids in
            let path = "\(store.path)/accounts/\(String(format: "%02x", ids[19].value & 255))/\(ids[19])/db"
            try Data(repeating: 7, count: 20_000).write(to: URL(filePath: path))
            let found = try await run(store)
            #expect(found.summary.failed == 1 && found.summary.touched == Self.accounts - 1)
            #expect(found.summary.messages == Self.all - 20 && found.summary.end == .done)
            #expect(found.accounts.filter { $0.failure != nil }.map(\.id) == [ids[19]])
            #expect(try await receipts(store).first?.hasSuffix("1 failed") == true)
        }
    }

    /// Larger than one step, and what was restorable for long enough in the same run.
    @Test func stepsAddUp() async throws {
        try await withStore { store, ids in
            let id = ids[0]
            let message = StorableMessage(Array("Subject: x\r\n\r\n".utf8))
            try await store.account(id).write { transaction in
                let trash = try #require(try transaction.mailboxID(role: .trash))
                for _ in 0..<(2 * PurgePace.batch) {
                    _ = try transaction.append(message, to: trash, receivedAt: Self.start)
                }
            }
            let found = try await run(store) {
                ($0.olderThan, $0.accounts, $0.ceiling) = (0, [id], .messages(10_000))
            }
            #expect(found.summary.messages == Int64(2 * PurgePace.batch + 1))
            let afterwards = Self.later + RestorePolicy.standard.seconds
            let other = try MailStore(at: store.path, clock: { afterwards })
            let administration = Administration(store: other, actor: "test", clock: { afterwards })
            var request = PurgeRequest()
            (request.accounts, request.isConfirmed, request.ceiling) = ([id], true, .messages(10_000))
            let given = try await PurgeRun(administration, request).run { _ in }
            #expect(given.reclaimed == Int64(2 * PurgePace.batch + 1) && given.messages == 0)
            #expect(try await left(other, id).restorable == 0)
            await other.close()
        }
    }

    /// With a rate a run keeps to it from its first second on.
    @Test func theRateIsKept() async throws {
        try await withStore { store, _ in
            let found = try await run(store) { ($0.rate, $0.longest) = (40, 2) }
            #expect(found.summary.end == .outOfTime)
            #expect(found.summary.messages > 0 && found.summary.messages <= 3 * 40)
        }
    }
}
