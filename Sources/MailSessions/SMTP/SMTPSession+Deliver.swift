import MailDelivery
import MailMessage
import MailNetwork
import MailShared
import MailStore
import MailTransport
import MailWire

extension SMTPSession {
    /// A new body with our trace header on top.
    func makeBody(_ transaction: SMTPTransaction) async -> SMTPBody {
        let id = nextMessageID()
        let body = SMTPBody(
            id: id, spool: services.store.makeSpool(), limit: services.settings.messageLimit, policy: policy,
            refusesBareLineEndings: transaction.parameters.body != .binary, rules: submissionRules(id))
        await body.prepend(trace(transaction, id).bytes)
        return body
    }

    private func submissionRules(_ id: String) -> SubmissionRules? {
        guard relayRight != nil else { return nil }
        return SubmissionRules(
            now: services.clock(), id: id, host: services.settings.hostName, account: state.account,
            foreignAuthor: policy.foreignAuthor, directory: services.store.directory)
    }

    private func trace(_ transaction: SMTPTransaction, _ id: String) -> TraceHeader {
        TraceHeader(
            sender: transaction.sender, client: state.greeting?.name, peer: connection.peer.ip,
            host: services.settings.hostName, isExtended: state.greeting?.isExtended ?? false,
            isInternational: transaction.parameters.isInternational, isLoggedIn: state.account != nil,
            tls: connection.tls, id: id,
            onlyRecipient: transaction.recipientCount == 1 ? transaction.addresses.first ?? nil : nil,
            now: services.clock())
    }

    /// The end of the data: durable in every account, or in the queue, before the 250 (RFC 5321 §6.1).
    func deliver(_ body: SMTPBody, _ transaction: SMTPTransaction) async throws(SMTPError) -> SMTPReply {
        let watch = Stopwatch()
        defer { services.metrics.observe(.delivery, watch.microseconds) }
        let passage: GatePassage
        do {
            let message = try await body.finish(isFinal: !mayChange(body))
            passage = try await passGate(message, body, transaction)
        } catch {
            throw noteRefusal(error, body, transaction)
        }
        if passage.isDiscarded { return noteDiscarded(passage, body) }
        let transaction = passage.transaction
        let envelope = envelope(of: passage, body)
        let excess = await excess(of: transaction)
        let outcome = await services.delivery.deliver(
            passage.message, envelope, to: transaction.recipients, elsewhere: transaction.elsewhere,
            hold: passage.hold ?? excess?.reason)
        guard outcome.isAccepted else {
            throw noteRefusal(SMTPError(outcome.failure ?? .closed), body, transaction)
        }
        noteAccepted(outcome, envelope, body, passage, watch)
        if let excess, excess.beginsEpisode { await tell(of: excess, outcome.queue) }
        if excess == nil { await keepSentCopy(of: passage.message) }
        await reportSuccess(outcome, envelope, passage)
        return .accepted(body.id)
    }

    private func envelope(of passage: GatePassage, _ body: SMTPBody) -> QueueEnvelope {
        let transaction = passage.transaction
        let parameters = transaction.parameters
        var envelope = QueueEnvelope(
            sender: passage.sender ?? transaction.sender.address, receivedAt: services.clock(),
            notices: QueueNotices(parameters))
        switch relayRight {
        case .account(let account): (envelope.origin, envelope.submitter) = (.submitted, account.id)
        case .network: envelope.origin = .trusted
        case nil: envelope.origin = .outside
        }
        envelope.client = "\(connection.peer.ip)"
        envelope.trailID = body.id
        envelope.messageID = body.messageID
        if passage.isJunk { envelope.traits.insert(.junk) }
        if parameters.body == .eightBit { envelope.traits.insert(.eightBit) }
        if parameters.body == .binary { envelope.traits.insert(.binary) }
        if parameters.isInternational { envelope.traits.insert(.international) }
        if parameters.requiresTLS {
            envelope.traits.insert(.requiresTLS)
        } else if body.wantsNoTLS {
            envelope.traits.insert(.tlsOptional)
        }
        return envelope
    }

    private func noteAccepted(
        _ outcome: DeliveryOutcome, _ envelope: QueueEnvelope, _ body: SMTPBody, _ passage: GatePassage,
        _ watch: Stopwatch
    ) {
        let transaction = passage.transaction
        services.metrics.add(outcome.queue == nil ? .mailDelivered : .mailQueued)
        let queued = outcome.recipients.count { $0.isQueued }
        logMessage(
            outcome.queue == nil ? "delivered" : "accepted", body, transaction,
            outcome.queue.map { [("queue", "\($0)")] } ?? [],
            [("queued", Int64(queued)), ("ms", Int64(clamping: watch.microseconds / 1_000))])
        services.store.trail.note(
            passage.told(TrailEvent.events(outcome, envelope, transaction, size: body.size)))
        noteMessage()
    }

    /// A filter wants it to look accepted.
    private func noteDiscarded(_ passage: GatePassage, _ body: SMTPBody) -> SMTPReply {
        let (transaction, envelope) = (passage.transaction, envelope(of: passage, body))
        logMessage("discarded", body, transaction, [])
        services.store.trail.note([
            TrailEvent(body.id, .accepted(TrailArrival(envelope, transaction, size: body.size))),
            TrailEvent(body.id, .discarded(reason: "")),
        ])
        noteMessage()
        return .accepted(body.id)
    }

    private func noteRefusal(_ error: SMTPError, _ body: SMTPBody, _ transaction: SMTPTransaction) -> SMTPError {
        services.metrics.add(error.reply.code < 500 ? .mailDeferred : .mailRefused)
        if error == .messageTooLarge { services.metrics.add(.limitMessageSize) }
        logMessage("refused", body, transaction, [("reply", "\(error.reply.code)")])
        noteRefused(body, transaction, error.reply)
        return error
    }

    /// Never the subject or any other word of the message: who, to whom, how large, and its ids.
    private func logMessage(
        _ event: String, _ body: SMTPBody, _ transaction: SMTPTransaction, _ more: [(String, String)],
        _ numbers: [(String, Int64)] = []
    ) {
        let addresses = transaction.addresses
        let first = addresses.first.map { $0?.description ?? "postmaster" } ?? ""
        let fields = [("id", body.id), ("from", transaction.sender.address?.description ?? ""), ("to", first)]
        log(
            event, fields + more,
            numbers: [("nrcpt", Int64(addresses.count)), ("size", body.size)] + numbers)
    }
}
