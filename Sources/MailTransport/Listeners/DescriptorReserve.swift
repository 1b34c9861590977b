import Glibc
import Synchronization

/// A descriptor kept for the moment when accept(2) finds none left: given up, it lets the next connection in to be refused.
/// Without it NIO would try again and again: a failed accept leaves the listening socket readable.
final class DescriptorReserve: Sendable {
    private let descriptor = Mutex<Int32?>(nil)

    init() { retake() }
    deinit { release() }

    /// No descriptor in reserve: who comes in must go at once.
    var isReleased: Bool { descriptor.withLock { $0 == nil } }

    func release() {
        descriptor.withLock { descriptor in
            if let taken = descriptor { close(taken) }
            descriptor = nil
        }
    }

    /// One that needs no file: a confined process may not open any. It has the lowest free number.
    static func any() -> Int32 {
        socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    }

    func retake() {
        descriptor.withLock { descriptor in
            guard descriptor == nil else { return }
            let opened = Self.any()
            descriptor = opened >= 0 ? opened : nil
        }
    }
}
