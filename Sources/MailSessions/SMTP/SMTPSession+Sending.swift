import MailDelivery
import MailMessage
import MailNetwork
import MailStore
import MailTransport

/// What is done beside the delivery for those who send from here.
extension SMTPSession {
    /// Counts the message against the limits of its sender; not nil: it goes beyond one and is held. A host of a trusted network
    /// counts only where it uses that trust.
    func excess(of transaction: SMTPTransaction) async -> SendingExcess? {
        guard let right = relayRight else { return nil }
        let party: SendingParty
        var rule = SendingRule()
        switch right {
        case .account(let account):
            party = .account(account.id)
            rule = (try? await services.store.directory.read { try $0.sendingRule(of: account) }) ?? rule
        case .network:
            guard !transaction.elsewhere.isEmpty, !connection.peer.ip.isLoopback else { return nil }
            party = .host("\(connection.peer.ip)")
        }
        let recipients = transaction.addresses.map { $0?.description ?? "postmaster" }
        let decision = await services.store.sending.charge(party, recipients: recipients, rule: rule)
        guard case .hold(let excess) = decision else { return nil }
        log("held", [("cause", excess.reason)])
        return excess
    }

    /// Whom it concerns learns of it once, and never waits for it.
    func tell(of excess: SendingExcess, _ queue: QueueID?) async {
        let notice = HoldNotice(store: services.store, serverName: services.settings.hostName)
        do {
            try await notice.send(
                about: excess, account: state.account, client: "\(connection.peer.ip)", queue: queue)
        } catch {
            log(problem: "hold_notice", [("cause", "\(error)")])
        }
    }

    /// RFC 3461 §5.2.3: whoever asked hears that it has arrived.
    func reportSuccess(_ outcome: DeliveryOutcome, _ envelope: QueueEnvelope, _ passage: GatePassage) async {
        let arrived = zip(passage.transaction.recipients, outcome.recipients).enumerated().filter { _, pair in
            pair.0.notice.wantsSuccess && pair.1 == .delivered
        }
        guard !arrived.isEmpty, envelope.sender != nil else { return }
        let recipients = arrived.map { place, pair in
            QueuedRecipient(
                number: place, destination: .nowhere, address: pair.0.address, attempts: 1, lastError: "",
                wasInterrupted: false, notice: pair.0.notice)
        }
        let message = QueuedMessage(
            id: outcome.queue ?? QueueID(0), envelope: envelope, size: passage.message.size, expiresAt: 0,
            recipients: recipients)
        let facts = recipients.map {
            SenderReports.Fact($0, .delivered, status: "2.1.5", text: "it has been put into the mailbox")
        }
        do {
            let reports = SenderReports(store: services.store, serverName: services.settings.hostName)
            for report in try await reports.reports(facts, about: message, body: passage.message.body) {
                try await services.store.queue.enqueue(report)
            }
        } catch {
            log(problem: "success_report", [("cause", "\(error)")])
        }
    }

    /// The message has been sent: a copy that cannot be kept is no reason to say otherwise.
    func keepSentCopy(of message: StorableMessage) async {
        guard let account = state.account else { return }
        do {
            let isWanted = try await services.store.directory.read { try $0.features(of: account).isOn(.sentCopy) }
            guard isWanted else { return }
            let receivedAt = services.clock()
            _ = try await services.store.account(account.id).write(limit: account.quota.limit) { transaction in
                guard let sent = try transaction.mailboxID(role: .sent) else { throw StoreError.noSuchMailbox(nil) }
                return try transaction.append(message, to: sent, flags: [.system(.seen)], receivedAt: receivedAt)
            }
        } catch {
            log(problem: "sent_copy", [("cause", "\(error)")])
        }
    }
}
