package import MailStore

/// Writes what must be written, however long the disk is full or the database busy: what has been taken out of the queue and is
/// not settled would wait for the next start of the server.
package enum Stubborn {
    private static let longestPause = 60

    /// Ends when it is written, or when the task is cancelled or the store closed.
    package static func run(
        _ write: () async throws(StoreError) -> Void, orNote note: (StoreError) -> Void
    ) async {
        var pause = 1
        while true {
            do {
                return try await write()
            } catch {
                note(error)
                guard error != .closed else { return }
            }
            do { try await Task.sleep(for: .seconds(pause)) } catch { return }
            pause = min(pause * 2, longestPause)
        }
    }
}
