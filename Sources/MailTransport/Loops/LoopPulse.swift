import NIOCore

/// Goes through event loops in turn, then rests. One that is stuck stops it: that is what it shows.
final class LoopPulse: Sendable {
    private let loops: [any EventLoop]
    private let interval: TimeAmount
    private let body: @Sendable () -> Void

    init(_ loops: [any EventLoop], every interval: TimeAmount, body: @escaping @Sendable () -> Void) {
        (self.loops, self.interval, self.body) = (loops, interval, body)
    }

    /// Ends with the loops.
    func start() { pass(0) }

    private func pass(_ index: Int) {
        if index < loops.count {
            loops[index].execute { self.pass(index + 1) }
        } else {
            body()
            loops.first?.scheduleTask(in: interval) { self.pass(0) }
        }
    }
}
