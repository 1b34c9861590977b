import Foundation
import MailMessage
import Synchronization
import Testing

@testable import MailStore

/// One transaction in an account whose database is opened for it: alone where that can be, else beside whoever has it open.
@Suite struct AccountErrandTests {
    static let id = AccountID(1)

    private func folder(_ store: MailStore) -> AccountFolder { AccountFolder(of: Self.id, in: store.path) }

    /// The account with two messages in the trash, its database closed.
    private func withClosedAccount(_ body: (MailStore, TestClock) async throws -> Void) async throws {
        try await withStore { store, clock in
            for _ in 0..<2 { try await store.account(Self.id).append(message(size: 100), to: "Trash") }
            await store.release(Self.id)
            #expect(!StoreFolder.exists(folder(store).database + "-wal"), "nobody has it open")
            try await body(store, clock)
        }
    }

    private func purge(_ store: MailStore, at moment: EpochSeconds) async throws -> Int? {
        try await store.writeOnce(Self.id) { account in
            let due = try account.due(.trash(moment))
            try account.purge(due)
            return due.count
        }
    }

    private func usage(_ store: MailStore) async throws -> Int64 {
        try await store.account(Self.id).read { try $0.usage().messages }
    }

    @Test func aloneItLeavesOneWholeFile() async throws {
        try await withClosedAccount { store, clock in
            #expect(try await purge(store, at: clock.now) == 2)
            #expect(StoreFolder.entries(of: folder(store).path) == ["db"])
            // The file by itself has it all.
            let database = try SQLConnection(readingOnly: folder(store).database)
            #expect(try database("SELECT message_count FROM account_state").number() == 0)
            #expect(try await store.account(Self.id).check() == [])
        }
    }

    @Test func othersAreToldWhenItIsClosed() async throws {
        try await withClosedAccount { store, clock in
            let heard = Mutex<[ModSeq]>([])
            let subscription = store.changes.subscribe(Self.id) { modseq in heard.withLock { $0.append(modseq) } }
            #expect(try await purge(store, at: clock.now) == 2)
            let modseq = try await store.account(Self.id).read { try $0.modseq }
            #expect(heard.withLock { $0 } == [modseq])
            #expect(await store.directory.hints.usage(of: Self.id)?.messages == 0)
            // A second one changes nothing, so nobody is disturbed.
            #expect(try await purge(store, at: clock.now) == 0)
            #expect(heard.withLock { $0.count } == 1)
            subscription.cancel()
        }
    }

    @Test func besideAServerThatHasItOpen() async throws {
        try await withClosedAccount { store, clock in
            let server = try MailStore(at: store.path, clock: { clock.now })
            #expect(try await usage(server) == 2)
            #expect(try await purge(store, at: clock.now) == 2)
            #expect(try await store.readOnce(Self.id) { try $0.usage().messages } == 0)
            #expect(try await usage(server) == 0)
            await server.close()
            #expect(try await store.account(Self.id).check() == [])
        }
    }

    @Test func whoComesMeanwhileWaits() async throws {
        try await withClosedAccount { store, _ in
            let begun = Signal()
            let path = folder(store).path
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    let sharesMemory = try await store.writeOnce(Self.id) { account in
                        begun.value.store(true, ordering: .releasing)
                        usleep(200_000)
                        _ = try account.remove(in: account.id("Trash"), uids(1))
                        return StoreFolder.entries(of: path).contains("db-shm")
                    }
                    #expect(sharesMemory == false)
                }
                let isUnderWay = try await eventually { begun.value.load(ordering: .acquiring) }
                let found = try await usage(store)
                #expect(isUnderWay && found == 1)
                try await group.waitForAll()
            }
        }
    }

    @Test func whatFailsChangesNothing() async throws {
        try await withClosedAccount { store, _ in
            let error = await storeError {
                _ = try await store.writeOnce(Self.id) { account in
                    _ = try account.remove(in: account.id("Trash"), .all)
                    throw StoreError.notPermitted("a test")
                }
            }
            let left = try await usage(store)
            #expect(error == .notPermitted("a test") && left == 2)
        }
    }

    @Test func nothingIsMadeForAQuestion() async throws {
        try await withStore { store, _ in
            #expect(try await store.readOnce(Self.id) { try $0.usage().messages } == nil)
            #expect(try await store.writeOnce(Self.id) { try $0.usage().messages } == nil)
            #expect(!StoreFolder.exists(folder(store).path))
            try StoreFolder.make(folder(store).path)
            try Data([1]).write(to: URL(filePath: folder(store).database + "-wal"))
            let error = await storeError { _ = try await store.readOnce(Self.id) { try $0.usage() } }
            guard case .damaged = error else { return #expect(Bool(false), "\(String(describing: error))") }
        }
    }

    /// What a process that was killed has in the log is not lost on whoever is alone.
    @Test func aLogThatWasLeftIsRead() async throws {
        try await withClosedAccount { store, clock in
            try await store.account(Self.id).append(message(), to: "Trash")
            let path = folder(store).path
            let copy = temporaryPath()
            try FileManager.default.copyItem(atPath: path, toPath: copy)
            await store.release(Self.id)
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.moveItem(atPath: copy, toPath: path)
            #expect(StoreFolder.exists(folder(store).database + "-wal"))
            #expect(try await purge(store, at: clock.now) == 3)
            #expect(!StoreFolder.exists(folder(store).database + "-wal"))
            #expect(try await store.account(Self.id).check() == [])
        }
    }

    @Test func largeBodiesGoWhenTheirTimeIsOver() async throws {
        try await withStore { store, clock in
            let account = try store.account(Self.id)
            try await account.append(message(size: 300_000), to: "Trash")
            await store.release(Self.id)
            #expect(try await purge(store, at: clock.now) == 1)
            clock.now += RestorePolicy.standard.seconds
            let given = try await store.writeOnce(Self.id) { account in
                let given = try account.reclaim(account.reclaimable(limit: 10))
                return (given.messages, try account.needsUpkeep())
            }
            #expect(given?.0 == 1 && given?.1 == false)
            let files = FileManager.default.enumerator(atPath: folder(store).path + "/files")?.allObjects ?? []
            #expect(!files.contains { "\($0)".contains("/") }, "\(files)")
            #expect(try await account.check() == [])
        }
    }
}

private final class Signal: Sendable {
    let value = Atomic(false)
}
