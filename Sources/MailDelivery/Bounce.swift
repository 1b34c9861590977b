internal import MailMessage
internal import MailStore

/// Tells the sender that a recipient was given up (RFC 3464).
struct Bounce: Sendable {
    /// How much of the original is looked at: its header goes into the report, its body does not.
    static let originalBytes = 64 << 10

    let store: MailStore
    let serverName: String

    /// Returns when the report is in the sender's mailbox or durably in the queue. Nothing happens for the null sender.
    func send(for recipient: DueRecipient, because error: StoreError) async throws(StoreError) {
        // RFC 3461 §4.1: who asked not to be told is not told.
        guard let sender = recipient.sender, recipient.notice.wantsFailures else { return }
        let resolution = try await store.directory.resolve(sender)
        let report = StorableMessage(try await text(for: recipient, to: sender, because: error))
        switch resolution {
        case .accounts(let accounts):
            let target = RecipientTarget(address: sender, accounts: accounts)
            let outcome = await LocalDelivery(store: store).deliver(report, from: nil, to: [target])
            if let failure = outcome.failure { try await keep(report, for: accounts, sender, failure) }
        case .notLocal:
            let remote = QueueRecipient(
                destination: .remote(sender), address: sender, error: "sending does not exist yet")
            try await store.queue.enqueue(report, from: nil, to: [remote], receivedAt: store.directory.clock())
        case .unknown, .suspended, .loop, .unavailable:
            return  // Nobody to tell.
        }
    }

    /// The sender's account does not take it now: the report waits like other mail.
    private func keep(
        _ report: StorableMessage, for accounts: [AccountEntry], _ sender: EmailAddress, _ error: StoreError
    ) async throws(StoreError) {
        guard !error.isPermanentForDelivery else { return }
        let recipients = accounts.map {
            QueueRecipient(destination: .account($0.id), address: sender, error: error.description)
        }
        try await store.queue.enqueue(report, from: nil, to: recipients, receivedAt: store.directory.clock())
    }

    private func text(
        for recipient: DueRecipient, to sender: EmailAddress, because error: StoreError
    ) async throws(StoreError) -> [UInt8] {
        guard let daemon = EmailAddress(local: "MAILER-DAEMON", domain: serverName) else {
            throw .invalid("server name \(serverName)")
        }
        let now = store.directory.clock()
        var detail = DeliveryReport.Recipient(
            finalRecipient: recipient.address ?? daemon, action: .failed, status: Self.status(of: error))
        detail.diagnostic = "X-Posthus; \(error.publicText)"
        detail.lastAttempt = now
        var report = DeliveryReport(reportingServer: serverName, recipients: [detail])
        report.arrivedAt = recipient.receivedAt
        return report.message(
            to: sender, from: daemon, date: MailDate(seconds: now),
            unique: "\(now).\(recipient.entry).\(recipient.number)",
            original: await original(of: recipient), headersOnly: true)
    }

    /// Nothing when the queued body cannot be read: that may be why it was given up, and the sender is told all the same.
    private func original(of recipient: DueRecipient) async -> [UInt8] {
        guard let queued = try? await store.queue.body(of: recipient.entry), let body = try? await store.open(queued)
        else { return [] }
        return (try? await body.read(at: 0, count: Self.originalBytes)) ?? []
    }

    /// RFC 3463: why it was given up.
    static func status(of error: StoreError) -> String {
        switch error {
        case .noSuchAccount: "5.1.1"
        case .overQuota(.tooLargeForAccount): "5.2.3"
        case .overQuota(.full): "5.2.2"
        default: "5.4.7"
        }
    }
}

extension StoreError {
    /// For the sender's eyes: no paths, no internals.
    var publicText: String {
        switch self {
        case .noSuchAccount: "the account does not exist any more"
        case .overQuota(.tooLargeForAccount): "the message is larger than the mailbox may hold"
        case .overQuota(.full): "the mailbox has been full for days"
        default: "the mailbox could not be written for days"
        }
    }
}
