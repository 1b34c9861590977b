import MailMessage
import MailStore
import MailTransport
import Synchronization

/// Remembers that an account has changed, so that no command has to ask the database, and wakes an idling session.
final class AccountWatch: Sendable {
    private let latest = Atomic<Int64>(0)
    /// The feed has lost something: look once, whatever `latest` says.
    private let missed = Atomic<Bool>(false)
    private let isIdling = Atomic<Bool>(false)
    private let subscription = Mutex<ChangeFeed.Subscription?>(nil)

    /// From now on changes are seen, those of this session included. Called again it does nothing.
    func start(_ account: AccountID, in feed: ChangeFeed, waking connection: Connection) {
        subscription.withLock { current in
            guard current == nil else { return }
            current = feed.subscribe(account) { [weak self] clock in self?.note(clock, connection) }
        }
    }

    func stop() { subscription.withLock { $0 = nil } }

    /// Ordered with `setIdling`: whoever goes to sleep sees the change, or the change sees the sleeper.
    func hasChanges(after clock: ModSeq) -> Bool {
        latest.load(ordering: .sequentiallyConsistent) > clock.value || missed.load(ordering: .sequentiallyConsistent)
    }

    /// The same for a caller that will look.
    func takeChanges(after clock: ModSeq) -> Bool {
        let hasMissed = missed.exchange(false, ordering: .acquiringAndReleasing)
        return latest.load(ordering: .acquiring) > clock.value || hasMissed
    }

    func setIdling(_ idling: Bool) { isIdling.store(idling, ordering: .sequentiallyConsistent) }

    private func note(_ clock: ModSeq, _ connection: Connection) {
        if clock == ChangeFeed.unknown {
            missed.store(true, ordering: .sequentiallyConsistent)
        } else {
            latest.max(clock.value, ordering: .sequentiallyConsistent)
        }
        if isIdling.load(ordering: .sequentiallyConsistent) { connection.signal() }
    }
}
