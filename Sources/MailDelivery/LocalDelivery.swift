package import MailMessage
package import MailStore

/// Puts one message into the INBOX of every account its recipients reach.
package struct LocalDelivery: Sendable {
    /// Accounts written to at the same time for one message: each may open a database.
    package static let parallelAccounts = 32

    private let store: MailStore

    package init(store: MailStore) { self.store = store }

    /// One transaction per account, in parallel. If all or some commit, the rest is queued before this returns; if none
    /// does, nothing is kept. An account reached through several recipients gets one copy.
    package func deliver(
        _ message: StorableMessage, from sender: EmailAddress?, to targets: [RecipientTarget],
        notices: QueueNotices = .none
    ) async -> DeliveryOutcome {
        let receivedAt = store.directory.clock()
        let failures = await writeAll(message, to: Self.accounts(of: targets), receivedAt: receivedAt)
        let failed = Self.accounts(of: targets).filter { failures[$0] != nil }
        guard !failed.isEmpty else {
            return DeliveryOutcome(recipients: targets.map { _ in .delivered })
        }
        let someCommitted = failed.count < Self.accounts(of: targets).count
        guard someCommitted else { return Self.outcome(targets, failures) { .failed($0) } }
        do {
            try await store.queue.enqueue(
                message, from: sender, to: Self.queueRecipients(targets, failures), receivedAt: receivedAt,
                notices: notices)
            return Self.outcome(targets, failures) { .queued($0) }
        } catch {
            return Self.outcome(targets, failures) { _ in .failed(error) }
        }
    }

    /// Into one account; `receivedAt` tells retries from new mail.
    func write(_ message: StorableMessage, to account: AccountID, receivedAt: EpochSeconds) async throws(StoreError) {
        let entry = try await store.directory.entry(id: account)
        guard let entry, entry.status != .removed else { throw .noSuchAccount }
        _ = try await store.account(account).write(limit: entry.quota.limit) { transaction in
            guard let inbox = try transaction.mailboxID(role: .inbox) else { throw StoreError.noSuchMailbox(.inbox) }
            return try transaction.append(message, to: inbox, flags: [], receivedAt: receivedAt)
        }
    }

    private func writeAll(
        _ message: StorableMessage, to accounts: [AccountID], receivedAt: EpochSeconds
    ) async -> [AccountID: StoreError] {
        if accounts.count == 1, let only = accounts.first {
            return await attempt(message, only, receivedAt).map { [only: $0] } ?? [:]
        }
        return await withTaskGroup(of: (AccountID, StoreError?).self) { group in
            var failures: [AccountID: StoreError] = [:]
            for (number, account) in accounts.enumerated() {
                if number >= Self.parallelAccounts, let (done, error) = await group.next() { failures[done] = error }
                group.addTask { (account, await attempt(message, account, receivedAt)) }
            }
            for await (done, error) in group { failures[done] = error }
            return failures
        }
    }

    private func attempt(_ message: StorableMessage, _ account: AccountID, _ receivedAt: EpochSeconds) async
        -> StoreError?
    {
        do {
            try await write(message, to: account, receivedAt: receivedAt)
            return nil
        } catch {
            return error
        }
    }
}

extension LocalDelivery {
    /// Each account once, in the order of the recipients.
    private static func accounts(of targets: [RecipientTarget]) -> [AccountID] {
        var seen: Set<AccountID> = []
        return targets.flatMap(\.accounts).map(\.id).filter { seen.insert($0).inserted }
    }

    /// Every failed account once, under the first recipient that reaches it.
    private static func queueRecipients(
        _ targets: [RecipientTarget], _ failures: [AccountID: StoreError]
    ) -> [QueueRecipient] {
        var seen: Set<AccountID> = []
        var recipients: [QueueRecipient] = []
        for target in targets {
            for account in target.accounts where seen.insert(account.id).inserted {
                guard let error = failures[account.id] else { continue }
                recipients.append(
                    QueueRecipient(
                        destination: .account(account.id), address: target.address, error: error.description,
                        notice: target.notice))
            }
        }
        return recipients
    }

    private static func outcome(
        _ targets: [RecipientTarget], _ failures: [AccountID: StoreError], _ make: (StoreError) -> RecipientOutcome
    ) -> DeliveryOutcome {
        DeliveryOutcome(
            recipients: targets.map { target in
                target.accounts.lazy.compactMap { failures[$0.id] }.first.map(make) ?? .delivered
            })
    }
}
