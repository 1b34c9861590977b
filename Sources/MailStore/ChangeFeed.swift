package import MailMessage
internal import Synchronization

/// Tells who watches an account that it has changed: in this process at once, in others by one datagram each.
///
/// A hint, never the truth: the receiver compares the account's modseq. Datagrams may be lost when a receiver is slow;
/// then it is told `ChangeFeed.unknown` for everything it watches.
package final class ChangeFeed: Sendable {
    /// Something may have happened; look.
    package static let unknown = ModSeq(.max) ?? .zero

    /// No account: who shares something with whom has changed.
    package static let sharing = AccountID(0)

    package typealias Observer = @Sendable (ModSeq) -> Void

    private struct State {
        var observers: [AccountID: [Int: Observer]] = [:]
        var nextKey = 0
    }

    private let state = Mutex(State())
    private let post: ChangePost

    init(directory: String) { post = ChangePost(directory: directory) }

    /// `onChange` is called on a store thread and must not block. It ends with the subscription's last reference.
    package func subscribe(_ account: AccountID, _ onChange: @escaping Observer) -> Subscription {
        let key = state.withLock { state in
            state.nextKey += 1
            state.observers[account, default: [:]][state.nextKey] = onChange
            return state.nextKey
        }
        post.listen { [weak self] change in self?.receive(change) }
        return Subscription { [weak self] in self?.cancel(account, key) }
    }

    package final class Subscription: Sendable {
        private let end: Mutex<(@Sendable () -> Void)?>
        init(_ end: @escaping @Sendable () -> Void) { self.end = Mutex(end) }
        deinit { cancel() }

        package func cancel() {
            let action = end.withLock { end in
                defer { end = nil }
                return end
            }
            action?()
        }
    }

    /// After a commit.
    package func publish(_ account: AccountID, _ modseq: ModSeq) {
        notify(account, modseq)
        post.send(account, modseq)
    }

    func close() { post.close() }

    private func notify(_ account: AccountID, _ modseq: ModSeq) {
        let observers = state.withLock { $0.observers[account].map { Array($0.values) } ?? [] }
        for observer in observers { observer(modseq) }
    }

    private func receive(_ change: ChangePost.Change) {
        switch change {
        case .one(let account, let modseq): notify(account, modseq)
        case .missed:
            let all = state.withLock { Array($0.observers.keys) }
            for account in all { notify(account, Self.unknown) }
        }
    }

    private func cancel(_ account: AccountID, _ key: Int) {
        state.withLock { state in
            state.observers[account]?[key] = nil
            if state.observers[account]?.isEmpty == true { state.observers[account] = nil }
        }
    }
}
