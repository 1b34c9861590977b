package import MailStore

extension Administration {
    /// Longer lists are cut, the oldest stay.
    package static let queueLinesShown = 100_000

    package func queueLines() async throws(AdminError) -> [QueueLine] {
        do { return try await store.queue.lines(limit: Self.queueLinesShown) } catch { throw .store(error) }
    }

    /// Nil: all. How many copies of messages it concerned.
    package func holdQueue(_ entry: QueueID?) async throws(AdminError) -> Int {
        try await changing("queue hold", entry) { try await $0.hold(entry) }
    }

    package func releaseQueue(_ entry: QueueID?) async throws(AdminError) -> Int {
        try await changing("queue release", entry) { try await $0.release(entry) }
    }

    package func removeFromQueue(_ entry: QueueID) async throws(AdminError) -> Int {
        try await changing("queue remove", entry) { try await $0.remove(entry) }
    }

    private func changing(
        _ action: String, _ entry: QueueID?, _ change: (Queue) async throws -> Int
    ) async throws(AdminError) -> Int {
        do {
            let count = try await change(store.queue)
            guard count > 0 else { return 0 }
            try await directory.write(by: actor) {
                try $0.noteQueue(action, entry.map { "queue \($0)" } ?? "queue", "\(count) recipients")
            }
            return count
        } catch { throw AdminError(error) }
    }
}
