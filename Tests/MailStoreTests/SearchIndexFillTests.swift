import Foundation
import MailMessage
import Testing

@testable import MailStore

/// How an index comes to be, and by whom.
@Suite struct SearchIndexFillTests {
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
