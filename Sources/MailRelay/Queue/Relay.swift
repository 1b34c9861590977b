import Glibc
package import MailDelivery
import MailMessage
import MailStore
import Synchronization

/// Takes mail out of the queue and gives it to other hosts; also retries for accounts of ours. One process of all that serve a
/// store does it at a time: whoever holds the keeper's lock.
package final class Relay: Sendable {
    /// How often the queue is looked at when nobody has rung.
    static let pause = Duration.seconds(5)
    /// Between two attempts to become the keeper while another process is.
    static let lockPause = Duration.milliseconds(100)

    private let store: MailStore
    private let scheduler: RelayScheduler
    private let retry: LocalRetry
    private let upkeep: QueueUpkeep
    private let tlsReports: TLSReportUpkeep?
    private let note: @Sendable (RelayNote) -> Void
    private let task = Mutex<Task<Void, Never>?>(nil)

    package init(parts: RelayParts, note localNote: @escaping @Sendable (QueueNote) -> Void) {
        store = parts.store
        note = parts.note
        retry = LocalRetry(store: parts.store, serverName: parts.serverName, note: localNote)
        scheduler = RelayScheduler(parts)
        upkeep = QueueUpkeep(parts)
        tlsReports = parts.tlsReports
    }

    /// Does nothing when it runs already.
    package func start() {
        task.withLock { task in
            guard task == nil else { return }
            task = Task { await self.run() }
        }
    }

    /// Returns when what is under way has ended, or its time has; what is left stays in the queue.
    package func stop() async {
        let running = task.withLock { task in
            defer { task = nil }
            return task
        }
        running?.cancel()
        await running?.value
    }

    private func run() async {
        guard let keeper = await becomeKeeper() else { return }
        defer { withExtendedLifetime(keeper) {} }
        let ear = BellEar(store.queue.bell)
        // What was under way when the last process ended is tried by nobody before this.
        await Stubborn.run { () throws(StoreError) in
            try await store.queue.recover()
        } orNote: {
            note(.trouble("\($0)"))
        }
        do { _ = try await store.queue.sweepFiles() } catch { note(.trouble("\(error)")) }
        await tlsReports?.begin()
        async let local: Void = runBeside()
        // Its end is awaited after the scheduler's: what was counted last is kept too.
        let reports = Task { await self.tlsReports?.run(self.note) }
        while !Task.isCancelled {
            await scheduler.fill()
            await ear.wait(for: Self.pause)
        }
        await scheduler.stop()
        reports.cancel()
        await reports.value
        await local
        ear.close()
    }

    /// What has its own pace and holds up nobody: accounts of ours, delays to tell, time that is over.
    private func runBeside() async {
        while !Task.isCancelled {
            await retry.run()
            await upkeep.run()
            try? await Task.sleep(for: Self.pause)
        }
    }

    private func becomeKeeper() async -> QueueKeeper? {
        while !Task.isCancelled {
            if let keeper = store.keepQueue() { return keeper }
            try? await Task.sleep(for: Self.lockPause)
        }
        return nil
    }
}
