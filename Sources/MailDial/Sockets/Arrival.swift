import Synchronization

/// Notes on a thread of its own when a socket has something to read.
package final class Arrival: Sendable {
    private let moment = Mutex<Int?>(nil)

    init(on socket: Socket, by deadline: Deadline) {
        let watch = Stopwatch()
        BlockingThread.start { [self] in
            if socket.waitUntilReadable(by: deadline) { moment.withLock { $0 = watch.milliseconds } }
        }
    }

    /// Since it was asked for; nil: nothing came yet.
    package var milliseconds: Int? { moment.withLock { $0 } }
}
