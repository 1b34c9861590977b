import Foundation
import MailMessage
import Testing

@testable import MailStore

/// Files of a backup that are not there any more, and restores that do not come to their end.
@Suite struct BackupLossTests {
    private func withBackup(_ body: (BackupRepository, BackupSnapshot, String) async throws -> Void) async throws {
        try await withStore { store, clock in
            let (path, scratch) = (temporaryPath(), temporaryPath())
            defer { for place in [path, scratch] { try? FileManager.default.removeItem(atPath: place) } }
            for number in 1...2 {
                let account = try store.account(AccountID(Int64(number)))
                try await account.append(message(size: MessageBody.fileThreshold))
                try await account.append(message("small"))
            }
            let repository = try BackupRepository.make(at: path)
            let report = try await store.backUp(to: repository, now: clock.now)
            try await body(repository, report.snapshot, scratch)
        }
    }

    private func files(below folder: String, _ suffix: String) -> [String] {
        let found = FileManager.default.enumerator(atPath: folder)?.allObjects.compactMap { $0 as? String } ?? []
        return found.filter { suffix.isEmpty ? $0.hasPrefix("files/") && $0.count > 20 : $0.hasSuffix(suffix) }
            .map { "\(folder)/\($0)" }
    }

    @Test(arguments: [".pack", ".map", ".files", ""])
    func whatIsLostIsAFindingOfItsPartAlone(_ suffix: String) async throws {
        try await withBackup { repository, snapshot, scratch in
            let entry = try #require(snapshot.entry(of: AccountID(1)))
            let lost = files(below: repository.folder(of: entry.part), suffix)
            #expect(!lost.isEmpty)
            for file in lost { try FileManager.default.removeItem(atPath: file) }
            for other in snapshot.entries {
                let problems = try MailStore.verify(other, of: repository, in: scratch)
                #expect(problems.isEmpty == (other.part != entry.part), "\(other.part): \(problems)")
            }
        }
    }

    @Test func aRestoreThatFailsIsInNobodysWay() async throws {
        try await withBackup { repository, snapshot, place in
            let entry = try #require(snapshot.entry(of: AccountID(2)))
            let map = try #require(files(below: repository.folder(of: entry.part), ".map").first)
            try FileManager.default.moveItem(atPath: map, toPath: map + ".away")
            #expect(throws: StoreError.self) { try MailStore.restore(snapshot, of: repository, to: place, now: 5) }
            #expect(StoreFolder.entries(of: place) == [])
            try FileManager.default.moveItem(atPath: map + ".away", toPath: map)
            try MailStore.restore(snapshot, of: repository, to: place, now: 5)
            #expect(MailStore.exists(at: place) && !StoreFolder.exists(place + "/restoring"))
        }
    }

    @Test func whatAKilledRestoreLeftIsTakenAway() async throws {
        try await withBackup { repository, snapshot, place in
            for folder in ["restoring", "accounts/00/7"] { try StoreFolder.make("\(place)/\(folder)") }
            try Data("half".utf8).write(to: URL(filePath: place + "/directory.db"))
            try MailStore.restore(snapshot, of: repository, to: place, now: 5)
            #expect(!StoreFolder.exists(place + "/accounts/00/7"))
            #expect(throws: StoreError.exists("something at \(place)")) {
                try MailStore.restore(snapshot, of: repository, to: place, now: 5)
            }
        }
    }

    @Test func somebodysOwnFilesStay() async throws {
        try await withBackup { repository, snapshot, place in
            try StoreFolder.make(place + "/mine")
            #expect(throws: StoreError.exists("something at \(place)")) {
                try MailStore.restore(snapshot, of: repository, to: place, now: 5)
            }
            #expect(StoreFolder.entries(of: place) == ["mine"])
        }
    }

    @Test func whoeverWantsNoMoreIsHeard() async throws {
        try await withBackup { repository, snapshot, place in
            #expect(throws: StoreError.stopped) {
                try MailStore.restore(
                    snapshot, of: repository, to: place, now: 5, copied: { _ in throw StoreError.stopped })
            }
            #expect(StoreFolder.entries(of: place) == [])
        }
    }
}
