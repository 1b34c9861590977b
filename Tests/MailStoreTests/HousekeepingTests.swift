import Foundation
import MailMessage
import Testing

@testable import MailStore

@Suite struct HousekeepingTests {
    private func hint(_ store: MailStore, _ account: Int64) async throws -> [Int64]? {
        await store.directory.hints.flush()
        return try await store.directory.read { reader in
            try reader.database("SELECT bytes_used, message_count, expire_after FROM account_hint WHERE account_id=$1")
                .first(account) { [$0.int64(0), $0.int64(1), $0.int64(2)] }
        }
    }

    /// A store as a process leaves it that is killed right after a delivery: the log is there, the hint is not.
    private func killed(_ store: MailStore, _ clock: TestClock) async throws {
        let account = try store.account(AccountID(1))
        try await account.append(message(size: 900), to: "Trash")
        let path = AccountFolder(of: AccountID(1), in: store.path).database
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: path + suffix, toPath: path + suffix + ".kept")
        }
        await store.close()
        for suffix in ["", "-wal"] {
            try? FileManager.default.removeItem(atPath: path + suffix)
            try FileManager.default.moveItem(atPath: path + suffix + ".kept", toPath: path + suffix)
        }
        let directory = try Directory(
            at: store.path + "/directory.db", threads: StoreThreads(count: 1), clock: { clock.now })
        try await directory.lane.write { database, _ in try database("DELETE FROM account_hint").run() }
        await directory.close()
    }

    @Test func aHintThatACrashLostIsReportedAtTheNextOpening() async throws {
        try await withStore { store, clock in
            try await killed(store, clock)
            let again = try MailStore(at: store.path, clock: { clock.now })
            #expect(try await hint(again, 1) == nil)
            _ = try await again.account(AccountID(1)).read { try $0.usage() }
            #expect(try await hint(again, 1) == [900, 1, clock.now])
            await again.close()
        }
    }

    @Test func aServerAsksTheAccountsThatWereOpen() async throws {
        try await withStore { store, clock in
            try await killed(store, clock)
            let again = try MailStore(at: store.path, clock: { clock.now })
            again.startHousekeeping()
            #expect(try await eventually { try await hint(again, 1) == [900, 1, clock.now] })
            await again.close()
        }
    }

    @Test func orphansOfAllAccountsGo() async throws {
        try await withStore { store, _ in
            let account = try store.account(AccountID(1))
            try await account.append(message(size: 300_000))
            let files = AccountFolder(of: AccountID(1), in: store.path).files
            let orphan = try Array("lost".utf8).withUnsafeBytes { try files.store($0) }
            await Housekeeping(store: store.path, accounts: store.accounts, directory: store.directory).sweepOrphans()
            #expect(files.names().count == 2)  // younger than a day
            #expect(try await account.sweepOrphans(now: MailStore.now() + 90_000) == [orphan])
            #expect(files.names().count == 1)
        }
    }

    @Test func spoolFilesOfTheDeadGoAndSoDoOldOnes() async throws {
        try await withStore { store, _ in
            let spool = store.path + "/spool"
            for name in ["999999999.a", "\(getpid()).b", "note"] {
                try Data().write(to: URL(fileURLWithPath: "\(spool)/\(name)"))
            }
            SpoolFile.sweep(spool, before: MailStore.now() - 10)
            #expect(Set(StoreFolder.entries(of: spool)) == ["\(getpid()).b", "note"])
            SpoolFile.sweep(spool, before: MailStore.now() + 10)
            #expect(StoreFolder.entries(of: spool) == ["note"])
        }
    }

    @Test func handlesNobodyHoldsAreForgotten() async throws {
        var options = MailStore.Options()
        options.idleTime = .milliseconds(10)
        try await withStore(options: options) { store, _ in
            for id in 1...5 as ClosedRange<Int64> {
                _ = try await store.account(AccountID(id)).read { try $0.usage() }
            }
            #expect(try await eventually { store.accounts.count == 0 })
        }
    }

    /// Sums and dates of such rows would overflow in whoever reads them: this account stops, nobody else.
    @Test(arguments: [
        "size=9223372036854775807", "size=-1", "received_at=9223372036854775807", "saved_at=-9223372036854775807",
        "trashed_at=9223372036854775807", "uid=0", "uid=4294967296",
    ])
    func numbersOutOfRangeAreDamage(_ change: String) async throws {
        try await withAccount { account, _ in
            for _ in 0..<2 { try await account.append(message()) }
            try await account.write { try $0.database.execute("UPDATE mailbox_message SET \(change) WHERE uid=1") }
            for step: @Sendable (AccountTransaction) throws -> Void in [
                { _ = try $0.changes(in: try $0.id("INBOX"), since: .zero) },
                { _ = try $0.copy(.all, from: try $0.id("INBOX"), to: try $0.id("Archive")) },
                { _ = try $0.move(.all, from: try $0.id("INBOX"), to: try $0.id("Archive")) },
                { _ = try $0.remove(in: try $0.id("INBOX"), .all) },
            ] {
                let error = await storeErrorOrNil { try await account.write { try step($0) } }
                if change.hasPrefix("uid") { continue }
                guard case .damaged = error else {
                    Issue.record("\(String(describing: error))")
                    continue
                }
            }
        }
    }

    private func storeErrorOrNil(_ body: () async throws -> Void) async -> StoreError? {
        do { try await body() } catch { return StoreError(wrapping: error) }
        return nil
    }
}
