import Foundation
import MailMessage
import Testing

@testable import MailStore

@Suite struct BackupTests {
    /// A store with mail, and a folder for backups that goes with the test.
    private func withBackup(
        _ body: (MailStore, TestClock, BackupRepository) async throws -> Void
    ) async throws {
        try await withStore { store, clock in
            let path = temporaryPath()
            defer { try? FileManager.default.removeItem(atPath: path) }
            try await body(store, clock, try BackupRepository.make(at: path))
        }
    }

    private func restored(
        _ repository: BackupRepository, _ body: (MailStore) async throws -> Void
    ) async throws {
        let path = temporaryPath()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let snapshot = try #require(try repository.snapshot())
        try MailStore.restore(snapshot, of: repository, to: path, now: 5)
        let store = try MailStore(at: path)
        do { try await body(store) } catch {
            await store.close()
            throw error
        }
        await store.close()
    }

    @Test func nothingIsGivenTwice() async throws {
        try await withBackup { store, clock, repository in
            let account = try store.account(AccountID(1))
            for _ in 0..<3 { try await account.append(message("kept")) }
            _ = try await store.backUp(to: repository, now: clock.now)
            let validity = try await account.read { try $0.mailbox(.inbox)?.uidValidity }
            // What is lost with the store: its UIDs and change numbers were seen by clients.
            for _ in 0..<5 { try await account.append(message("lost")) }
            let lost = try await account.read { try $0.mailboxes().map(\.highestModSeq).max() ?? .zero }
            try await restored(repository) { again in
                let account = try again.account(AccountID(1))
                let inbox = try await account.read { try $0.mailbox(.inbox) }
                #expect(inbox?.total == 3)
                #expect(inbox?.uidValidity == validity)
                let unread = try await account.read { try $0.markedUnseen(in: try $0.id("INBOX"), around: .all) }
                #expect(unread == uids(1, 2, 3))
                let next = try await account.append(message("new"))
                #expect(next.value > 8 + 1_000)
                let (oldest, remembered) = try await account.read { reader in
                    let id = try reader.id("INBOX")
                    var changes: [ModSeq] = []
                    try reader.rows(in: id, .all) { changes.append($0.modseq) }
                    return (changes.min(), try reader.rememberedVanished(in: id, since: lost))
                }
                #expect(oldest.map { $0 > lost } == true)
                #expect(remembered == nil)  // so a client is told by comparison which UIDs are gone
            }
        }
    }

    @Test func onlyWhatIsNewIsAdded() async throws {
        try await withBackup { store, clock, repository in
            let account = try store.account(AccountID(1))
            for _ in 0..<20 { try await account.append(message(size: 100_000)) }
            try await account.append(message(size: MessageBody.fileThreshold))
            let first = try await store.backUp(to: repository, now: clock.now)
            #expect(first.added > 2_000_000 && first.snapshot.messages == 21)
            try await account.append(message("one more"))
            let second = try await store.backUp(to: repository, now: clock.now)
            #expect(second.added < 400_000 && second.snapshot.messages == 22)
            #expect(second.snapshot.at == first.snapshot.at + 1)
            let third = try await store.backUp(to: repository, now: clock.now)
            #expect(third.added < 20_000)
            for entry in third.snapshot.entries {
                let scratch = temporaryPath()
                defer { try? FileManager.default.removeItem(atPath: scratch) }
                #expect(try MailStore.verify(entry, of: repository, in: scratch) == [])
            }
        }
    }

    @Test func aRunThatDiedIsRunAgain() async throws {
        try await withBackup { store, clock, repository in
            let account = try store.account(AccountID(1))
            try await account.append(message(size: 200_000))
            let writer = BackupWriter(repository: repository, run: clock.now)
            for part in store.backupParts() { _ = try writer.back(up: part, after: nil) }
            #expect(try repository.snapshot() == nil)
            try await account.append(message(size: 200_000))
            let report = try await store.backUp(to: repository, now: clock.now)
            #expect(report.failures.isEmpty && report.snapshot.messages == 2)
            try await restored(repository) { again in
                let problems = try await again.check(account: AccountID(1))
                #expect(problems == [])
            }
        }
    }

    @Test func aStampThatIsFreshTellsNothing() throws {
        let path = temporaryPath()
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data("x".utf8).write(to: URL(filePath: path))
        let fresh = try #require(DatabaseStamp.of(path))
        #expect(!DatabaseStamp.isSame(fresh, fresh))
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1_000)], ofItemAtPath: path)
        let settled = try #require(DatabaseStamp.of(path))
        #expect(DatabaseStamp.isSame(settled, settled) && !DatabaseStamp.isSame(fresh, settled))
    }

    /// A map that has been damaged must not keep its account from ever being saved again.
    @Test func aDamagedMapIsWrittenAnew() async throws {
        try await withBackup { store, clock, repository in
            let account = try store.account(AccountID(1))
            try await account.append(message(size: 100_000))
            let first = try await store.backUp(to: repository, now: clock.now)
            let entry = try #require(first.snapshot.entries.first { $0.part.hasPrefix("accounts/") })
            let map = "\(repository.folder(of: entry.part))/\(entry.run).map"
            try Data("rubbish".utf8).write(to: URL(filePath: map))
            try await account.append(message("new"))
            let second = try await store.backUp(to: repository, now: clock.now)
            #expect(second.failures.isEmpty && second.snapshot.messages == 2)
            try await restored(repository) { again in
                let problems = try await again.check(account: AccountID(1))
                #expect(problems == [])
            }
        }
    }

    /// Several in a second, and the clock between what is kept and the snapshot: the newest alone stays.
    @Test func nothingIsTooQuickToGo() async throws {
        try await withBackup { store, clock, repository in
            for _ in 0..<3 { _ = try await store.backUp(to: repository, now: clock.now) }
            _ = try await store.backUp(to: repository, now: clock.now, keepingSince: clock.now)
            #expect(repository.moments() == [clock.now + 3])
            clock.now += 10
            _ = try await store.backUp(to: repository, now: clock.now)
            _ = try await store.backUp(to: repository, now: clock.now + 1, keepingSince: clock.now)
            #expect(repository.moments() == [clock.now + 1])
        }
    }

    @Test func oldSnapshotsGoAndTheRestIsWhole() async throws {
        try await withBackup { store, clock, repository in
            let account = try store.account(AccountID(1))
            for _ in 0..<4 {
                try await account.append(message(size: MessageBody.fileThreshold))
                _ = try await store.backUp(to: repository, now: clock.now)
                clock.now += 100
            }
            let report = try await store.backUp(to: repository, now: clock.now, keepingSince: clock.now - 150)
            #expect(report.removedSnapshots == 3 && repository.moments().count == 2)
            for at in repository.moments() {
                for entry in try repository.snapshot(notAfter: at)?.entries ?? [] {
                    let scratch = temporaryPath()
                    defer { try? FileManager.default.removeItem(atPath: scratch) }
                    #expect(try MailStore.verify(entry, of: repository, in: scratch) == [])
                }
            }
        }
    }

    @Test func oneRunAtATime() async throws {
        try await withBackup { store, clock, repository in
            let lock = try BackupLock(repository)
            await #expect(throws: StoreError.busy) { _ = try await store.backUp(to: repository, now: clock.now) }
            lock.release()
            _ = try await store.backUp(to: repository, now: clock.now)
        }
    }

    @Test func whatWasOnItsWayIsHeld() async throws {
        try await withBackup { store, clock, repository in
            let recipients = [try QueueTests.recipient(1), try QueueTests.recipient(2)]
            try await store.queue.enqueue(
                try QueueTests.submission(10, to: recipients, receivedAt: clock.now))
            _ = try await store.backUp(to: repository, now: clock.now)
            try await restored(repository) { again in
                #expect(try await again.queue.claim(waitingFor: "", limit: 9) == [])
                #expect(try await again.queue.lines(limit: 9).map(\.isHeld) == [true, true])
                #expect(try await again.queue.release(nil) == 2)
                #expect(try await again.queue.waiting(limit: 9).flatMap(\.recipients).count == 2)
                let entry = try #require(try await again.queue.lines(limit: 9).first).entry
                #expect(try await again.queue.remove(entry) == 2)
                #expect(try await again.queue.summary().entries == 0)
            }
        }
    }

    /// Keys, secrets, the trail and what may be sent: all that a store cannot make anew.
    @Test func whatIsNoMailComesBackToo() async throws {
        try await withBackup { store, clock, repository in
            let files = [
                "srs.secret": "thirty-two bytes of nobody knows", "keys/dkim/example.test/keys": "posthus-dkim 1\n",
                "keys/dkim/example.test/a.pem": "-----BEGIN\u{0}PRIVATE KEY-----\n",
            ]
            for (path, text) in files {
                let place = URL(filePath: "\(store.path)/\(path)")
                try FileManager.default.createDirectory(
                    at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: place)
            }
            let arrival = TrailArrival(sender: "anna@uni.example", origin: .outside)
            store.trail.note(TrailEvent("m1", .accepted(arrival), at: clock.now))
            store.trail.note(TrailEvent("m1", .bounced, to: "bo@far.example", at: clock.now))
            await store.trail.flush()
            let report = try await store.backUp(to: repository, now: clock.now)
            #expect(report.failures.isEmpty)
            #expect(Set(report.snapshot.entries.map(\.part)).isSuperset(of: ["secrets", "trail"]))
            let again = try await store.backUp(to: repository, now: clock.now, keepingSince: clock.now + 9)
            #expect(again.removedSnapshots == 1)
            for entry in again.snapshot.entries {
                let scratch = temporaryPath()
                defer { try? FileManager.default.removeItem(atPath: scratch) }
                #expect(try MailStore.verify(entry, of: repository, in: scratch) == [])
                #expect(SecretFiles(root: scratch).paths() == [])
            }
            #expect(try Self.readableByOthers(below: repository.path) == [])
            try await restored(repository) { restored in
                for (path, text) in files {
                    let found = try Data(contentsOf: URL(filePath: "\(restored.path)/\(path)"))
                    #expect(found == Data(text.utf8))
                }
                #expect(try Self.readableByOthers(below: restored.path + "/keys") == [])
                let page = try await restored.trail.search(TrailFilter(), limit: 10)
                #expect(page.stories.map(\.arrival) == [arrival])
                #expect(page.stories.flatMap(\.steps).map(\.fact) == [.bounced])
            }
        }
    }

    private static func readableByOthers(below path: String) throws -> [String] {
        let found = FileManager.default.enumerator(atPath: path)?.allObjects.compactMap { $0 as? String } ?? []
        #expect(!found.isEmpty)
        return try found.filter { name in
            let mode = try FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")[.posixPermissions] as? Int
            return (mode ?? 0o777) & 0o077 != 0
        }
    }

    /// To look for one account's mail in a backup nobody needs the keys.
    @Test func keysStayWhereOneAccountIsLookedAt() async throws {
        try await withBackup { store, clock, repository in
            try await store.account(AccountID(1)).append(message("kept"))
            try Data("x".utf8).write(to: URL(filePath: store.path + "/srs.secret"))
            let snapshot = try await store.backUp(to: repository, now: clock.now).snapshot
            let path = temporaryPath()
            defer { try? FileManager.default.removeItem(atPath: path) }
            try MailStore.restore(
                snapshot, of: repository, to: path, now: 5, isScratch: true, only: AccountID(1))
            #expect(SecretFiles(root: path).paths() == [])
        }
    }

    @Test(arguments: [
        "", "posthus files 2\n", "posthus files 1\n5 srs.secret\nfour", "posthus files 1\n-1 srs.secret\n",
        "posthus files 1\n1 ../srs.secret\nx", "posthus files 1\n1 keys/../../x\nx", "posthus files 1\n1 /etc/x\nx",
        "posthus files 1\n1 directory.db\nx", "posthus files 1\n1 keys//x\nx", "posthus files 1\n1 keys/a/b/c/d\nx",
        "posthus files 1\n1 srs.secret", "posthus files 1\nsrs.secret\n",
    ])
    func aFileOfSecretsIsWhatItSaysOrDamaged(_ text: String) {
        #expect(throws: StoreError.self) { try SecretFiles.files(in: Array(text.utf8), of: "x") }
    }

    @Test(arguments: [0, 7, 16, 24, 40, 71])
    func aMapThatWasCutIsDamaged(_ length: Int) throws {
        var map = ImageMap()
        map.size = 5
        map.units = [.init(run: 1, offset: 0, digest: [UInt8](repeating: 7, count: 32))]
        #expect(try ImageMap(map.bytes, file: "x") == map)
        #expect(throws: StoreError.self) { try ImageMap(Array(map.bytes.prefix(length)), file: "x") }
    }

    @Test(arguments: [
        "", "posthus snapshot 1\n", "posthus snapshot 1\ndirectory\t1\t-\t0\t0\n",
        "posthus snapshot 1\n../../etc\t1\t-\t0\t0\nend\n", "posthus snapshot 1\naccounts/ff/1\t1\t-\t0\t0\nend\n",
        "posthus snapshot 1\ndirectory\tx\t-\t0\t0\nend\n",
    ])
    func aSnapshotThatIsNotWholeIsRefused(_ text: String) {
        #expect(throws: StoreError.self) { try BackupSnapshot(text, at: 1, file: "x") }
    }
}
