internal import MailMessage
internal import Synchronization

/// When each app password was last used, written together: a phone that comes every minute costs no fsync of its own.
final class AppPasswordUses: Sendable {
    static let pause = Duration.seconds(1)
    /// What is beyond waits for nobody: it is only lost for the list.
    static let limit = 20_000

    private struct State {
        var waiting: [AppPasswordHandle: AppPasswordEntry.Use] = [:]
        var isScheduled = false
    }

    private let lane: DatabaseLane
    private let state = Mutex(State())

    init(lane: DatabaseLane) { self.lane = lane }

    func note(_ handle: AppPasswordHandle, _ use: AppPasswordEntry.Use) {
        let isFirst = state.withLock { state in
            if state.waiting.count < Self.limit { state.waiting[handle] = use }
            defer { state.isScheduled = true }
            return !state.isScheduled
        }
        guard isFirst else { return }
        Task {
            try? await Task.sleep(for: Self.pause)
            self.state.withLock { $0.isScheduled = false }
            await self.flush()
        }
    }

    func flush() async {
        let batch = state.withLock { state in
            defer { state.waiting = [:] }
            return state.waiting
        }
        guard !batch.isEmpty else { return }
        try? await lane.write { database, _ in
            for (handle, use) in batch {
                try database(
                    "UPDATE app_password SET last_used_at = $1, last_used_by = $2, last_used_from = $3 WHERE handle = $4"
                ).run(use.at, use.service, use.from, handle.text)
            }
        }
    }
}
