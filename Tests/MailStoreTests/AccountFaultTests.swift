import Foundation
import MailMessage
import Testing

@testable import MailStore

@Suite struct AccountFaultTests {
    private func path(of account: Int64, in store: MailStore) -> String {
        AccountFolder(of: AccountID(account), in: store.path).database
    }

    @Test func aDamagedDatabaseStopsItsAccountAlone() async throws {
        try await withStore { store, _ in
            let path = path(of: 1, in: store)
            try FileManager.default.createDirectory(
                atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try Data(repeating: 0x55, count: 16_384).write(to: URL(fileURLWithPath: path))
            let damaged = try store.account(AccountID(1))
            for _ in 0..<2 {
                let error = await storeError { _ = try await damaged.read { try $0.usage() } }
                guard case .damaged(path, _) = error else {
                    Issue.record("\(String(describing: error))")
                    continue
                }
            }
            try await store.account(AccountID(2)).append(message())
        }
    }

    @Test(arguments: [1, 2, 3, 5, 8, 13, 21])
    func scribbledPagesNeverTrap(_ seed: UInt64) async throws {
        try await withStore { store, clock in
            let account = try store.account(AccountID(1))
            for index in 0..<40 { try await account.append(message("\(index)", size: 3_000)) }
            await store.close()
            try Self.scribble(path(of: 1, in: store), seed: seed)
            let again = try MailStore(at: store.path, clock: { clock.now })
            let hurt = try again.account(AccountID(1))
            let work: [@Sendable () async throws -> Void] = [
                { _ = try await hurt.read { try $0.mailboxes() } },
                { _ = try await hurt.read { try $0.allRows("INBOX") } },
                { _ = try await hurt.read { try $0.bodies(in: $0.id("INBOX"), .all, upTo: 1 << 20) } },
                { try await hurt.append(message()) },
                { _ = try await hurt.write { try $0.move(.all, from: $0.id("INBOX"), to: $0.id("Archive")) } },
                { _ = try await hurt.check() },
            ]
            for step in work { try? await step() }
            try await again.account(AccountID(2)).append(message())
            await again.close()
        }
    }

    /// Overwrites a few stretches behind the first page with noise.
    private static func scribble(_ path: String, seed: UInt64) throws {
        let url = URL(fileURLWithPath: path)
        var bytes = [UInt8](try Data(contentsOf: url))
        var state = seed
        for _ in 0..<30 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let start = 4_096 + Int(state >> 33) % (bytes.count - 4_196)
            for offset in 0..<100 { bytes[start + offset] = UInt8(truncatingIfNeeded: state >> UInt64(offset % 56)) }
        }
        try Data(bytes).write(to: url)
    }

    @Test func aDatabaseOfAnotherAccountIsRefused() async throws {
        try await withStore { store, clock in
            try await store.account(AccountID(1)).append(message())
            await store.close()
            let target = path(of: 2, in: store)
            try FileManager.default.createDirectory(
                atPath: (target as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: path(of: 1, in: store), toPath: target)
            let again = try MailStore(at: store.path, clock: { clock.now })
            let error = await storeError { _ = try await again.account(AccountID(2)).read { try $0.usage() } }
            #expect(error == .damaged(file: target, detail: "it belongs to account 1"))
            await again.close()
        }
    }

    @Test func aDatabaseThatIsGoneIsNotBegunAnew() async throws {
        try await withStore { store, _ in
            let account = try store.account(AccountID(1))
            try await account.append(message())
            let path = path(of: 1, in: store)
            let copy = path + "-wal"
            let log = try Data(contentsOf: URL(fileURLWithPath: copy))
            await store.close()
            try FileManager.default.removeItem(atPath: path)
            try log.write(to: URL(fileURLWithPath: copy))
            let again = try MailStore(at: store.path)
            let error = await storeError { _ = try await again.account(AccountID(1)).read { try $0.usage() } }
            #expect(error == .damaged(file: path, detail: "the database is gone, its log is still there"))
            await again.close()
        }
    }

    @Test func aFullDiskRefusesAndRecovers() async throws {
        try await withAccount { account, _ in
            try await account.append(message(size: 1_000))
            let pages = try await account.read { try $0.database("PRAGMA page_count").number() ?? 0 }
            try await account.write { try $0.database.execute("PRAGMA max_page_count=\(pages + 2)") }
            let error = await storeError { try await account.append(message(size: 100_000)) }
            #expect(error == .diskFull)
            #expect(try await account.read { try $0.usage() } == AccountUsage(bytes: 1_000, messages: 1))
            try await account.write { try $0.database.execute("PRAGMA max_page_count=1000000") }
            #expect(try await account.append(message(size: 100_000)) == uid(2))
            #expect(try await account.check() == [])
        }
    }

    @Test func aNewerAccountSchemaIsRefused() async throws {
        try await withStore { store, clock in
            try await store.account(AccountID(1)).append(message())
            try await store.account(AccountID(1)).write { try $0.database.execute("PRAGMA user_version=999") }
            await store.close()
            let file = path(of: 1, in: store)
            let before = try Data(contentsOf: URL(fileURLWithPath: file))
            let again = try MailStore(at: store.path, clock: { clock.now })
            let error = await storeError { _ = try await again.account(AccountID(1)).read { try $0.usage() } }
            #expect(error == .newerSchema(file: file, found: 999, known: AccountSchema.schema.version))
            await again.close()
            #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == before)
        }
    }

    @Test func aFailedClosureChangesNothing() async throws {
        struct Odd: Error {}
        try await withAccount { account, _ in
            let error = await storeError {
                try await account.write { transaction in
                    _ = try transaction.append(message(), to: transaction.id("INBOX"), receivedAt: 1)
                    try transaction.createMailbox(try name("x"))
                    throw Odd()
                }
            }
            #expect(error == .invalid("Odd()"))
            let mailboxes = try await account.read { try $0.mailboxes() }
            #expect(mailboxes.count == 6 && mailboxes.allSatisfy { $0.total == 0 })
        }
    }
}
