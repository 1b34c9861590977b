internal import MailShared
internal import Synchronization

/// Place for one connection, opened at first use. Its lane sees to it that one thread at a time is inside.
final class ConnectionSlot: @unchecked Sendable {
    private let open: @Sendable () throws -> SQLConnection
    private var connection: SQLConnection?
    private let opened = Atomic(false)
    /// After a failed sync no commit is built upon the log before it has been written anew.
    private var logIsDoubtful = false
    private let metrics: Metrics

    init(metrics: Metrics = .off, open: @escaping @Sendable () throws -> SQLConnection) {
        self.metrics = metrics
        self.open = open
    }

    var isOpen: Bool { opened.load(ordering: .relaxed) }

    func close() {
        if let connection, connection.syncHasFailed { logIsDoubtful = (try? connection.renewLog()) == nil }
        connection = nil
        opened.store(false, ordering: .relaxed)
    }

    func read<T>(_ body: (SQLConnection) throws -> T) -> Result<T, StoreError> {
        do {
            let connection = try get()
            try connection("BEGIN").run()
            defer { connection.rollBack() }
            let value = try body(connection)
            try connection("COMMIT").run()
            return .success(value)
        } catch {
            return .failure(note(StoreError(wrapping: error)))
        }
    }

    /// All requests in one transaction; each one is told after the COMMIT, never before.
    func commit(_ requests: [WriteRequest]) {
        var waiting = requests
        var mayBeDone = false
        do {
            let connection = try getForWriting()
            let isRelaxed = requests.allSatisfy(\.isRelaxed)
            if isRelaxed { try connection.relax() }
            // One that cannot be made durable again is not used again.
            defer { if isRelaxed, (try? connection.makeDurable()) == nil { close() } }
            try connection("BEGIN IMMEDIATE").run()
            defer { connection.rollBack() }
            let done = try run(&waiting, on: connection)
            mayBeDone = true
            let watch = Stopwatch()
            try connection("COMMIT").run()
            if !isRelaxed { metrics.observe(.commit, watch.microseconds) }
            metrics.add(.storeWrite, done.count)
            for request in done { for action in request.effects.onCommit { action() } }
            for request in done { request.complete(nil) }
        } catch {
            let failure = note(StoreError(wrapping: error))
            // A COMMIT that failed on the disk may be found in the log after all: files its rows name have to stay.
            if case .inputOutput = failure {} else { mayBeDone = false }
            for request in waiting {
                if !mayBeDone { request.undo() }
                request.complete(failure)
            }
        }
    }

    /// Runs each request in its savepoint. Requests that fail by themselves are answered at once and leave `waiting`.
    private func run(_ waiting: inout [WriteRequest], on connection: SQLConnection) throws -> [WriteRequest] {
        let requests = waiting
        var failed: [(WriteRequest, StoreError)] = []
        defer { for (request, error) in failed { request.complete(error) } }
        for request in requests {
            try connection("SAVEPOINT request").run()
            guard let error = request.run(on: connection) else {
                try connection("RELEASE request").run()
                continue
            }
            // A full disk or an I/O error has already taken everything back: then all of them fail alike.
            guard !connection.isAutocommit else { throw error }
            try connection("ROLLBACK TO request").run()
            try connection("RELEASE request").run()
            request.undo()
            failed.append((request, note(error)))
            waiting.removeAll { $0 === request }
        }
        return waiting
    }

    private func get() throws -> SQLConnection {
        if let connection { return connection }
        let made = try open()
        connection = made
        opened.store(true, ordering: .relaxed)
        return made
    }

    private func getForWriting() throws -> SQLConnection {
        let connection = try get()
        guard logIsDoubtful || connection.syncHasFailed else { return connection }
        try connection.renewLog()
        logIsDoubtful = false
        return connection
    }

    /// After damage or an I/O error the next request starts with a fresh connection. Not after a failed sync: this one
    /// knows where the log ends, a new one would take the refused transaction for a committed one.
    private func note(_ error: StoreError) -> StoreError {
        if let counter = error.counter { metrics.add(counter) }
        switch error {
        case .damaged: close()
        case .inputOutput where connection?.syncHasFailed != true: close()
        default: break
        }
        return error
    }
}
