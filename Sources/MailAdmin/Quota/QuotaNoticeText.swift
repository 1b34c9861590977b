import MailMessage
import MailStore

/// What a notice says. Whoever changes one language changes the other.
struct QuotaNoticeText {
    let notice: QuotaNotice

    var subject: String {
        switch (notice.kind, notice.language) {
        case (.threshold(let percent), .en) where percent >= 100: "Your mailbox is full"
        case (.threshold(let percent), .sv) where percent >= 100: "Din brevlåda är full"
        case (.threshold, .en): "Your mailbox is \(notice.entry.percentUsed) % full"
        case (.threshold, .sv): "Din brevlåda är full till \(notice.entry.percentUsed) %"
        case (.lapse, .en): "Your mailbox will have less room from \(day) on"
        case (.lapse, .sv): "Din brevlåda får mindre utrymme från \(day)"
        }
    }

    var body: String {
        let parts = notice.language == .en ? english : swedish
        return parts.joined(separator: "\n\n") + "\n"
    }

    private var quota: EffectiveQuota { notice.entry.quota }
    private var used: String { size(notice.entry.hints.bytesUsed) }
    private var limit: String { size(quota.bytes ?? 0) }
    private var mails: String { grouped(AverageMail.count(in: quota.bytes ?? 0)) }

    private var english: [String] {
        var parts = ["\(notice.entry.address) uses \(used) of \(limit), which is room for about \(mails) mails."]
        switch notice.kind {
        case .threshold(let percent) where percent >= 100:
            parts.append("New mail is refused until there is room; senders are told. Nothing you have is deleted.")
        case .threshold: parts.append("When it is full, new mail will be refused; senders are told.")
        case .lapse: break
        }
        if notice.isLapsing {
            parts.append(
                "From \(day) on the limit is \(size(quota.bytesAfterwards ?? 0)). Nothing you have will be deleted, but new "
                    + "mail will be refused until you use less.")
        }
        parts.append("What makes room:" + remedies(english: true))
        return parts + [notice.contact.map { "If you need more, ask \($0)." } ?? "If you need more, ask your support."]
    }

    private var swedish: [String] {
        var parts = ["\(notice.entry.address) använder \(used) av \(limit), vilket rymmer ungefär \(mails) brev."]
        switch notice.kind {
        case .threshold(let percent) where percent >= 100:
            parts.append("Nya brev avvisas tills det finns plats; avsändarna får veta det. Inget du har raderas.")
        case .threshold: parts.append("När den är full avvisas nya brev; avsändarna får veta det.")
        case .lapse: break
        }
        if notice.isLapsing {
            parts.append(
                "Från \(day) är gränsen \(size(quota.bytesAfterwards ?? 0)). Inget du har raderas, men nya brev avvisas "
                    + "tills du använder mindre.")
        }
        parts.append("Så får du plats:" + remedies(english: false))
        return parts + [notice.contact.map { "Behöver du mer, fråga \($0)." } ?? "Behöver du mer, fråga din support."]
    }

    private func remedies(english: Bool) -> String {
        let weight = notice.weight
        var lines: [String] = []
        if weight.trashBytes > 0 {
            let size = size(weight.trashBytes)
            lines.append(
                english
                    ? "Empty the trash: \(size) lie there, and what lies there counts."
                    : "Töm papperskorgen: \(size) ligger där, och det räknas.")
        }
        if weight.junkBytes > 0 {
            let size = size(weight.junkBytes)
            lines.append(english ? "Delete what is in Junk: \(size)." : "Radera skräpposten: \(size).")
        }
        if weight.largeMessages > 0 {
            let (count, size) = (weight.largeMessages, size(weight.largeBytes))
            lines.append(
                english
                    ? "Sort by size: your \(count) largest mails with attachments hold \(size)."
                    : "Sortera efter storlek: dina \(count) största brev med bilagor rymmer \(size).")
        }
        if lines.isEmpty {
            lines.append(english ? "Delete mails you no longer need." : "Radera brev som du inte längre behöver.")
        }
        return lines.map { "\n  * " + $0 }.joined()
    }

    /// `2027-02-01`, which both languages understand: the day that somebody in this place has given.
    private var day: String { quota.until.map { MailDate.here($0).isoDay } ?? "" }

    private func size(_ bytes: Int64) -> String {
        let text = SizeText.format(bytes)
        return notice.language == .sv ? text.replacing(".", with: ",") : text
    }

    private func grouped(_ number: Int64) -> String {
        NumberText.grouped(number, by: notice.language == .sv ? "\u{A0}" : ",")
    }
}
