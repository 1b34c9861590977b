internal import MailMessage
package import MailStore
internal import Synchronization

/// Retries what waits in the queue for local accounts, a bounded number at a time.
package final class LocalQueueRunner: Sendable {
    /// How often it looks, and how much it takes at once.
    package static let pause = Duration.seconds(15)
    package static let batch = 16

    private let retry: QueueRetry
    private let store: MailStore
    private let note: @Sendable (QueueNote) -> Void
    private let task = Mutex<Task<Void, Never>?>(nil)

    /// `serverName` is what bounces call this server.
    package init(
        store: MailStore, serverName: String, note: @escaping @Sendable (QueueNote) -> Void = { _ in }
    ) {
        self.store = store
        self.note = note
        retry = QueueRetry(store: store, serverName: serverName, note: note)
    }

    /// Does nothing when it runs already.
    package func start() {
        task.withLock { task in
            guard task == nil else { return }
            task = Task {
                _ = try? await self.store.queue.sweepFiles()
                while !Task.isCancelled {
                    await self.runOnce()
                    try? await Task.sleep(for: Self.pause)
                }
            }
        }
    }

    /// Returns when the attempt under way has ended; what is left stays in the queue.
    package func stop() async {
        let running = task.withLock { task in
            defer { task = nil }
            return task
        }
        running?.cancel()
        await running?.value
    }

    /// One round: everything due now, one batch after the other. Returns how many recipients were tried.
    @discardableResult
    package func runOnce() async -> Int {
        var tried = 0
        while !Task.isCancelled {
            do {
                let due = try await store.queue.claimDue(limit: Self.batch)
                if due.isEmpty { break }
                for recipient in due { try await retry.attempt(recipient) }
                tried += due.count
            } catch {
                note(.trouble("\(error)"))
                break
            }
        }
        return tried
    }
}
