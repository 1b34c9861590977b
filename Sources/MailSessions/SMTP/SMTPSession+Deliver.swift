import MailDelivery
import MailMessage
import MailShared
import MailStore
import MailTransport
import MailWire

extension SMTPSession {
    /// A new body with our trace header on top.
    func makeBody(_ transaction: SMTPTransaction) async -> SMTPBody {
        let id = nextMessageID()
        let completion = state.account.map { _ in
            MessageCompletion(now: services.clock(), id: id, host: services.settings.hostName)
        }
        let body = SMTPBody(
            id: id, spool: services.store.makeSpool(), limit: services.settings.messageLimit, policy: policy,
            refusesBareLineEndings: transaction.parameters.body != .binary, completion: completion)
        await body.prepend(trace(transaction, id).bytes)
        return body
    }

    private func trace(_ transaction: SMTPTransaction, _ id: String) -> TraceHeader {
        TraceHeader(
            sender: transaction.sender, client: state.greeting?.name, peer: connection.peer.ip,
            host: services.settings.hostName, isExtended: state.greeting?.isExtended ?? false,
            isInternational: transaction.parameters.isInternational, isLoggedIn: state.account != nil,
            tls: connection.tls, id: id,
            onlyRecipient: transaction.recipientCount == 1 ? transaction.recipients.first?.address : nil,
            now: services.clock())
    }

    /// The end of the data: durable in every account, or in the queue, before the 250 (RFC 5321 §6.1).
    func deliver(_ body: SMTPBody, _ transaction: SMTPTransaction) async throws(SMTPError) -> SMTPReply {
        let watch = Stopwatch()
        defer { services.metrics.observe(.delivery, watch.microseconds) }
        let message: StorableMessage
        do {
            message = try await body.finish()
        } catch {
            throw noteRefusal(error, body, transaction)
        }
        let outcome = await services.delivery.deliver(
            message, from: transaction.sender.address, to: transaction.recipients,
            notices: QueueNotices(transaction.parameters))
        guard outcome.isAccepted else {
            throw noteRefusal(SMTPError(outcome.failure ?? .closed), body, transaction)
        }
        let queued = outcome.recipients.count { if case .queued = $0 { true } else { false } }
        services.metrics.add(queued == 0 ? .mailDelivered : .mailQueued)
        logMessage(
            "delivered", body, transaction, [],
            [("queued", Int64(queued)), ("ms", Int64(clamping: watch.microseconds / 1_000))])
        noteMessage()
        return .accepted(body.id)
    }

    private func noteRefusal(_ error: SMTPError, _ body: SMTPBody, _ transaction: SMTPTransaction) -> SMTPError {
        services.metrics.add(error.reply.code < 500 ? .mailDeferred : .mailRefused)
        if error == .messageTooLarge { services.metrics.add(.limitMessageSize) }
        logMessage("refused", body, transaction, [("reply", "\(error.reply.code)")])
        return error
    }

    /// Never the subject or any other word of the message: who, to whom, how large, and its ids.
    private func logMessage(
        _ event: String, _ body: SMTPBody, _ transaction: SMTPTransaction, _ more: [(String, String)],
        _ numbers: [(String, Int64)] = []
    ) {
        let first = transaction.recipients.first.map { $0.address?.description ?? "postmaster" } ?? ""
        let fields = [("id", body.id), ("from", transaction.sender.address?.description ?? ""), ("to", first)]
        log(
            event, fields + more,
            numbers: [("nrcpt", Int64(transaction.recipients.count)), ("size", body.size)] + numbers)
    }
}
