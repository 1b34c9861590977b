import MailCrypto
import MailMessage
import MailShared
import MailStore
import Synchronization

/// Writes down every five minutes what all workers have counted: one worker of a server does, the one that keeps house.
package final class StatisticsSampler: Sendable {
    static let period: EpochSeconds = 300
    static let firstSample = Duration.seconds(5)

    private let store: MailStore
    private let region: SharedRegion
    /// Unlike any other server's whose counters began at another time.
    private let server: String
    private let task = Mutex<Task<Void, Never>?>(nil)

    /// The secret lives as long as the counters do; with another layout they begin anew.
    init(_ store: MailStore, _ seat: SharedSeat) {
        self.store = store
        region = seat.region
        server = Hex.encode(
            Array(hmacSHA256(key: seat.secret, Array("statistics \(MetricsLayout.fingerprint)".utf8)).prefix(16)))
    }

    func start() {
        task.withLock { task in
            guard task == nil else { return }
            task = Task.detached { await self.run() }
        }
    }

    /// With what was counted since the last time.
    func stop() async {
        let running = task.withLock { task in
            defer { task = nil }
            return task
        }
        guard let running else { return }
        running.cancel()
        await running.value
        await sample()
    }

    private func run() async {
        // So that there is something to see soon after the first start.
        try? await Task.sleep(for: Self.firstSample)
        if !Task.isCancelled { await sample() }
        while !Task.isCancelled {
            let past = systemClock() % Self.period
            try? await Task.sleep(for: .seconds(Self.period - past))
            if !Task.isCancelled { await sample() }
        }
    }

    private func sample() async {
        try? await store.statistics.note(ServerReading(region.readMetrics()), of: server)
    }
}

extension ServerReading {
    init(_ metrics: MetricsSnapshot) {
        func sum(_ counters: Counter...) -> Int64 {
            counters.reduce(0) { $0 &+ Int64(clamping: metrics.value($1)) }
        }
        func gauge(_ gauge: Gauge) -> Int64 { Int64(clamping: metrics.value(gauge) ?? 0) }
        let counts = ServerCounts(
            messagesIn: sum(.mailDelivered, .mailQueued), messagesOut: sum(.queueDelivered),
            logins: sum(.loginSucceeded),
            failures: sum(.loginWrong, .loginLocked, .loginNoPassword, .loginFormer, .loginBroken),
            locked: sum(.loginLocked))
        let total = gauge(.diskTotal)
        self.init(
            counts: counts, queued: gauge(.queueMessages), diskUsed: max(0, total - gauge(.diskFree)), diskTotal: total,
            certificateEndsAt: gauge(.certificateEndsAt))
    }
}
