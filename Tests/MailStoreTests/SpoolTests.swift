import Foundation
import MailMessage
import Testing

@testable import MailStore

@Suite struct SpoolTests {
    static let threshold = MessageBody.fileThreshold

    private func spooled(_ size: Int, in store: MailStore, piece: Int = 60_000) async throws -> StorableMessage {
        let spool = store.makeSpool()
        let bytes = Self.bytes(size)
        for start in stride(from: 0, to: size, by: piece) {
            try await spool.append(bytes[start..<min(size, start + piece)])
        }
        #expect(spool.size == Int64(size))
        return try await spool.finish()
    }

    static func bytes(_ size: Int) -> [UInt8] { (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 9) } }

    private func files(below path: String) -> [String] {
        let found = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        return found.filter { $0.split(separator: "/").last?.count ?? 0 > 20 }
    }

    @Test(arguments: [0, 1, threshold - 1, threshold, threshold + 1, 3 * threshold + 7])
    func everySizeComesBack(_ size: Int) async throws {
        try await withStore { store, _ in
            let account = try store.account(AccountID(1))
            let uid = try await account.append(try await spooled(size, in: store))
            let body = try await account.read { try $0.body(of: $0.id("INBOX"), uid: uid) }
            if case .file = body { #expect(size >= Self.threshold) } else { #expect(size < Self.threshold) }
            let reader = try await store.open(body)
            #expect(try await reader.read(at: 0, count: size + 10) == Self.bytes(size))
            #expect(try await reader.read(at: Int64(size), count: 1) == [])
            if size > 2 { #expect(try await reader.read(at: 1, count: 2) == Array(Self.bytes(size)[1...2])) }
            #expect(try await account.check() == [])
        }
    }

    @Test func aLargeMessageReachesManyAccountsByLinks() async throws {
        try await withStore { store, _ in
            do {
                let large = try await spooled(Self.threshold * 2, in: store)
                for id in 1...3 as ClosedRange<Int64> { try await store.account(AccountID(id)).append(large) }
                #expect(files(below: store.path + "/spool").count == 1)
            }
            #expect(files(below: store.path + "/spool").isEmpty)
            #expect(files(below: store.path + "/accounts").count == 3)
            for id in 1...3 as ClosedRange<Int64> { #expect(try await store.account(AccountID(id)).check() == []) }
        }
    }

    @Test func refusedAndExpungedFilesGo() async throws {
        try await withStore { store, _ in
            let account = try store.account(AccountID(1))
            let large = try await spooled(Self.threshold, in: store)
            let error = await storeError {
                try await account.write { transaction in
                    _ = try transaction.append(large, to: transaction.id("INBOX"), receivedAt: 1)
                    throw StoreError.notPermitted("after all")
                }
            }
            #expect(error == .notPermitted("after all"))
            #expect(files(below: store.path + "/accounts").isEmpty)
            try await account.append(large)
            _ = try await account.write { try $0.copy(.all, from: $0.id("INBOX"), to: $0.id("Archive")) }
            _ = try await account.write { try $0.remove(in: $0.id("INBOX"), .all) }
            try await account.collectGarbage()
            #expect(files(below: store.path + "/accounts").count == 1)
            _ = try await account.write { try $0.remove(in: $0.id("Archive"), .all) }
            try await account.collectGarbage()
            #expect(files(below: store.path + "/accounts").isEmpty)
        }
    }

    @Test func expungedBytesGoByThemselves() async throws {
        try await withStore { store, _ in
            let account = try store.account(AccountID(1))
            try await account.append(try await spooled(Self.threshold, in: store))
            _ = try await account.write { try $0.remove(in: $0.id("INBOX"), .all) }
            #expect(try await eventually { files(below: store.path + "/accounts").isEmpty })
        }
    }

    @Test func orphansAreSweptWhenOldEnough() async throws {
        try await withStore { store, _ in
            let account = try store.account(AccountID(1))
            try await account.append(try await spooled(Self.threshold, in: store))
            let orphan = try Self.bytes(10).withUnsafeBytes { try account.folder.files.store($0) }
            let now = MailStore.now()
            #expect(try await account.sweepOrphans(now: now) == [])
            #expect(try await account.sweepOrphans(now: now + BodyFiles.orphanAge + 10) == [orphan])
            #expect(try await account.check() == [])
        }
    }

    @Test func aLargeMessageInHandBecomesAFileToo() async throws {
        try await withStore { store, _ in
            let account = try store.account(AccountID(1))
            try await account.append(StorableMessage(Self.bytes(Self.threshold)))
            #expect(files(below: store.path + "/accounts").count == 1)
            #expect(try await account.check() == [])
        }
    }

    @Test func aDiscardedSpoolLeavesNothing() async throws {
        try await withStore { store, _ in
            let spool = store.makeSpool()
            try await spool.append(Self.bytes(Self.threshold * 2))
            #expect(files(below: store.path + "/spool").count == 1)
            spool.discard()
            #expect(files(below: store.path + "/spool").isEmpty && spool.size == 0)
        }
    }

    @Test(
        arguments: [
            ("", 0xef46_db37_51d8_e999), ("a", 0xd24e_c4f1_a98c_6e5b), ("abc", 0x44bc_2cf5_ad77_0999),
        ] as [(String, UInt64)])
    func digestsOfKnownText(_ text: String, _ expected: UInt64) {
        #expect(ContentDigest.of(Array(text.utf8)) == expected)
    }

    @Test func piecesMakeTheSameDigest() {
        let bytes = Self.bytes(10_000)
        for piece in [1, 7, 31, 32, 33, 64, 1_000] {
            var digest = ContentDigest()
            for start in stride(from: 0, to: bytes.count, by: piece) {
                bytes[start..<min(bytes.count, start + piece)].withUnsafeBytes { digest.consume($0) }
            }
            #expect(digest.value == ContentDigest.of(bytes))
        }
    }
}
