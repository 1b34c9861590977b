import MailShared
import NIOCore
import NIOPosix

/// What the connections of one event loop share. Bound to the loop, except for its two executors.
final class LoopResources: @unchecked Sendable {
    let loop: any EventLoop
    let executor: any SerialExecutor
    let taskExecutor: LoopTaskExecutor
    let wheel: DeadlineWheel
    let metrics: Metrics
    let deflaters = DeflaterPool()

    init(_ loop: any EventLoop, metrics: Metrics = .off) {
        self.metrics = metrics
        self.loop = loop
        executor = loop.executor
        taskExecutor = LoopTaskExecutor(loop)
        wheel = DeadlineWheel(loop)
    }
}

/// Lets code that belongs to no actor run on an event loop, so that a session starts and ends without changing threads.
final class LoopTaskExecutor: TaskExecutor {
    private let loop: any EventLoop

    init(_ loop: any EventLoop) { self.loop = loop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

/// Event loops with their resources.
final class LoopSet: Sendable {
    let group: MultiThreadedEventLoopGroup
    let metrics: Metrics
    private let resources: [ObjectIdentifier: LoopResources]

    /// Dialled connections: there are never so many that one thread would not do.
    static let dialling = LoopSet(threads: 1)

    init(threads: Int, metrics: Metrics = .off) {
        self.metrics = metrics
        group = MultiThreadedEventLoopGroup(numberOfThreads: max(1, threads))
        resources = Dictionary(
            uniqueKeysWithValues: group.makeIterator().map {
                (ObjectIdentifier($0), LoopResources($0, metrics: metrics))
            })
    }

    var all: [any EventLoop] { Array(group.makeIterator()) }

    /// nil for a loop of another group.
    func resources(of loop: any EventLoop) -> LoopResources? { resources[ObjectIdentifier(loop)] }
}
