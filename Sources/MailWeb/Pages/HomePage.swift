import MailMessage
import MailStore
import MailWire

/// Where a person comes to after the login: how full the account is, and what can be done.
enum HomePage {
    static func show(_ visit: Visit) async throws -> HTTPResponse {
        let (person, words) = (try visit.owner(), visit.words)
        let account = try visit.site.store.account(person.entry.id)
        let usage = try await account.read { try $0.usage() }
        let quota = person.entry.quota.bytes
        let content: HTML = """
            <section class="card"><h2>\(words("Space", "Utrymme"))</h2>
            \(QuotaMeter(used: usage.bytes, limit: quota, words: words).html)
            <p>\(words("\(words.number(usage.messages)) messages", "\(words.number(usage.messages)) brev"))</p></section>
            """
        let name = person.entry.name
        let title = name.isEmpty ? words("My account", "Mitt konto") : words("Hello, \(name)", "Hej, \(name)")
        return visit.frame(title).response(content)
    }
}

/// How full an account is, as a bar and in words.
struct QuotaMeter {
    let used: Int64
    let limit: Int64?
    let words: Words

    var html: HTML {
        guard let limit else {
            return
                "<p>\(words("\(words.size(used)) used; there is no limit.", "\(words.size(used)) används; det finns ingen gräns."))</p>"
        }
        let percent = limit > 0 ? min(999, used.multipliedReportingOverflow(by: 100).partialValue / limit) : 100
        let text = words(
            "\(words.size(used)) of \(words.size(limit)) used (\(percent) %)",
            "\(words.size(used)) av \(words.size(limit)) används (\(percent) %)")
        return """
            <p id="space">\(text)</p>
            <meter min="0" max="100" high="80" optimum="0" value="\(min(100, percent))" aria-labelledby="space"></meter>
            """
    }
}
