internal import MailMessage
internal import MailStore
internal import Synchronization

/// A run in the audit trail: a line when it begins, now and then what it has come to, and one when it ends. A run that is
/// killed leaves those until then.
final class PurgeReceipts: Sendable {
    private struct State {
        var sum = PurgeSummary()
        var touched: Set<AccountID> = []
        var writtenAt = ContinuousClock.now
    }

    private let administration: Administration
    private let request: PurgeRequest
    private let interval: Duration
    private let state: Mutex<State>

    init(_ administration: Administration, _ request: PurgeRequest, accounts: Int64, every interval: Duration) {
        (self.administration, self.request, self.interval) = (administration, request, interval)
        var state = State()
        state.sum.accounts = accounts
        self.state = Mutex(state)
    }

    /// From here on the next run measures, also when this one is killed. No line where there is nothing to do.
    func begin(_ mark: PurgeMark, hasWork: Bool) async throws {
        let (object, asked) = (object, request.words)
        try await administration.directory.write(by: administration.actor) { transaction in
            try transaction.setMark(PurgeRun.markName, mark.text)
            if hasWork { try transaction.recordReceipt("purge begin", object, asked, "") }
        }
    }

    /// Of a step that is durable. A line that cannot be written is made up for by the next one.
    func take(_ step: PurgeStep, of id: AccountID) async {
        let sum = state.withLock { state -> PurgeSummary? in
            if !step.isEmpty { state.touched.insert(id) }
            state.sum.add(step, touched: state.touched.count)
            guard !step.isEmpty, state.writtenAt.duration(to: .now) >= interval else { return nil }
            state.writtenAt = .now
            return state.sum
        }
        if let sum { try? await write("purge so far", sum) }
    }

    func finish(_ summary: PurgeSummary) async throws { try await write("purge", summary) }

    private func write(_ action: String, _ summary: PurgeSummary) async throws {
        let (object, asked, done) = (object, request.words, summary.receipt)
        try await administration.directory.write(by: administration.actor) {
            try $0.recordReceipt(action, object, asked, done)
        }
    }

    private var object: String {
        guard let accounts = request.accounts, accounts.count == 1, let only = accounts.first else { return "store" }
        return "account \(only)"
    }
}
