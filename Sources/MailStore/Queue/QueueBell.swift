internal import Glibc
internal import Synchronization

/// Wakes the process that takes mail out of the queue: a FIFO that every other process writes one byte to.
///
/// A hint and no more: whoever misses one looks for itself a few seconds later.
package final class QueueBell: Sendable {
    private let path: String
    private let writer = Mutex<Int32>(-1)

    init(at path: String) { self.path = path }

    deinit { writer.withLock { if $0 >= 0 { _ = close($0) } } }

    /// Never waits; a bell that has been rung and not heard yet is rung enough.
    package func ring() {
        writer.withLock { descriptor in
            // For reading too: so a listener that ends is no SIGPIPE here.
            if descriptor < 0 { descriptor = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC) }
            guard descriptor >= 0 else { return }  // Nobody has listened yet.
            var one: UInt8 = 1
            _ = write(descriptor, &one, 1)
        }
    }

    /// The listener's end, made when it is not there; the caller reads it empty and closes it. Nil when it cannot be had.
    package func listen() -> Int32? {
        if mkfifo(path, 0o600) != 0, errno != EEXIST { return nil }
        let descriptor = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)
        return descriptor >= 0 ? descriptor : nil
    }
}
