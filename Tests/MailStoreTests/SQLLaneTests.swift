import Foundation
import Synchronization
import Testing

@testable import MailStore

@Suite struct SQLLaneTests {
    static let schema = Schema(name: "test", steps: ["CREATE TABLE thing (id BIGINT NOT NULL PRIMARY KEY)"])

    /// Numbers in the order they came, from whatever thread.
    final class Log: Sendable {
        private let values = Mutex<[Int]>([])
        func add(_ value: Int) { values.withLock { $0.append(value) } }
        var all: [Int] { values.withLock { $0 } }
    }

    private func withLane(_ body: (DatabaseLane, String) async throws -> Void) async throws {
        let path = temporaryPath()
        defer { removeDatabase(path) }
        let lane = DatabaseLane(threads: StoreThreads(count: 2)) { try SQLConnection.open(path, schema: Self.schema) }
        try await body(lane, path)
        await lane.close()
    }

    private func count(_ lane: DatabaseLane) async throws -> Int64? {
        try await lane.read { try $0("SELECT count(*) FROM thing").number() }
    }

    @Test func requestsThatWaitTogetherShareOneCommit() async throws {
        try await withLane { lane, _ in
            _ = try await count(lane)
            let log = Log()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for id in 0..<200 {
                    group.addTask {
                        try await lane.write { database, effects in
                            usleep(100)  // so that others gather behind it
                            try database("INSERT INTO thing VALUES ($1)").run(id)
                            effects.afterCommit { log.add(id) }
                        }
                        #expect(log.all.contains(id))
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await count(lane) == 200)
        }
    }

    @Test func aFailingRequestTakesOnlyItsOwnChangesBack() async throws {
        try await withLane { lane, _ in
            let undone = Log()
            let results = await withTaskGroup(of: (Int, StoreError?).self) { group in
                for id in 0..<60 {
                    group.addTask {
                        do throws(StoreError) {
                            try await lane.write { database, effects in
                                effects.afterRollback { undone.add(id) }
                                try database("INSERT INTO thing VALUES ($1)").run(id)
                                if id % 3 == 0 { throw StoreError.notPermitted("\(id)") }
                            }
                            return (id, nil)
                        } catch {
                            return (id, error)
                        }
                    }
                }
                return await group.reduce(into: [Int: StoreError?]()) { $0[$1.0] = $1.1 }
            }
            for (id, error) in results { #expect(error == (id % 3 == 0 ? .notPermitted("\(id)") : nil)) }
            #expect(undone.all.sorted() == Array(stride(from: 0, to: 60, by: 3)))
            let left = try await count(lane)
            #expect(left == 40)
        }
    }

    @Test func aForeignErrorBecomesInvalid() async throws {
        struct Odd: Error {}
        try await withLane { lane, _ in
            let error = await storeError { try await lane.write { _, _ in throw Odd() } }
            #expect(error == .invalid("Odd()"))
        }
    }

    @Test func readsDoNotWaitBehindAWrite() async throws {
        try await withLane { lane, _ in
            try await lane.write { database, _ in try database("INSERT INTO thing VALUES (1)").run() }
            let hold = DispatchSemaphore(value: 0)
            let inside = Mutex(false)
            async let slow: Void = lane.write { database, _ in
                try database("INSERT INTO thing VALUES (2)").run()
                inside.withLock { $0 = true }
                _ = hold.wait(timeout: .now() + 5)
            }
            #expect(try await eventually { inside.withLock { $0 } })
            #expect(try await count(lane) == 1)
            hold.signal()
            try await slow
            #expect(try await count(lane) == 2)
        }
    }

    @Test func twoConnectionsTakeTurns() async throws {
        try await withLane { lane, path in
            let other = DatabaseLane(threads: StoreThreads(count: 1)) {
                try SQLConnection.open(path, schema: Self.schema)
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for id in 0..<100 {
                    let chosen = id % 2 == 0 ? lane : other
                    group.addTask {
                        _ = try await chosen.write { database, _ in
                            try database("INSERT INTO thing VALUES ($1)").run(id)
                        }
                    }
                }
                try await group.waitForAll()
            }
            await other.close()
            #expect(try await count(lane) == 100)
        }
    }

    @Test func aClosedLaneRefuses() async throws {
        try await withLane { lane, _ in
            try await lane.write { database, _ in try database("INSERT INTO thing VALUES (1)").run() }
            await lane.close()
            #expect(await storeError { _ = try await count(lane) } == .closed)
            #expect(await storeError { try await lane.write { _, _ in } } == .closed)
        }
    }

    @Test func anIdleLaneClosesAndOpensAgain() async throws {
        try await withLane { lane, path in
            try await lane.write { database, _ in try database("INSERT INTO thing VALUES (1)").run() }
            #expect(lane.isOpen)
            #expect(try await eventually { lane.closeIfIdle(since: .now) })
            #expect(!lane.isOpen)
            #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
            #expect(try await count(lane) == 1)
        }
    }
}
