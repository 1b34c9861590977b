import CGlibc
import Glibc

/// Signals as something to read: nothing runs in a handler, and none is lost from one program to the next (execve).
struct SignalDescriptor: ~Copyable {
    static let taken = [SIGTERM, SIGINT, SIGHUP, SIGUSR1, SIGUSR2, SIGCHLD]
    private static let recordSize = 128  // struct signalfd_siginfo; the number comes first

    let descriptor: Int32

    init() throws(SystemFailure) {
        var set = sigset_t()
        sigemptyset(&set)
        for number in Self.taken { sigaddset(&set, number) }
        guard sigprocmask(SIG_BLOCK, &set, nil) == 0 else { throw SystemFailure("sigprocmask") }
        let flags = Int32(bitPattern: UInt32(O_NONBLOCK | O_CLOEXEC))
        let made = signalfd(-1, &set, flags)
        guard made >= 0 else { throw SystemFailure("signalfd") }
        descriptor = try Descriptor.raised(made)
    }

    /// The next signal, nil when there is none.
    func next() -> Int32? {
        var record = [UInt8](repeating: 0, count: Self.recordSize)
        while true {
            let count = read(descriptor, &record, record.count)
            if count < 0, errno == EINTR { continue }
            guard count == Self.recordSize else { return nil }
            return record.withUnsafeBytes { Int32(bitPattern: $0.load(as: UInt32.self)) }
        }
    }
}
