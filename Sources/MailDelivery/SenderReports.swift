package import MailMessage
package import MailStore

/// What the sender of a message is told about its recipients (RFC 3461, RFC 3464).
package struct SenderReports: Sendable {
    /// How much of the original is looked at when only its header returns.
    static let originalHeaderBytes = 64 << 10
    /// With RET=FULL a message up to this size returns whole.
    package static let largestReturned = 256 << 10

    private let store: MailStore
    private let serverName: String

    package init(store: MailStore, serverName: String) {
        self.store = store
        self.serverName = serverName
    }

    /// One fact about one recipient.
    package struct Fact: Sendable {
        package var recipient: QueuedRecipient
        package var action: DeliveryReport.Action
        /// Enhanced status (RFC 3463).
        package var status: String
        package var text: String
        /// The host that said it; nil: this server.
        package var remoteHost: String?

        package init(
            _ recipient: QueuedRecipient, _ action: DeliveryReport.Action, status: String, text: String,
            remoteHost: String? = nil
        ) {
            self.recipient = recipient
            self.action = action
            self.status = status
            self.text = text
            self.remoteHost = remoteHost
        }
    }

    /// The reports to put into the queue; none for the null sender, for nobody we know, and for what was not asked
    /// (RFC 3461 §4.1).
    /// `body`: its text, when it is not in the queue.
    package func reports(
        _ facts: [Fact], about message: QueuedMessage, body: MessageBody? = nil
    ) async throws(StoreError) -> [QueueSubmission] {
        let wanted = facts.filter { Self.isWanted($0) }
        guard let named = message.sender, !wanted.isEmpty else { return [] }
        // Of forwarded mail it is an address of ours that means somebody else.
        let sender = ForwardedSenders(store: store).original(of: named) ?? named
        let recipients = try await QueueRecipient.named(by: sender, store)
        guard !recipients.isEmpty else { return [] }
        var envelope = QueueEnvelope(sender: nil, receivedAt: store.directory.clock())
        envelope.origin = .report
        envelope.trailID = "report-\(message.id)-\(message.recipients.first?.number ?? 0)"
        if sender.needsSMTPUTF8 { envelope.traits = [.international, .eightBit] }
        // RFC 8689 §5: a report holds the header, and is protected as the message was.
        if message.envelope.traits.contains(.requiresTLS) { envelope.traits.insert(.requiresTLS) }
        // RFC 5321 §4.4: the line of the last delivery, which is not sent on to other hosts.
        let text = Array("Return-Path: <>\r\n".utf8) + (try await text(wanted, about: message, body, to: sender))
        return [QueueSubmission(StorableMessage(text), envelope, to: recipients)]
    }

    private static func isWanted(_ fact: Fact) -> Bool {
        switch fact.action {
        case .failed: fact.recipient.notice.wantsFailures
        case .delayed: fact.recipient.notice.wantsDelays
        case .delivered, .relayed, .expanded: fact.recipient.notice.wantsSuccess
        }
    }

    private func text(
        _ facts: [Fact], about message: QueuedMessage, _ body: MessageBody?, to sender: EmailAddress
    ) async throws(StoreError) -> [UInt8] {
        guard let daemon = EmailAddress(local: "MAILER-DAEMON", domain: serverName) else {
            throw .invalid("server name \(serverName)")
        }
        let now = store.directory.clock()
        var report = DeliveryReport(
            reportingServer: serverName, recipients: facts.map { detail($0, message, daemon, now) })
        report.arrivedAt = message.envelope.receivedAt
        if !message.envelope.notices.envelopeID.isEmpty {
            report.envelopeID = Xtext.decoded(message.envelope.notices.envelopeID)
        }
        let wantsAll = message.envelope.notices.returnPart == "FULL" && facts.contains { $0.action == .failed }
        let isGuarded = message.envelope.traits.contains(.requiresTLS)
        let whole = wantsAll && !isGuarded && message.size <= Self.largestReturned
        return report.message(
            to: sender, from: daemon, date: MailDate(seconds: now),
            unique: "\(now).\(message.id).\(facts.first?.recipient.number ?? 0)",
            original: await original(of: message, body, whole ? Self.largestReturned : Self.originalHeaderBytes),
            headersOnly: !whole)
    }

    private func detail(
        _ fact: Fact, _ message: QueuedMessage, _ daemon: EmailAddress, _ now: EpochSeconds
    ) -> DeliveryReport.Recipient {
        var detail = DeliveryReport.Recipient(
            finalRecipient: fact.recipient.address ?? daemon, action: fact.action, status: fact.status)
        if !fact.recipient.notice.original.isEmpty {
            detail.originalRecipient = Xtext.decoded(fact.recipient.notice.original)
        }
        detail.remoteServer = fact.remoteHost
        detail.diagnosticType = fact.remoteHost == nil ? "x-posthus" : "smtp"
        detail.diagnostic = fact.text
        detail.lastAttempt = now
        if fact.action == .delayed { detail.willRetryUntil = message.expiresAt }
        return detail
    }

    /// Nothing when the queued body cannot be read: that may be why it was given up, and the sender is told all the same.
    private func original(of message: QueuedMessage, _ body: MessageBody?, _ count: Int) async -> [UInt8] {
        do {
            if case .inline(let bytes)? = body { return Array(bytes.prefix(count)) }
            let queued = if let body { body } else { try await store.queue.body(of: message.id) }
            return try await store.open(queued).read(at: 0, count: count)
        } catch {
            return []
        }
    }
}
