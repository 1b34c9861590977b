import Glibc

/// How a process ended.
package enum WorkerEnd: Sendable, Equatable, CustomStringConvertible {
    case code(Int32)
    case signal(Int32)

    /// What waitpid(2) says.
    package init(waitStatus: Int32) {
        let signal = waitStatus & 0x7f
        self = signal == 0 ? .code(waitStatus >> 8 & 0xff) : .signal(signal)
    }

    /// `SIGSEGV` or `code 70`.
    package var description: String {
        switch self {
        case .code(let code): "code \(code)"
        case .signal(let number): Self.names[number] ?? "signal \(number)"
        }
    }

    private static let names: [Int32: String] = [
        SIGABRT: "SIGABRT", SIGALRM: "SIGALRM", SIGBUS: "SIGBUS", SIGFPE: "SIGFPE", SIGHUP: "SIGHUP",
        SIGILL: "SIGILL", SIGINT: "SIGINT", SIGKILL: "SIGKILL", SIGPIPE: "SIGPIPE", SIGQUIT: "SIGQUIT",
        SIGSEGV: "SIGSEGV", SIGSYS: "SIGSYS", SIGTERM: "SIGTERM", SIGTRAP: "SIGTRAP", SIGXCPU: "SIGXCPU",
        SIGXFSZ: "SIGXFSZ",
    ]
}
