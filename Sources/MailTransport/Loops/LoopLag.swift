import MailShared
import NIOCore
import NIOPosix

/// How late the event loops are: a timer on each, and how much after its time it ran.
package final class LoopLag: Sendable {
    private static let period = TimeAmount.seconds(1)
    private let tasks: [RepeatedTask]

    init(_ group: MultiThreadedEventLoopGroup, _ metrics: Metrics) {
        tasks = group.makeIterator().map { loop in
            let due = NIOLoopBoundBox.makeBoxSendingValue(loop.now + Self.period, eventLoop: loop)
            return loop.scheduleRepeatedTask(initialDelay: Self.period, delay: Self.period) { _ in
                let late = max(0, (loop.now - due.value).nanoseconds / 1_000)
                metrics.observe(.loopLag, UInt64(late))
                due.value = loop.now + Self.period
            }
        }
    }

    package func stop() { for task in tasks { task.cancel() } }
}

extension Listeners {
    /// Measures until it is stopped; the loops' end stops it too.
    package func measureLag() -> LoopLag { LoopLag(loops.group, loops.metrics) }
}
