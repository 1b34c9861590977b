import MailStore
import MailTransport

/// How many sessions each account has open over all workers: one broken client must not use up the server for everybody else.
struct AccountSessions: Sendable {
    private let limit: Int?
    private let listeners: Listeners

    /// Nil: no limit.
    init(limit: Int?, listeners: Listeners) {
        self.limit = limit
        self.listeners = listeners
    }

    /// False when the account has as many as it may; then nothing is counted. To be left by `leave`.
    func enter(_ account: AccountID) -> Bool { listeners.enter(owner: account.value, limit: limit) }

    func leave(_ account: AccountID) { listeners.leave(owner: account.value) }
}
