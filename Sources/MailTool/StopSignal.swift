import Glibc
import Synchronization

/// SIGINT and SIGTERM for tools that change much: they end between two records, and a second signal ends them at once.
package enum StopSignal {
    private static let received = Atomic<Int32>(0)

    package static func install() {
        _ = received.load(ordering: .relaxed)  // made before the handler may run
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { number in StopSignal.received.store(number, ordering: .relaxed) }
        action.sa_flags = Int32(truncatingIfNeeded: SA_RESETHAND)
        sigaction(SIGINT, &action, nil)
        sigaction(SIGTERM, &action, nil)
        // A caller that blocks them has not meant us: its mask was only inherited.
        var meant = sigset_t()
        sigemptyset(&meant)
        sigaddset(&meant, SIGINT)
        sigaddset(&meant, SIGTERM)
        pthread_sigmask(SIG_UNBLOCK, &meant, nil)
    }

    package static var isReceived: Bool { received.load(ordering: .relaxed) != 0 }

    /// How the tool ends then.
    package static func error(_ message: String, hint: String?) -> ToolError {
        let isTerminated = received.load(ordering: .relaxed) == SIGTERM
        return ToolError(isTerminated ? .terminated : .interrupted, "stopped", message, hint: hint)
    }
}
