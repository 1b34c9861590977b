internal import MailMessage
internal import MailStore

/// One more attempt for one queued recipient, and what follows from it.
struct QueueRetry: Sendable {
    static let chunkSize = 256 << 10

    let store: MailStore
    let serverName: String
    let note: @Sendable (QueueNote) -> Void

    /// Throws only when the queue itself cannot be written: the lease then brings the recipient back.
    func attempt(_ recipient: DueRecipient) async throws(StoreError) {
        do {
            try await deliver(recipient)
        } catch {
            return try await settle(recipient, after: error)
        }
        try await store.queue.delivered(recipient)
        note(.delivered(recipient.entry, recipient.account, attempts: recipient.attempts + 1))
    }

    private func settle(_ recipient: DueRecipient, after error: StoreError) async throws(StoreError) {
        let isLast = error.isPermanentForDelivery || store.directory.clock() >= recipient.expiresAt
        guard isLast else {
            note(.deferred(recipient.entry, recipient.account, reason: error.description))
            return try await store.queue.deferred(recipient, error: error.description)
        }
        // The bounce is safe before the recipient is given up: a crash between the two may bounce twice, never not at all.
        do { try await Bounce(store: store, serverName: serverName).send(for: recipient, because: error) } catch let
            failure
        {
            note(.noBounce(recipient.entry, recipient.account, reason: failure.description))
            return try await store.queue.deferred(recipient, error: error.description)
        }
        note(.failed(recipient.entry, recipient.account, reason: error.description))
        try await store.queue.failed(recipient, error: error.description)
    }

    private func deliver(_ recipient: DueRecipient) async throws(StoreError) {
        let message = try await store.storable(try await store.queue.body(of: recipient.entry))
        guard try await !isThere(message, recipient) else { return }
        try await LocalDelivery(store: store).write(message, to: recipient.account, receivedAt: recipient.receivedAt)
    }

    /// A crash between the account's commit and the queue's leaves a delivered message waiting: it is recognised by its
    /// moment, size and bytes. Whoever moved it out of INBOX meanwhile gets it twice rather than not at all.
    private func isThere(_ message: StorableMessage, _ recipient: DueRecipient) async throws(StoreError) -> Bool {
        guard recipient.wasInterrupted else { return false }
        return try await store.account(recipient.account).read { reader in
            guard let inbox = try reader.mailbox(role: .inbox) else { return false }
            var candidates: [UID] = []
            try reader.rows(in: inbox.id, UIDSet(.first ... .last)) { row in
                if row.size == message.size, row.receivedAt == recipient.receivedAt { candidates.append(row.uid) }
            }
            return try candidates.contains { uid in
                let body = try reader.body(of: inbox.id, uid: uid)
                guard case .inline = body else { return true }
                return body == message.body
            }
        }
    }
}

extension MailStore {
    /// A stored body as a message that can be stored again.
    func storable(_ body: MessageBody) async throws(StoreError) -> StorableMessage {
        if case .inline(let bytes) = body { return StorableMessage(bytes) }
        let reader = try await open(body)
        let spool = makeSpool()
        while spool.size < reader.size {
            let chunk = try await reader.read(at: spool.size, count: QueueRetry.chunkSize)
            guard !chunk.isEmpty else { throw .inputOutput("a queued body ends too early") }
            try await spool.append(chunk)
        }
        return try await spool.finish()
    }
}
