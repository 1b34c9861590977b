internal import MailMessage
package import MailStore

/// Puts one message into the INBOX of every account its recipients reach.
package struct LocalDelivery: Sendable {
    /// Accounts written to at the same time for one message: each may open a database.
    package static let parallelAccounts = 32

    private let store: MailStore

    package init(store: MailStore) { self.store = store }

    /// One transaction per account, in parallel; what goes elsewhere, and what an account could not take while others could,
    /// is queued before this returns, in one transaction. If nothing could be kept, nothing is. An account reached through
    /// several recipients gets one copy. `hold`: all of it waits in the queue, and why.
    package func deliver(
        _ message: StorableMessage, _ envelope: QueueEnvelope, to targets: [RecipientTarget],
        elsewhere: [QueueRecipient] = [], hold: String? = nil
    ) async -> DeliveryOutcome {
        let plan = await Forwarding(store: store).plan(message, envelope, targets)
        if let hold { return await self.hold(message, envelope, plan, elsewhere, why: hold) }
        let (outcome, failures) = await deliver(message, envelope, plan, elsewhere)
        if outcome.isAccepted {
            // Who sends all mail on is away for its senders all the same.
            let reached = Self.entries(of: plan.targets + targets).filter { failures[$0.id] == nil }
            await VacationReplies(store: store).answer(message, envelope, for: reached)
        }
        return outcome
    }

    /// Second: the accounts that could not take it.
    private func deliver(
        _ message: StorableMessage, _ envelope: QueueEnvelope, _ plan: ForwardingPlan, _ elsewhere: [QueueRecipient]
    ) async -> (DeliveryOutcome, [AccountID: StoreError]) {
        let targets = plan.targets
        let accounts = Self.entries(of: targets).map(\.id)
        let failures = await writeAll(message, envelope, to: accounts)
        let someCommitted = failures.count < accounts.count
        guard someCommitted || !elsewhere.isEmpty || !plan.copies.isEmpty else {
            return (Self.outcome(plan, failures) { .failed($0) }, failures)
        }
        let waiting = Self.queueRecipients(targets, failures) + elsewhere
        guard !waiting.isEmpty || !plan.copies.isEmpty else {
            return (Self.outcome(plan, [:]) { .failed($0) }, failures)
        }
        do {
            let ids = try await enqueue(message, envelope, waiting, plan)
            return (Self.outcome(plan, failures, elsewhere, ids) { .queued($0) }, failures)
        } catch {
            let outcome = Self.outcome(plan, failures, elsewhere) { _ in .failed(error) }
            return (outcome.failing(error, elsewhere.count, plan), failures)
        }
    }

    private func hold(
        _ message: StorableMessage, _ envelope: QueueEnvelope, _ plan: ForwardingPlan, _ elsewhere: [QueueRecipient],
        why: String
    ) async -> DeliveryOutcome {
        let count = plan.targets.count + elsewhere.count
        let local = plan.targets.flatMap { target in
            target.accounts.map {
                QueueRecipient(destination: .account($0.id), address: target.address, notice: target.notice)
            }
        }
        do {
            let ids = try await enqueue(message, envelope, local + elsewhere, plan, hold: why)
            return DeliveryOutcome(
                recipients: Array(repeating: .held, count: count), queue: ids.first, reached: plan.targets,
                forwards: plan.forwards(ids))
        } catch {
            return DeliveryOutcome(recipients: Array(repeating: .failed(error), count: count))
        }
    }

    /// The entries in the queue, those of `copies` last.
    private func enqueue(
        _ message: StorableMessage, _ envelope: QueueEnvelope, _ waiting: [QueueRecipient],
        _ plan: ForwardingPlan, hold: String? = nil
    ) async throws(StoreError) -> [QueueID] {
        var submissions = plan.submissions(of: message, envelope, to: waiting)
        for index in submissions.indices { submissions[index].hold = hold }
        return try await store.queue.enqueue(submissions)
    }

    /// Into one account; the envelope's `receivedAt` tells retries from new mail.
    func write(
        _ message: StorableMessage, _ envelope: QueueEnvelope, to account: AccountID
    ) async throws(StoreError) {
        let entry = try await store.directory.entry(id: account)
        guard let entry, entry.status != .removed else { throw .noSuchAccount }
        _ = try await store.account(account).write(limit: entry.quota.limit) { transaction in
            guard let mailbox = try envelope.mailbox({ try transaction.mailboxID(role: $0) }) else {
                throw StoreError.noSuchMailbox(.inbox)
            }
            return try transaction.append(message, to: mailbox, flags: [], receivedAt: envelope.receivedAt)
        }
    }

    private func writeAll(
        _ message: StorableMessage, _ envelope: QueueEnvelope, to accounts: [AccountID]
    ) async -> [AccountID: StoreError] {
        if accounts.count == 1, let only = accounts.first {
            return await attempt(message, envelope, only).map { [only: $0] } ?? [:]
        }
        return await withTaskGroup(of: (AccountID, StoreError?).self) { group in
            var failures: [AccountID: StoreError] = [:]
            for (number, account) in accounts.enumerated() {
                if number >= Self.parallelAccounts, let (done, error) = await group.next() { failures[done] = error }
                group.addTask { (account, await attempt(message, envelope, account)) }
            }
            for await (done, error) in group { failures[done] = error }
            return failures
        }
    }

    private func attempt(
        _ message: StorableMessage, _ envelope: QueueEnvelope, _ account: AccountID
    ) async -> StoreError? {
        do {
            try await write(message, envelope, to: account)
            return nil
        } catch {
            return error
        }
    }
}

extension LocalDelivery {
    /// Each account once, in the order of the recipients.
    private static func entries(of targets: [RecipientTarget]) -> [AccountEntry] {
        var seen: Set<AccountID> = []
        return targets.flatMap(\.accounts).filter { seen.insert($0.id).inserted }
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

    /// Local recipients first, then those elsewhere.
    private static func outcome(
        _ plan: ForwardingPlan, _ failures: [AccountID: StoreError], _ elsewhere: [QueueRecipient] = [],
        _ ids: [QueueID] = [], _ make: (StoreError) -> RecipientOutcome
    ) -> DeliveryOutcome {
        let local = plan.targets.map { target in
            target.accounts.lazy.compactMap { failures[$0.id] }.first.map(make)
                ?? (target.accounts.isEmpty ? .leaving : .delivered)
        }
        return DeliveryOutcome(
            recipients: local + elsewhere.map { _ in .leaving }, queue: ids.first, reached: plan.targets,
            forwards: plan.forwards(ids))
    }
}

extension ForwardingPlan {
    /// What waits, then the copies. Whose forward has been followed waits apart from those who have none yet.
    func submissions(
        of message: StorableMessage, _ envelope: QueueEnvelope, to waiting: [QueueRecipient]
    ) -> [QueueSubmission] {
        func isSentOn(_ recipient: QueueRecipient) -> Bool {
            recipient.destination.account.map(sentOn.contains) ?? false
        }
        var marked = envelope
        marked.traits.insert(.sentOn)
        let parts = [(envelope, waiting.filter { !isSentOn($0) }), (marked, waiting.filter(isSentOn))]
        return parts.filter { !$0.1.isEmpty }.map { QueueSubmission(message, $0.0, to: $0.1) }
            + copies.map(\.submission)
    }

    /// What went on to somebody here, and the copies with their entries, which are the last ones.
    fileprivate func forwards(_ ids: [QueueID]) -> [ForwardedCopy] {
        passedOn
            + zip(copies, ids.suffix(copies.count)).map { copy, id in
                ForwardedCopy(
                    account: copy.account, recipient: copy.recipient, address: copy.address, queue: id)
            }
    }
}

extension DeliveryOutcome {
    /// The queue took nothing: those elsewhere, the last ones, have failed, and who is sent something on.
    fileprivate func failing(_ error: StoreError, _ count: Int, _ plan: ForwardingPlan) -> DeliveryOutcome {
        var recipients: [RecipientOutcome] = recipients.dropLast(count) + Array(repeating: .failed(error), count: count)
        for copy in plan.copies where recipients.indices.contains(copy.target) {
            recipients[copy.target] = .failed(error)
        }
        return DeliveryOutcome(recipients: recipients)
    }
}
