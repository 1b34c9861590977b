import Dispatch
import Glibc
import MailStore
import Synchronization

/// Hears the queue's bell.
final class BellEar: Sendable {
    private struct State {
        var hasRung = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())
    /// A dispatch source may be cancelled from anywhere.
    nonisolated(unsafe) private let source: (any DispatchSourceRead)?

    /// Without a bell it is deaf, and every wait takes its whole time.
    init(_ bell: QueueBell) {
        guard let descriptor = bell.listen() else {
            source = nil
            return
        }
        source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: DispatchQueue(label: "queue bell"))
        source?.setEventHandler { [weak self] in
            var bytes = [UInt8](repeating: 0, count: 4_096)
            while read(descriptor, &bytes, bytes.count) > 0 {}
            self?.ring()
        }
        source?.setCancelHandler { _ = Glibc.close(descriptor) }
        source?.resume()
    }

    /// Until it rings; at once when it has since the last wait; in the end when nobody does, or the task is cancelled.
    func wait(for longest: Duration) async {
        let timer = Task {
            try? await Task.sleep(for: longest)
            self.ring(isTimer: true)
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let goesOn = state.withLock { state in
                    guard !state.hasRung, !Task.isCancelled else {
                        state.hasRung = false
                        return true
                    }
                    state.waiter = continuation
                    return false
                }
                if goesOn { continuation.resume() }
            }
        } onCancel: {
            ring(isTimer: true)
        }
        timer.cancel()
    }

    func close() { source?.cancel() }

    private func ring(isTimer: Bool = false) {
        let waiter = state.withLock { state in
            defer { state.waiter = nil }
            if state.waiter == nil, !isTimer { state.hasRung = true }
            return state.waiter
        }
        waiter?.resume()
    }
}
