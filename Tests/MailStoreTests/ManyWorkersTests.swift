import Foundation
import MailMessage
import Testing

@testable import MailStore

/// Several processes over one store folder.
@Suite(.serialized) struct ManyWorkersTests {
    private func uids(_ lines: [String]) -> [UInt32] { lines.compactMap { UInt32($0) } }

    @Test func everyAppendHasItsOwnUID() async throws {
        try await withStore { store, _ in
            let account = try store.account(AccountID(1))
            try await account.append(message())
            let probes = try (0..<3).map { _ in try StoreProbe("appends", store.path, "1", "60") }
            var all: [UInt32] = [1]
            for _ in 0..<60 { all.append(try await account.append(message()).value) }
            for probe in probes { all += uids(probe.wait()) }
            #expect(all.sorted() == Array(1...241))
            let rows = try await account.read { try $0.allRows("INBOX") }
            #expect(rows.map(\.uid.value) == Array(1...241))
            #expect(Set(rows.map(\.modseq)).count > 60 && Set(rows.map(\.messageID)).count == 241)
            #expect(try await account.check() == [])
        }
    }

    /// What a killed worker has told of is there, and nobody waits for what it held.
    @Test func aKilledWriterHoldsNobodyUp() async throws {
        try await withStore { store, _ in
            let account = try store.account(AccountID(1))
            try await account.append(message())
            for _ in 0..<5 {
                let probes = try (0..<3).map { _ in try StoreProbe("appends", store.path, "1", "1000000") }
                try await Task.sleep(for: .milliseconds(Int.random(in: 20...120)))
                let told = probes.flatMap { uids($0.kill()) }
                let started = ContinuousClock.now
                try await account.append(message())
                #expect(started.duration(to: .now) < .seconds(3))
                let there = Set(try await account.read { try $0.allRows("INBOX").map(\.uid.value) })
                #expect(!told.isEmpty && told.allSatisfy(there.contains))
            }
            #expect(try await account.check() == [])
        }
    }

    @Test func everyRecipientIsClaimedOnce() async throws {
        try await withStore { store, clock in
            clock.now = 1_000
            for _ in 0..<5 {
                try await store.queue.enqueue(
                    QueueSubmission(
                        message(), QueueEnvelope(sender: nil, receivedAt: 990),
                        to: (0..<10).map { QueueRecipient(destination: .account(AccountID($0 + 1)), address: nil) }))
            }
            let probes = try (0..<3).map { _ in try StoreProbe("claims", store.path) }
            let claimed = probes.flatMap { $0.wait() }
            #expect(claimed.count == 50 && Set(claimed).count == 50)
        }
    }

    /// What another worker has changed counts here too, though no generation moved and no session looked.
    @Test func usageOfOthersIsSeen() async throws {
        let fixture = try DirectoryFixture(now: 1_000)
        let other = try MailStore(at: fixture.store.path)
        let id = try await fixture.store.directory.write { transaction in
            _ = try transaction.addDomain(try #require(MailDomain("example.test")))
            return try transaction.addAccount(NewAccount(address: try Made.address("x@example.test")))
        }
        let entry = try #require(try await fixture.store.directory.entry(id: id))
        for count in 1...2 {
            try await other.account(id).append(message(size: 1_000))
            #expect(
                try await eventually {
                    await fixture.store.directory.hints(of: entry).bytesUsed == Int64(count) * 1_000
                })
        }
        await other.close()
        await fixture.store.close()
    }

    @Test func twoHousekeepersDoNoHarm() async throws {
        try await withStore { store, _ in
            let other = try MailStore(at: store.path)
            let account = try store.account(AccountID(1))
            for _ in 0..<4 { try await account.append(message(size: MessageBody.fileThreshold)) }
            let both = [store, other].map {
                Housekeeping(store: $0.path, accounts: $0.accounts, directory: $0.directory)
            }
            await withTaskGroup { group in
                for housekeeping in both + both {
                    group.addTask {
                        await housekeeping.refreshHints()
                        await housekeeping.sweepOrphans()
                    }
                }
            }
            #expect(try await account.check() == [])
            #expect(try await other.account(AccountID(1)).read { try $0.allRows("INBOX").count } == 4)
            await other.close()
        }
    }

    /// Two processes never take one name, nor does one that has an earlier one's number.
    @Test func namesAreNeverTaken() throws {
        let folder = temporaryPath()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let posts = (0..<20).map { _ in ChangePost(directory: folder) }
        for post in posts { post.listen { _ in } }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 20)
        for post in posts { post.close() }
        let files = try (0..<20).map { _ in try SpoolFile(in: folder) }
        #expect(Set(files.map(\.path)).count == 20)
    }
}

/// A process of `worker-probe` that has said it is ready, and what else it says.
struct StoreProbe {
    private let process = Process()
    private let output = Pipe()

    init(_ arguments: String...) throws {
        process.executableURL = Bundle.main.executableURL?.deletingLastPathComponent().appending(path: "worker-probe")
        process.arguments = arguments
        process.standardOutput = output
        try process.run()
        #expect(output.fileHandleForReading.readData(ofLength: 6) == Data("ready\n".utf8))
    }

    func wait() -> [String] {
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return lines(data)
    }

    func kill() -> [String] {
        Foundation.kill(process.processIdentifier, SIGKILL)
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return lines(data)
    }

    /// A last line without its end was never said.
    private func lines(_ data: Data) -> [String] {
        String(decoding: data, as: UTF8.self).components(separatedBy: "\n").dropLast()
    }
}
