internal import MailMessage
package import MailStore

/// More attempts for queued messages of accounts of ours, and what follows from them.
package struct LocalRetry: Sendable {
    static let chunkSize = 256 << 10
    /// How many recipients are taken at once.
    package static let batch = 16

    private let store: MailStore
    private let reports: SenderReports
    private let note: @Sendable (QueueNote) -> Void

    /// `serverName` is what bounces call this server.
    package init(
        store: MailStore, serverName: String, note: @escaping @Sendable (QueueNote) -> Void = { _ in }
    ) {
        self.store = store
        self.note = note
        reports = SenderReports(store: store, serverName: serverName)
    }

    /// Everything due now, one batch after the other. Returns how many recipients were tried.
    @discardableResult
    package func run() async -> Int {
        var tried = 0
        while !Task.isCancelled {
            do {
                let due = try await store.queue.claim(waitingFor: "", limit: Self.batch)
                if due.isEmpty { break }
                for message in due {
                    for recipient in message.recipients { await attempt(message, recipient) }
                    tried += message.recipients.count
                }
            } catch {
                note(.trouble("\(error)"))
                break
            }
        }
        return tried
    }

    private func attempt(_ message: QueuedMessage, _ recipient: QueuedRecipient) async {
        guard let account = recipient.destination.account else {
            return await give(up: recipient, of: message, account: AccountID(0), because: .noSuchAccount)
        }
        do {
            let onward = try await LocalForwarding(store: store).submissions(of: message, recipient, from: account)
            guard onward.isEmpty else { return try await send(onward, message, recipient, account) }
            try await deliver(message, recipient, to: account)
        } catch {
            return await settle(recipient, of: message, account, after: error)
        }
        await settle(message, recipient, .delivered)
        note(.delivered(message.id, account, attempts: recipient.attempts + 1))
    }

    /// In one write: what goes on is in the queue exactly when this is out of it.
    private func send(
        _ onward: [QueueSubmission], _ message: QueuedMessage, _ recipient: QueuedRecipient, _ account: AccountID
    ) async throws(StoreError) {
        try await store.queue.settle(message.id, [recipient.number: .delivered], reports: onward)
        noteForwards(onward, of: message, recipient, account)
        note(.sentOn(message.id, account))
    }

    private func settle(_ message: QueuedMessage, _ recipient: QueuedRecipient, _ outcome: QueueOutcome) async {
        await Stubborn.run { () throws(StoreError) in
            try await store.queue.settle(message.id, [recipient.number: outcome], isLarge: message.isLarge)
        } orNote: {
            note(.trouble("entry \(message.id): \($0)"))
        }
    }

    private func noteForwards(
        _ onward: [QueueSubmission], of message: QueuedMessage, _ recipient: QueuedRecipient, _ account: AccountID
    ) {
        for copy in onward where copy.envelope.origin == .forwarded {
            guard let address = copy.recipients.first?.address else { continue }
            store.trail.note(
                TrailEvent(
                    message.envelope.trailID, .forwarded(to: "\(address)"),
                    to: recipient.address?.description ?? "postmaster", account: account, queue: message.id))
        }
    }

    private func settle(
        _ recipient: QueuedRecipient, of message: QueuedMessage, _ account: AccountID, after error: StoreError
    ) async {
        guard error.isPermanentForDelivery || store.directory.clock() >= message.expiresAt else {
            note(.deferred(message.id, account, reason: error.description))
            return await settle(message, recipient, .deferred(error.description))
        }
        await give(up: recipient, of: message, account: account, because: error)
    }

    private func give(
        up recipient: QueuedRecipient, of message: QueuedMessage, account: AccountID, because error: StoreError
    ) async {
        let fact = SenderReports.Fact(recipient, .failed, status: error.deliveryStatus, text: error.publicText)
        do {
            let reports = try await reports.reports([fact], about: message)
            try await store.queue.settle(message.id, [recipient.number: .failed(error.description)], reports: reports)
            note(.failed(message.id, account, reason: error.description))
        } catch {
            note(.noBounce(message.id, account, reason: error.description))
            await settle(message, recipient, .deferred(error.description))
        }
    }

    private func deliver(
        _ message: QueuedMessage, _ recipient: QueuedRecipient, to account: AccountID
    ) async throws(StoreError) {
        let storable = try await store.storable(try await store.queue.body(of: message.id))
        guard try await !isThere(storable, message, recipient, in: account) else { return }
        try await LocalDelivery(store: store).write(storable, message.envelope, to: account)
        guard let entry = try? await store.directory.entry(id: account) else { return }
        await VacationReplies(store: store).answer(storable, message.envelope, for: [entry])
    }

    /// A crash between the account's commit and the queue's leaves a delivered message waiting: it is recognised by its
    /// moment, size and bytes. Whoever moved it elsewhere meanwhile gets it twice rather than not at all.
    private func isThere(
        _ storable: StorableMessage, _ message: QueuedMessage, _ recipient: QueuedRecipient, in account: AccountID
    ) async throws(StoreError) -> Bool {
        guard recipient.wasInterrupted else { return false }
        let candidates = try await store.account(account).read { reader -> [MessageBody] in
            guard let inbox = try message.envelope.mailbox({ try reader.mailbox(role: $0) }) else { return [] }
            var uids: [UID] = []
            try reader.rows(in: inbox.id, UIDSet(.first ... .last)) { row in
                if row.size == storable.size, row.receivedAt == message.envelope.receivedAt { uids.append(row.uid) }
            }
            return try uids.map { try reader.body(of: inbox.id, uid: $0) }
        }
        for candidate in candidates where try await store.isSame(candidate, storable.body) { return true }
        return false
    }
}

extension MailStore {
    /// Octet for octet, however large; a body that cannot be read to its end is like no other.
    fileprivate func isSame(_ one: MessageBody, _ other: MessageBody) async throws(StoreError) -> Bool {
        guard case .file = one, case .file = other else { return one == other }
        let (left, right) = (try await open(one), try await open(other))
        var place: Int64 = 0
        while place < left.size {
            let chunk = try await left.read(at: place, count: LocalRetry.chunkSize)
            guard !chunk.isEmpty, try await right.read(at: place, count: chunk.count) == chunk else { return false }
            place += Int64(chunk.count)
        }
        return left.size == right.size
    }

    /// A stored body as a message that can be stored again.
    func storable(_ body: MessageBody) async throws(StoreError) -> StorableMessage {
        if case .inline(let bytes) = body { return StorableMessage(bytes) }
        let reader = try await open(body)
        let spool = makeSpool()
        while spool.size < reader.size {
            let chunk = try await reader.read(at: spool.size, count: LocalRetry.chunkSize)
            guard !chunk.isEmpty else { throw .inputOutput("a queued body ends too early") }
            try await spool.append(chunk)
        }
        return try await spool.finish()
    }
}

extension StoreError {
    /// RFC 3463: why it was given up.
    package var deliveryStatus: String {
        switch self {
        case .noSuchAccount: "5.1.1"
        case .overQuota(.tooLargeForAccount): "5.2.3"
        case .overQuota(.full): "5.2.2"
        default: "5.4.7"
        }
    }

    /// For the sender's eyes: no paths, no internals.
    package var publicText: String {
        switch self {
        case .noSuchAccount: "the account does not exist any more"
        case .overQuota(.tooLargeForAccount): "the message is larger than the mailbox may hold"
        case .overQuota(.full): "the mailbox has been full for days"
        default: "the mailbox could not be written for days"
        }
    }
}
