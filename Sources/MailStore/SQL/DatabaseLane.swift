internal import Synchronization

/// The way to one database: writes one after the other with group commit, reads beside them.
///
/// The first connection serves writes, and reads while nothing is being written. A second one is opened only for a read
/// that would otherwise wait behind somebody's fsync, or that is to run beside another.
package final class DatabaseLane: Sendable {
    /// How many requests one transaction may carry: bounds the wait of the first by the work of the last.
    static let batchLimit = 128

    private let threads: StoreThreads
    private let main: ConnectionSlot
    private let reader: ConnectionSlot
    private let state = Mutex(State())

    private struct State {
        var writes: [WriteRequest] = []
        var mainReads: [ReadRequest] = []
        var sideReads: [ReadRequest] = []
        var mainIsBusy = false
        var mainIsWriting = false
        var sideIsBusy = false
        var isClosed = false
        var lastUse: ContinuousClock.Instant = .now
    }

    /// `opened` sees the first connection each time it is new, before anybody uses it.
    package init(
        threads: StoreThreads, opened: @escaping @Sendable (SQLConnection) throws -> Void = { _ in },
        open: @escaping @Sendable () throws -> SQLConnection
    ) {
        self.threads = threads
        main = ConnectionSlot(metrics: threads.metrics) {
            let connection = try open()
            try opened(connection)
            return connection
        }
        reader = ConnectionSlot(metrics: threads.metrics, open: open)
    }

    /// A consistent view: one read transaction around the closure. `beside`: whatever the first connection does.
    package func read<T: Sendable>(
        beside: Bool = false, _ body: @escaping @Sendable (SQLConnection) throws -> T
    ) async throws(StoreError) -> T {
        let result: Result<T, StoreError> = await withCheckedContinuation { continuation in
            enqueue(
                ReadRequest { slot in
                    let result = slot.read(body)
                    return { continuation.resume(returning: result) }
                }, beside: beside
            ) { continuation.resume(returning: .failure(.closed)) }
        }
        return try result.get()
    }

    /// Durable when it returns. Requests that wait together share one transaction; each has its own savepoint, and a
    /// failing one takes back only its own changes. The closure must be repeatable.
    /// A relaxed one asks for no sync: it becomes durable with the next write that does.
    @discardableResult
    package func write<T: Sendable>(
        isRelaxed: Bool = false, _ body: @escaping @Sendable (SQLConnection, WriteEffects) throws -> T
    ) async throws(StoreError) -> T {
        let result: Result<T, StoreError> = await withCheckedContinuation { continuation in
            let request = WriteRequest(
                isRelaxed: isRelaxed, body, finish: { continuation.resume(returning: $0) })
            enqueue(request)
        }
        return try result.get()
    }

    /// Runs while both connections are closed and everybody waits. Blocks a store thread.
    func exclusively<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws(StoreError) -> T {
        while !takeBoth(idleSince: .now) { try? await Task.sleep(for: .milliseconds(2)) }
        defer { releaseBoth() }
        return try await threads.run {
            self.reader.close()
            self.main.close()
            return try body()
        }
    }

    /// True when the databases were closed, or were not open; false when the lane is in use.
    func closeIfIdle(since: ContinuousClock.Instant) -> Bool {
        guard takeBoth(idleSince: since) else { return false }
        reader.close()
        main.close()
        releaseBoth()
        return true
    }

    private func takeBoth(idleSince moment: ContinuousClock.Instant) -> Bool {
        state.withLock { state in
            guard !state.mainIsBusy, !state.sideIsBusy, state.lastUse <= moment else { return false }
            state.mainIsBusy = true
            state.sideIsBusy = true
            return true
        }
    }

    var isOpen: Bool { main.isOpen || reader.isOpen }
    var waitingWrites: Int { state.withLock { $0.writes.count } }
    var isBusy: Bool { state.withLock { $0.mainIsBusy || $0.sideIsBusy } }
    var lastUse: ContinuousClock.Instant { state.withLock { $0.lastUse } }

    /// Refuses new requests, lets the waiting ones finish, closes the connections.
    package func close() async {
        state.withLock { $0.isClosed = true }
        while !closeIfIdle(since: .now) { try? await Task.sleep(for: .milliseconds(2)) }
    }

    // MARK: Scheduling

    private func enqueue(_ request: WriteRequest) {
        let start: Bool? = state.withLock { state in
            guard !state.isClosed else { return nil }
            state.writes.append(request)
            state.lastUse = .now
            defer { state.mainIsBusy = true }
            return !state.mainIsBusy
        }
        guard let start else { return request.complete(.closed) }
        if start { threads.submit { self.runMain() } }
    }

    private enum Route { case main, side, waits, closed }

    private func enqueue(_ request: ReadRequest, beside: Bool, refused: () -> Void) {
        let route: Route = state.withLock { state in
            guard !state.isClosed else { return .closed }
            state.lastUse = .now
            if !beside, !state.mainIsWriting, state.writes.isEmpty {
                state.mainReads.append(request)
                defer { state.mainIsBusy = true }
                return state.mainIsBusy ? .waits : .main
            }
            state.sideReads.append(request)
            guard !state.sideIsBusy else { return .waits }
            state.sideIsBusy = true
            return .side
        }
        switch route {
        case .main: threads.submit { self.runMain() }
        case .side: threads.submit { self.runSide() }
        case .waits: break
        case .closed: refused()
        }
    }

    /// One turn of the first connection: the reads that came while it was idle, then all waiting writes at once.
    private func runMain() {
        let (reads, writes) = state.withLock { state in
            let batch = Array(state.writes.prefix(Self.batchLimit))
            state.writes.removeFirst(batch.count)
            state.mainIsWriting = !batch.isEmpty
            defer { state.mainReads = [] }
            return (state.mainReads, batch)
        }
        for request in reads { request.run(main)() }
        if !writes.isEmpty { main.commit(writes) }
        let again = state.withLock { state in
            state.lastUse = .now
            state.mainIsWriting = false
            state.mainIsBusy = !state.writes.isEmpty || !state.mainReads.isEmpty
            return state.mainIsBusy
        }
        if again { threads.submit { self.runMain() } }
    }

    private func runSide() {
        while true {
            let batch: [ReadRequest] = state.withLock { state in
                state.lastUse = .now
                if state.sideReads.isEmpty { state.sideIsBusy = false }
                defer { state.sideReads = [] }
                return state.sideReads
            }
            if batch.isEmpty { return }
            for request in batch { request.run(reader)() }
        }
    }

    private func releaseBoth() {
        let (runMain, runSide) = state.withLock { state in
            state.mainIsBusy = !state.writes.isEmpty || !state.mainReads.isEmpty
            state.sideIsBusy = !state.sideReads.isEmpty
            return (state.mainIsBusy, state.sideIsBusy)
        }
        if runMain { threads.submit { self.runMain() } }
        if runSide { threads.submit { self.runSide() } }
    }
}

/// Runs on a slot and returns what tells the caller.
struct ReadRequest: Sendable {
    let run: @Sendable (ConnectionSlot) -> () -> Void
    init(_ run: @escaping @Sendable (ConnectionSlot) -> () -> Void) { self.run = run }
}
