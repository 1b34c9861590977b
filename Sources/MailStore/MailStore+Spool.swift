internal import MailShared

extension MailStore {
    /// Makes durable what a spool finished without being the last word.
    package func synchronise(_ message: StorableMessage) async throws(StoreError) {
        guard case .file(let path, _) = message.body else { return }
        try await threads.run { [metrics = threads.metrics] in
            let watch = Stopwatch()
            try FileHandle.openForReading(path).synchronise()
            metrics.observe(.sync, watch.microseconds)
        }
    }
}
