import MailAdmin
import MailMessage
import MailStore
import MailWire

/// What fills the account, and what to do about it.
enum SpacePage {
    static func show(_ visit: Visit) async throws -> HTTPResponse {
        let (person, words) = (try visit.owner(), visit.words)
        let (usage, mailboxes) = try await visit.site.store.account(person.entry.id)
            .read { (try $0.usage(), try $0.mailboxes()) }
        let quota = person.entry.quota
        let content: HTML = """
            \(QuotaMeter(used: usage.bytes, limit: quota.bytes, words: words).html)
            <p>\(words("\(words.number(usage.messages)) messages.", "\(words.number(usage.messages)) brev."))\(until(quota, words))</p>
            <h2>\(words("What fills it", "Vad som tar plats"))</h2>
            \(table(mailboxes, of: usage.bytes, words))
            <h2>\(words("How to make room", "Så får du plats"))</h2>
            <ul>
            <li>\(words(
                "Sort a large folder by size in your mail program, and delete what you no longer need: a few mails with attachments often fill more than all others.",
                "Sortera en stor mapp efter storlek i ditt e-postprogram och ta bort det du inte längre behöver: några få brev med bilagor tar ofta mer plats än alla andra."
            ))</li>
            <li>\(words(
                "Empty the trash: what lies there still counts.",
                "Töm papperskorgen: det som ligger där räknas fortfarande."))</li>
            <li>\(words(
                "Programs that count in other units (1 MiB = 1.05 MB) show a slightly smaller number for the same space.",
                "Program som räknar i andra enheter (1 MiB = 1,05 MB) visar ett något mindre tal för samma utrymme."))</li>
            </ul>
            """
        return visit.frame(words("Space", "Utrymme")).response(content)
    }

    private static func until(_ quota: EffectiveQuota, _ words: Words) -> String {
        guard let until = quota.until else { return "" }
        let afterwards = quota.bytesAfterwards.map(words.size) ?? words("no limit", "ingen gräns")
        return " "
            + words(
                "This limit holds until \(words.day(until)); then it is \(afterwards).",
                "Gränsen gäller till \(words.day(until)); därefter är den \(afterwards).")
    }

    /// The largest first.
    private static func table(_ mailboxes: [MailboxInfo], of total: Int64, _ words: Words) -> HTML {
        let largest = mailboxes.filter { $0.bytes > 0 }.sorted { ($1.bytes, $0.name) < ($0.bytes, $1.name) }
        let rows = largest.prefix(WebLimits.mostRows).map { mailbox -> HTML in
            let share = total > 0 ? min(100, mailbox.bytes / max(1, total / 100)) : 0
            return """
                <tr><th scope="row">\(FolderName.shown(mailbox, words))</th><td>\(words.number(Int64(mailbox.total)))</td>\
                <td>\(words.size(mailbox.bytes))</td><td><meter min="0" max="100" value="\(share)" aria-hidden="true"></meter></td></tr>

                """
        }
        guard !rows.isEmpty else { return "<p>\(words("Nothing yet.", "Inget än."))</p>" }
        let columns = [words("Folder", "Mapp"), words("Mails", "Brev"), words("Space", "Utrymme"), ""]
        return Grid(label: words("What fills it", "Vad som tar plats"), columns: columns, rows: rows).html
    }
}

/// Folders as people call them.
enum FolderName {
    static func shown(_ mailbox: MailboxInfo, _ words: Words) -> String {
        switch mailbox.role {
        case .trash: words("Trash", "Papperskorgen")
        case .junk: words("Junk", "Skräppost")
        case .sent: words("Sent", "Skickat")
        case .drafts: words("Drafts", "Utkast")
        case .archive: words("Archive", "Arkiv")
        default: mailbox.name == .inbox ? words("Inbox", "Inkorgen") : mailbox.name.description
        }
    }
}
