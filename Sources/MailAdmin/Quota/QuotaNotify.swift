import MailMessage
package import MailStore

extension Administration {
    /// Whom a notice is due to now. Changes nothing.
    package func dueNotices(_ plan: QuotaNoticePlan, otherwise language: NoticeLanguage) async throws(AdminError)
        -> [(notice: QuotaNotice?, id: AccountID, step: QuotaNoticePlan.Step)]
    {
        let now = clock()
        let (steps, organisations) = try await reading { reader in
            let sent = try reader.noticesSent()
            var steps: [(AccountID, QuotaNoticePlan.Step)] = []
            try reader.eachUsage { facts in
                let step = plan.step(facts, sent: sent[facts.id] ?? [], now: now)
                if !step.isNothing { steps.append((facts.id, step)) }
            }
            return (steps, try reader.organisations())
        }
        var due: [(notice: QuotaNotice?, id: AccountID, step: QuotaNoticePlan.Step)] = []
        for (id, step) in steps {
            let notice = try await notice(step, to: id, organisations, otherwise: language)
            due.append((notice, id, step))
        }
        return due
    }

    /// Notes what is told or no longer so, and delivers. False when another run was quicker.
    package func send(_ notice: QuotaNotice?, _ step: QuotaNoticePlan.Step, to id: AccountID) async throws(AdminError)
        -> Bool
    {
        let isNew = try await writing { transaction in
            try transaction.forgetNotices(step.forget, to: id)
            return try transaction.noteNotices(step.note, to: id)
        }
        guard isNew, let notice else { return false }
        let text = QuotaNoticeText(notice: notice)
        try await deliver(subject: text.subject, body: text.body, to: notice.entry)
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

    private func notice(
        _ step: QuotaNoticePlan.Step, to id: AccountID, _ organisations: [OrganisationEntry],
        otherwise language: NoticeLanguage
    ) async throws(AdminError) -> QuotaNotice? {
        guard let kind = step.notice, let entry = try await reading({ try $0.account(id) }), entry.status != .suspended
        else { return nil }
        let contact = organisations.first { $0.name == entry.organisation }?.contact ?? ""
        return QuotaNotice(
            entry: entry, kind: kind, language: entry.language.flatMap(NoticeLanguage.init) ?? language,
            contact: contact.isEmpty ? nil : contact, weight: try await weight(of: id))
    }
}
