import Dispatch
import Synchronization

/// From a thread that may wait into the world of tasks and back.
enum MainThread {
    private final class Outcome: Sendable {
        let failure = Mutex<(any Error)?>(nil)
    }

    static func wait(for work: @escaping @Sendable () async throws -> Void) throws {
        let outcome = Outcome()
        let end = DispatchSemaphore(value: 0)
        Task.detached {
            do { try await work() } catch { outcome.failure.withLock { $0 = error } }
            end.signal()
        }
        end.wait()
        if let failure = outcome.failure.withLock({ $0 }) { throw failure }
    }
}
