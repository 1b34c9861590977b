internal import MailMessage
internal import MailStore

/// Answers mail for accounts whose owners are away: after it was delivered, and never instead.
struct VacationReplies {
    /// So much of a message is looked at.
    static let headerBytes = 64 << 10

    let store: MailStore

    /// Whatever goes wrong, the message has been delivered: its sender goes without an answer.
    func answer(_ message: StorableMessage, _ envelope: QueueEnvelope, for accounts: [AccountEntry]) async {
        let away = accounts.filter(\.isAway)
        guard !away.isEmpty, let sender = envelope.sender, let header = await header(of: message),
            VacationRules.obstacle(to: header, envelope) == nil
        else { return }
        let addressees = VacationRules.addressees(header)
        for entry in away {
            guard let reply = try? await reply(for: entry, to: sender, about: header, addressees) else { continue }
            _ = try? await store.queue.enqueue(reply)
        }
    }

    private func header(of message: StorableMessage) async -> Header? {
        guard let reader = try? await store.open(message.body) else { return nil }
        return try? await Header(reader.read(at: 0, count: Self.headerBytes))
    }

    private func reply(
        for entry: AccountEntry, to sender: EmailAddress, about header: Header, _ addressees: [EmailAddress]
    ) async throws(StoreError) -> QueueSubmission? {
        guard let vacation = try await store.directory.vacation(of: entry.id),
            try await isMeant(entry, addressees, sender)
        else { return nil }
        let recipients = try await QueueRecipient.named(by: sender, store)
        guard !recipients.isEmpty,
            try await store.directory.noteAnswer(of: entry.id, to: sender, days: vacation.days)
        else { return nil }
        let now = store.directory.clock()
        let unique = "away.\(now).\(UInt64.random(in: 0 ... .max))"
        let text = VacationReply.text(vacation, from: entry, to: sender, about: header, at: now, unique: unique)
        // RFC 3834 §3.3: nobody answers an answer, nor hears that it could not be delivered.
        var envelope = QueueEnvelope(sender: nil, receivedAt: now)
        envelope.origin = .report
        envelope.trailID = unique
        envelope.messageID = "\(unique)@\(entry.address.domain)"
        if sender.needsSMTPUTF8 || entry.address.needsSMTPUTF8 { envelope.traits = [.international, .eightBit] }
        return QueueSubmission(StorableMessage(text), envelope, to: recipients)
    }

    /// The owner is named, and did not write it himself.
    private func isMeant(
        _ entry: AccountEntry, _ addressees: [EmailAddress], _ sender: EmailAddress
    ) async throws(StoreError) -> Bool {
        let id = entry.id
        return try await store.directory.read { reader in
            guard try !reader.isOwn(sender, of: id) else { return false }
            return try addressees.contains { try reader.isOwn($0, of: id) }
        }
    }
}

extension QueueRecipient {
    /// Where mail to whoever sent something goes; none when there is nobody.
    static func named(by sender: EmailAddress, _ store: MailStore) async throws(StoreError) -> [QueueRecipient] {
        switch try await store.directory.resolve(sender) {
        case .accounts(let accounts):
            accounts.map { QueueRecipient(destination: .account($0.id), address: sender) }
        case .notLocal: [QueueRecipient(destination: .remote(sender), address: sender)]
        case .unknown, .suspended, .loop, .unavailable: []  // Nobody to tell.
        }
    }
}
