package import MailMessage
package import MailStore

/// One account about whose limit something is to be told, or no longer so.
package struct DueNotice: Sendable {
    let id: AccountID
    let step: QuotaNoticePlan.Step
    package let address: EmailAddress
}

extension Administration {
    /// To whom a notice may be due, as the directory has it: no account is opened, nothing is changed.
    package func dueNotices(_ plan: QuotaNoticePlan) async throws(AdminError) -> [DueNotice] {
        let now = clock()
        return try await reading { reader in
            let sent = try reader.noticesSent()
            var steps: [(AccountID, QuotaNoticePlan.Step)] = []
            try reader.eachUsage { facts in
                let step = plan.step(facts, sent: sent[facts.id] ?? [], now: now)
                if !step.isNothing { steps.append((facts.id, step)) }
            }
            return try steps.compactMap { id, step in
                guard let entry = try reader.account(id) else { return nil }
                // Nobody reads it: it is told when the account is resumed.
                let isReader = entry.status != .suspended
                guard isReader || !step.forget.isEmpty else { return nil }
                return DueNotice(id: id, step: isReader ? step : step.withoutNews, address: entry.address)
            }
        }
    }

    /// The notice that is due; nil: nothing is to be said.
    package func notice(_ due: DueNotice, otherwise language: NoticeLanguage) async throws(AdminError) -> QuotaNotice? {
        let id = due.id
        guard let kind = due.step.notice, let entry = try await reading({ try $0.account(id) }) else { return nil }
        let contact = try await contact(of: entry)
        return QuotaNotice(
            entry: entry, kind: kind, isLapsing: due.step.isLapsing,
            language: entry.language.flatMap(NoticeLanguage.init) ?? language, contact: contact,
            weight: try await weight(of: id))
    }

    private func contact(of entry: AccountEntry) async throws(AdminError) -> String? {
        guard let name = entry.organisation else { return nil }
        let contact = try await reading { try $0.organisation(name) }?.contact ?? ""
        return contact.isEmpty ? nil : contact
    }

    /// Notes what is told or no longer so, and delivers. False when another run was quicker, or there was nothing to say.
    package func send(_ notice: QuotaNotice?, _ due: DueNotice) async throws(AdminError) -> Bool {
        let isNew = try await writing { transaction in
            try transaction.forgetNotices(due.step.forget, to: due.id)
            return try transaction.noteNotices(due.step.note, to: due.id)
        }
        guard isNew, let notice else { return false }
        let text = QuotaNoticeText(notice: notice)
        do { try await deliver(subject: text.subject, body: text.body, to: notice.entry) } catch {
            // The next run tries again.
            try? await writing { try $0.forgetNotices(due.step.note, to: due.id) }
            throw error
        }
        return true
    }

    /// A mail of the system's own into INBOX, beyond the limit if it must.
    package func deliver(subject: String, body: String, to entry: AccountEntry) async throws(AdminError) {
        let moment = clock()
        var builder = MessageBuilder()
        builder.addDate(MailDate(seconds: moment))
        if let sender = EmailAddress(local: "postmaster", domain: entry.address.domain) {
            builder.add("From", addresses: [MailAddress(sender, name: "Postmaster")])
        }
        builder.add("To", addresses: [MailAddress(entry.address)])
        builder.add("Subject", subject)
        builder.addMessageID(unique: Self.unique(), domain: entry.address.domain)
        builder.add("Auto-Submitted", "auto-generated")  // RFC 3834 §5
        let message = StorableMessage(builder.text(body))
        do {
            try await store.account(entry.id).write(limit: nil) { transaction in
                guard let inbox = try transaction.mailbox(.inbox) else { throw StoreError.noSuchMailbox(.inbox) }
                _ = try transaction.append(message, to: inbox.id, flags: [], receivedAt: moment)
            }
        } catch { throw AdminError(error) }
    }

    private static func unique() -> String {
        (0..<2).map { _ in String(UInt64.random(in: 0 ... .max), radix: 36) }.joined()
    }
}

extension QuotaNoticePlan.Step {
    /// What is no longer so is forgotten all the same.
    fileprivate var withoutNews: Self { Self(forget: forget) }
}
