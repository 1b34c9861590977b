package import MailMessage
internal import Synchronization

/// `trail.db`: what happened to each message, written by every process, read by `mailctl trace`.
///
/// Mail never waits for it: events are buffered, written together a moment later, and not synced by themselves. A crash costs
/// the last moment, a power cut the last seconds.
package final class Trail: Sendable {
    static let pause = Duration.milliseconds(200)
    /// After a write that failed.
    static let patience = Duration.seconds(2)

    /// The upper pages of the indexes, and some leaves: what else an insert touches the kernel has at hand. Each worker fills
    /// it to the brim as the trail grows.
    static let cacheKiB = 512

    let lane: DatabaseLane
    let clock: @Sendable () -> EpochSeconds
    private let buffer = Mutex(TrailBuffer())

    /// Nothing is opened before the first use.
    package init(at path: String, threads: StoreThreads, clock: @escaping @Sendable () -> EpochSeconds) {
        self.clock = clock
        lane = DatabaseLane(threads: threads) {
            // SQLite would make it by the umask; its -wal and -shm follow the mode of the file.
            if !StoreFolder.exists(path) { _ = try? FileHandle.create(path) }
            let connection = try SQLConnection.open(path, schema: TrailSchema.schema)
            try connection.execute("PRAGMA cache_size=-\(Self.cacheKiB)")
            return connection
        }
    }

    /// Returns at once, from any thread; when the disk has not kept up, the event is counted as lost.
    package func note(_ event: TrailEvent) {
        var timed = event
        timed.at = event.at ?? clock()
        let wanted = buffer.withLock { [timed] in $0.add(timed) }
        schedule(wanted, after: Self.pause)
    }

    package func note(_ events: [TrailEvent]) { for event in events { note(event) } }

    private func schedule(_ wanted: TrailBuffer.Wanted, after pause: Duration) {
        switch wanted {
        case .nothing: break
        case .flush: Task { await self.flush() }
        case .timer:
            Task {
                try? await Task.sleep(for: pause)
                self.buffer.withLock { $0.timerFired() }
                await self.flush()
            }
        }
    }

    /// Writes what waits, and waits for what another task writes. What cannot be written stays, as far as there is room.
    package func flush() async {
        while true {
            let (taken, isSettled) = buffer.withLock { ($0.take(), $0.isSettled) }
            if isSettled { return }
            guard let taken else {
                try? await Task.sleep(for: .milliseconds(1))
                if Task.isCancelled { return }
                continue
            }
            guard await write(taken.events, lost: taken.lost) else { return }
        }
    }

    private func write(_ events: [TrailEvent], lost: Int) async -> Bool {
        do {
            try await lane.write(isRelaxed: true) { [clock] database, _ in
                try TrailWriter(database).store(events, lost: lost, now: clock())
            }
            buffer.withLock { $0.taken() }
            return true
        } catch {
            schedule(buffer.withLock { $0.putBack(events, lost: lost) }, after: Self.patience)
            return false
        }
    }

    package func close() async {
        await flush()
        await lane.close()
    }
}
