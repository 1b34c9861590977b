internal import Glibc
package import MailShared
internal import Synchronization

/// A small fixed set of threads for work that blocks: SQLite, fsync, files. Never an event loop, never Swift's own pool.
package final class StoreThreads: Sendable {
    package static let defaultCount = 8
    private let queue = JobQueue()
    /// Where those who work here count.
    let metrics: Metrics

    /// With a `niceness` they get what others leave of the processors.
    package init(count: Int = StoreThreads.defaultCount, metrics: Metrics = .off, niceness: Int32 = 0) {
        self.metrics = metrics
        for _ in 0..<max(1, count) {
            StoreThread.start { [queue] in
                // Of this thread alone, in Linux.
                if niceness > 0 { setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, niceness) }
                queue.work()
            }
        }
    }

    deinit { queue.stop() }

    package func submit(_ job: @escaping @Sendable () -> Void) { queue.push(job) }

    /// Runs blocking work that belongs to no database, such as writing a spool file.
    package func run<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws(StoreError) -> T {
        let result: Result<T, StoreError> = await withCheckedContinuation { continuation in
            submit {
                do { continuation.resume(returning: .success(try body())) } catch {
                    continuation.resume(returning: .failure(StoreError(wrapping: error)))
                }
            }
        }
        return try result.get()
    }
}

/// Jobs in order of arrival for whichever thread is free.
private final class JobQueue: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    // Guarded by `mutex`.
    private var jobs: [@Sendable () -> Void] = []
    private var next = 0
    private var idle = 0
    private var stopped = false

    init() {
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    func push(_ job: @escaping @Sendable () -> Void) {
        pthread_mutex_lock(mutex)
        jobs.append(job)
        let someoneWaits = idle > 0
        pthread_mutex_unlock(mutex)
        // After the unlock, or the woken thread would run into the mutex and sleep a second time.
        if someoneWaits { pthread_cond_signal(condition) }
    }

    func stop() {
        pthread_mutex_lock(mutex)
        stopped = true
        pthread_cond_broadcast(condition)
        pthread_mutex_unlock(mutex)
    }

    /// Returns when the queue was stopped and is empty.
    func work() {
        while let job = pop() { job() }
    }

    private func pop() -> (@Sendable () -> Void)? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while next == jobs.count {
            if stopped { return nil }
            idle += 1
            pthread_cond_wait(condition, mutex)
            idle -= 1
        }
        let job = jobs[next]
        next += 1
        if next == jobs.count {
            jobs.removeAll(keepingCapacity: true)
            next = 0
        } else if next > 1_024 {
            jobs.removeFirst(next)
            next = 0
        }
        return job
    }
}

/// A detached thread with the store's stack size and name.
enum StoreThread {
    static let stackSize = 1 << 20

    /// False when there can be no more threads.
    @discardableResult
    static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        pthread_attr_setstacksize(&attributes, stackSize)
        var thread = pthread_t()
        let box = Unmanaged.passRetained(ThreadBody(body))
        let code = pthread_create(
            &thread, &attributes,
            { argument in
                guard let argument else { return nil }
                Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, box.toOpaque())
        pthread_attr_destroy(&attributes)
        if code != 0 { box.release() }
        return code == 0
    }
}

private final class ThreadBody: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}
