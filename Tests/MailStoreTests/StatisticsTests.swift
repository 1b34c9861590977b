import Foundation
import MailMessage
import Testing

@testable import MailStore

@Suite struct StatisticsTests {
    private static func reading(_ messages: Int64, queued: Int64 = 0, disk: Int64 = 0) -> ServerReading {
        ServerReading(
            counts: ServerCounts(messagesIn: messages, messagesOut: 0, logins: messages * 2, failures: 0, locked: 0),
            queued: queued, diskUsed: disk, diskTotal: disk * 2, certificateEndsAt: 7)
    }

    @Test(arguments: [(Int64(10), Int64(15), Int64(5)), (10, 10, 0), (10, 3, 0), (0, 4, 4), (.max, 0, 0)])
    func differences(before: Int64, after: Int64, new: Int64) {
        let counts = Self.reading(after).counts.since(
            ServerCounts(messagesIn: before, messagesOut: 0, logins: 0, failures: 0, locked: 0))
        #expect(counts.messagesIn == new)
    }

    @Test func samplesAddUpInEachSpan() async throws {
        let fixture = try DirectoryFixture(now: 1_800_000_000)  // a day and an hour begin
        let statistics = fixture.store.statistics
        try await statistics.note(Self.reading(10, queued: 5, disk: 100), of: "a")
        fixture.clock.advance(by: 60)
        try await statistics.note(Self.reading(14, queued: 3), of: "a")
        fixture.clock.advance(by: 600)
        try await statistics.note(Self.reading(20, queued: 1, disk: 120), of: "a")
        let fine = try await statistics.samples(.fiveMinutes, since: 0)
        #expect(fine.map(\.counts.messagesIn) == [14, 6] && fine.map(\.queued) == [5, 1])
        #expect(fine.map(\.diskUsed) == [100, 120])
        let hours = try await statistics.samples(.hour, since: 0)
        #expect(hours.map(\.counts.messagesIn) == [20] && hours.map(\.counts.logins) == [40])
        #expect(hours.map(\.queued) == [5] && hours.map(\.diskUsed) == [120] && hours.map(\.diskTotal) == [240])
        #expect(try await statistics.certificateEnd() == 7)
    }

    /// While one worker takes over from another, both look at the same counters, and the slower one has looked earlier.
    @Test func twoThatOverlapCountNothingTwice() async throws {
        let fixture = try DirectoryFixture()
        let statistics = fixture.store.statistics
        for (server, messages) in [("a", Int64(10)), ("a", 105), ("a", 100), ("b", 7), ("a", 106), ("b", 8), ("b", 7)] {
            try await statistics.note(Self.reading(messages), of: server)
        }
        #expect(try await statistics.samples(.day, since: 0).map(\.counts.messagesIn) == [106 + 8])
    }

    /// A worker that takes over goes on; a server that was started anew begins at zero, also when it has counted more by then.
    @Test func restarts() async throws {
        let fixture = try DirectoryFixture()
        try await fixture.store.statistics.note(Self.reading(10), of: "a")
        await fixture.store.close()
        let next = try fixture.second()
        try await next.statistics.note(Self.reading(12), of: "a")
        try await next.statistics.note(Self.reading(30), of: "b")
        #expect(try await next.statistics.samples(.day, since: 0).map(\.counts.messagesIn) == [42])
        await next.close()
    }

    @Test func oldRowsGo() async throws {
        let fixture = try DirectoryFixture()
        let statistics = fixture.store.statistics
        for day in 0..<110 {
            try await statistics.note(Self.reading(Int64(day)), of: "a")
            fixture.clock.advance(by: 86_400)
        }
        #expect(try await statistics.samples(.fiveMinutes, since: 0).count == 9)
        #expect(try await statistics.samples(.hour, since: 0).count == 100)
        #expect(try await statistics.samples(.day, since: 0).count == 109)
    }

    @Test func nothingIsMadeByLooking() async throws {
        let fixture = try DirectoryFixture()
        #expect(try await fixture.store.statistics.samples(.day, since: 0).isEmpty)
        #expect(try await fixture.store.statistics.certificateEnd() == nil)
        #expect(!FileManager.default.fileExists(atPath: fixture.path + "/statistics.db"))
    }
}
