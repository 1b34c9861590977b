import Foundation
import MailMessage
import Testing

@testable import MailStore

/// One after the other: one list of a process has readers at a time.
@Suite(.serialized) struct ReadAheadTests {
    private static let count = 400
    private static var everyone: UIDSet { get throws { UIDSet(.first...(try uid(UInt32(count)))) } }

    /// The folder's files, out of the kernel's memory. While nobody has them open: to close one would give up SQLite's locks.
    private func forget(_ folder: String) {
        for path in FileManager.default.subpaths(atPath: folder) ?? [] {
            let file = open(folder + "/" + path, O_RDONLY)
            fsync(file)
            posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED)
            close(file)
        }
    }

    /// Opens the store cold; what a list of all envelopes then has to take from the disk, in units of 512 octets.
    private func listed(in folder: String, afterReadAhead isRead: Bool) async throws -> Int {
        forget(folder)
        let store = try MailStore(at: folder)
        let account = try store.account(AccountID(1))
        let inbox = try await account.read { try $0.id("INBOX") }
        if isRead { await account.readAhead(in: inbox, try Self.everyone, .envelopes) }
        let reads = try await account.read { reader in
            let before = DiskReads.ofThisThread()
            var found = 0
            try reader.listing(in: inbox, .all) { _, _ in found += 1 }
            #expect(found == Self.count)
            return DiskReads.ofThisThread() - before
        }
        await store.close()
        return reads
    }

    @Test func whatWasReadAheadComesFromMemory() async throws {
        let folder = temporaryPath()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try MailStore.create(at: folder, isTestStore: true)
        let store = try MailStore(at: folder)
        let account = try store.account(AccountID(1))
        let letters = (0..<Self.count).map { message("\($0) " + String(repeating: "long ", count: 100)) }
        try await account.write { transaction in
            let inbox = try transaction.id("INBOX")
            for letter in letters { _ = try transaction.append(letter, to: inbox, flags: [], receivedAt: 500) }
        }
        await store.close()
        let cold = try await listed(in: folder, afterReadAhead: false)
        try #require(cold > 100, "the folder for temporary files is no disk")
        #expect(try await listed(in: folder, afterReadAhead: true) < cold / 4)
    }

    @Test(.timeLimit(.minutes(1))) func cancelledItEnds() async throws {
        try await withAccount { account, _ in
            try await account.append(message())
            let inbox = try await account.read { try $0.id("INBOX") }
            let task = Task { await account.readAhead(in: inbox, .all, .envelopes) }  // 67 million looks
            task.cancel()
            await task.value
        }
    }

    @Test func anAccountWithoutAFileIsNoTrouble() async throws {
        try await withStore { store, _ in
            let account = try store.account(AccountID(1))
            await account.readAhead(in: MailboxID(1), uids(1, 2), .envelopes)
        }
    }
}
