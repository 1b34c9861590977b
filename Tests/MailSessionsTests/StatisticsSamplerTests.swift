import Foundation
import MailShared
import MailStore
import Testing

@testable import MailSessions

@Suite struct StatisticsSamplerTests {
    private static func store() throws -> MailStore {
        let path = NSTemporaryDirectory() + "posthus-sampler-" + UUID().uuidString
        try MailStore.create(at: path, isTestStore: true)
        return try MailStore(at: path)
    }

    /// All workers together, dead ones too; the one that takes over counts nothing twice, and a new server begins at zero.
    @Test func whatAllWorkersCounted() async throws {
        let store = try Self.store()
        defer { try? FileManager.default.removeItem(atPath: store.path) }
        let seat = try SharedSeat.alone(secret: [1])
        let workers = [Metrics(seat.region.metrics(slot: 0)), Metrics(seat.region.metrics(slot: 1))]
        for worker in workers { worker.begin(role: .smtp, pid: 1, startedAt: 1) }
        for worker in workers { worker.add(.mailDelivered, 3) }
        workers[1].add(.loginLocked, 2)
        workers[0].set(.queueMessages, 7)
        try await Self.run(StatisticsSampler(store, seat))
        workers[1].add(.mailQueued, 4)
        try await Self.run(StatisticsSampler(store, seat))
        var day = try #require(try await store.statistics.samples(.day, since: 0).last)
        #expect(day.counts.messagesIn == 10 && day.counts.failures == 2 && day.counts.locked == 2 && day.queued == 7)

        let next = try SharedSeat.alone(secret: [2])
        let worker = Metrics(next.region.metrics(slot: 0))
        worker.begin(role: .all, pid: 2, startedAt: 2)
        worker.add(.mailDelivered, 50)
        try await Self.run(StatisticsSampler(store, next))
        day = try #require(try await store.statistics.samples(.day, since: 0).last)
        #expect(day.counts.messagesIn == 60)
        await store.close()
    }

    /// It samples when it stops.
    private static func run(_ sampler: StatisticsSampler) async throws {
        sampler.start()
        await sampler.stop()
    }
}
