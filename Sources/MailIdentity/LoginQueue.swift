import MailTransport
import Synchronization

/// The way to the threads that hash passwords: a hash takes milliseconds of a core, so who may have one next is decided here
/// and not by who shouts most.
final class LoginQueue: Sendable {
    /// Nothing was checked; it is nobody's fault but the flood's.
    struct Full: Error {}

    private struct State {
        var free: Int
        var waiting: FairQueue<String, UnsafeContinuation<Void, Never>>
    }

    private let pool: BlockingPool
    private let state: Mutex<State>

    init(_ pool: BlockingPool, perSource: Int, total: Int) {
        self.pool = pool
        state = Mutex(State(free: pool.threads, waiting: FairQueue(perSource: perSource, total: total)))
    }

    /// Runs the body on a thread when it is the source's turn. Throws `Full` when too many wait already.
    func run<T: Sendable>(
        from source: String, isKnown: Bool, _ body: @escaping @Sendable () throws -> T
    ) async throws -> T {
        try await enter(source, isKnown)
        defer { leave() }
        return try await pool.run(body)
    }

    private func enter(_ source: String, _ isKnown: Bool) async throws {
        let isIn = state.withLock { state in
            guard state.free > 0 else { return false }
            state.free -= 1
            return true
        }
        guard !isIn else { return }
        var isFull = false
        await withUnsafeContinuation { continuation in
            let place = state.withLock { Self.place(continuation, source, isKnown, in: &$0) }
            isFull = place == .full
            if place != .waits { continuation.resume() }
        }
        if isFull { throw Full() }
    }

    private enum Place { case free, waits, full }

    /// A thread may have become free since we looked.
    private static func place(
        _ continuation: UnsafeContinuation<Void, Never>, _ source: String, _ isKnown: Bool, in state: inout State
    ) -> Place {
        if state.free > 0 {
            state.free -= 1
            return .free
        }
        return state.waiting.add(continuation, from: source, isKnown: isKnown) ? .waits : .full
    }

    /// The place goes to whoever is next.
    private func leave() {
        let next = state.withLock { state in
            let next = state.waiting.next()
            if next == nil { state.free += 1 }
            return next
        }
        next?.resume()
    }
}
