import MailAdmin
import MailMessage
import MailStore
import Synchronization

/// The figures of this moment. Going through all accounts takes some time, so they may be a minute old.
struct Overview: Sendable {
    static let memorySeconds: EpochSeconds = 60
    static let nearlyFullPercent: Int64 = 90

    var accounts = 0
    var nearlyFull = 0
    var used: Int64 = 0
    var queue: QueueSummary
    var oldestAt: EpochSeconds?
    var certificateEndsAt: EpochSeconds?

    init(of store: MailStore) async throws {
        queue = try await store.queue.summary()
        oldestAt = queue.entries == 0 ? nil : try await store.queue.oldestAt()
        certificateEndsAt = try await store.statistics.certificateEnd()
        (accounts, nearlyFull, used) = try await store.directory.read { reader in
            var (accounts, nearlyFull, used) = (0, 0, Int64(0))
            try reader.eachUsage { facts in
                accounts += 1
                used = used &+ facts.bytesUsed
                if facts.percent >= Self.nearlyFullPercent { nearlyFull += 1 }
            }
            return (accounts, nearlyFull, used)
        }
    }
}

/// The last figures of this process.
final class OverviewMemory: Sendable {
    private let known = Mutex<(at: EpochSeconds, figures: Overview)?>(nil)

    func figures(of store: MailStore, now: EpochSeconds) async throws -> Overview {
        if let known = known.withLock({ $0 }), (0..<Overview.memorySeconds).contains(now - known.at) {
            return known.figures
        }
        let figures = try await Overview(of: store)
        known.withLock { $0 = (now, figures) }
        return figures
    }
}
