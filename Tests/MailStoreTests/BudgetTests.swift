import Foundation
import MailMessage
import Testing

@testable import MailStore

@Suite struct BudgetTests {
    @Test func aReadEndsWithItsBudget() async throws {
        try await withAccount { account, _ in
            try await account.append(message())
            let spent = TimeBudget(milliseconds: 30)
            await #expect(throws: StoreError.outOfTime) {
                try await account.read(within: spent) { reader in while true { try reader.checkTime() } }
            }
            await #expect(throws: StoreError.outOfTime, "the budget is for all reads together") {
                try await account.read(within: spent) { try $0.checkTime() }
            }
            let modseq = try await account.read(within: TimeBudget(seconds: 30)) { reader in
                try reader.checkTime()
                return try reader.modseq
            }
            #expect(modseq.value > 0)
            try await account.append(message())
        }
    }

    /// Inside one statement too: SQLite asks on its way.
    @Test func aStatementEndsWithItsBudget() async throws {
        try await withAccount { account, _ in
            let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
            await #expect(throws: StoreError.outOfTime) {
                try await account.read(within: TimeBudget(milliseconds: 30)) {
                    _ = try $0.database.dynamic(endless).number()
                }
            }
            let messages = try await account.read { try $0.usage().messages }
            #expect(messages == 0)
        }
    }

    /// What a write within a budget has begun is taken back, and what others wrote in the same commit stays.
    @Test func aWriteEndsWithItsBudget() async throws {
        try await withAccount { account, _ in
            for _ in 0..<3 { try await account.append(message()) }
            let spent = TimeBudget(milliseconds: 0)
            let (inbox, trash) = try await account.read { reader in
                (try #require(try reader.mailboxID(role: .inbox)), try #require(try reader.mailboxID(role: .trash)))
            }
            async let other = account.append(message())
            await #expect(throws: StoreError.outOfTime) {
                try await account.write(within: spent) {
                    _ = try $0.createMailbox(try #require(MailboxName("begun")), role: nil)
                    _ = try $0.copy(UIDSet(.first ... .last), from: inbox, to: trash)
                }
            }
            _ = try await other
            let (total, begun) = try await account.read { reader in
                (try reader.usage().messages, try reader.mailboxID(try #require(MailboxName("begun"))))
            }
            #expect(total == 4 && begun == nil)
        }
    }

    @Test func aFailureInTimeStaysWhatItIs() async throws {
        try await withAccount { account, _ in
            await #expect(throws: StoreError.noSuchMessage) {
                try await account.read(within: TimeBudget(seconds: 30)) { _ in throw StoreError.noSuchMessage }
            }
        }
    }

    @Test(arguments: [
        (DiskFloor.none, 0, 100, false), (.bytes(10), 10, 100, false), (.bytes(10), 9, 100, true),
        (.standard, 500_000_000, 1_000_000_000_000, false), (.standard, 499_999_999, 1_000_000_000_000, true),
        (.standard, 3_000_000, 60_000_000, false), (.standard, 2_999_999, 60_000_000, true),
    ])
    func theFloorOfADisk(_ floor: DiskFloor, _ free: Int64, _ total: Int64, _ isBelow: Bool) {
        #expect(floor.isBelow(free: free, of: total) == isBelow)
    }

    @Test func theDiskIsAsked() throws {
        let space = try #require(DiskSpace.free("/tmp"))
        #expect(space.free > 0 && space.total >= space.free)
        #expect(DiskSpace("/tmp", floor: .bytes(.max)).isLow)
        #expect(!DiskSpace("/tmp", floor: .bytes(1)).isLow)
        #expect(!DiskSpace("/no/such/folder", floor: .bytes(.max)).isLow)
    }

    /// Beyond the limit small messages go to files on their way, and arrive as they were.
    @Test func crowdedSpoolsWriteToFiles() async throws {
        var options = MailStore.Options()
        options.spoolMemory = 50_000
        try await withStore(options: options) { store, _ in
            let account = try store.account(AccountID(1))
            var spools: [(MessageSpool, [UInt8])] = []
            for number in 0..<20 {
                let (spool, bytes) = (store.makeSpool(), SpoolTests.bytes(20_000 + number))
                for start in stride(from: 0, to: bytes.count, by: 3_000) {
                    try await spool.append(bytes[start..<min(bytes.count, start + 3_000)])
                }
                spools.append((spool, bytes))
            }
            #expect(store.spoolMemory.bytes <= 50_000 + 20 * MessageSpool.crowdedChunkSize)
            for (spool, bytes) in spools {
                let uid = try await account.append(try await spool.finish())
                guard case .inline(let stored) = try await account.read({ try $0.body(of: $0.id("INBOX"), uid: uid) })
                else { Issue.record("a small message is a row"); continue }
                #expect(stored == bytes)
            }
            #expect(store.spoolMemory.bytes == 0)
            #expect(try FileManager.default.contentsOfDirectory(atPath: store.path + "/spool").isEmpty)
        }
    }
}
