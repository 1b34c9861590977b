import MailAdmin
import MailMessage
import MailStore
import MailWire

/// Whose account is it? For a helpdesk among its own people, for operators among all.
enum SearchPage {
    static let rowsShown = 50

    static func show(_ visit: Visit) async throws -> HTTPResponse {
        let (scope, words) = (try visit.scope(), visit.words)
        let text = String((visit.request.target.query["q"] ?? "").trimmed.prefix(WebLimits.longestName))
        let search = AccountSearch(text, among: scope.organisations)
        let hits = try await visit.site.store.directory.read { try $0.search(search, limit: rowsShown) }
        // An alias is no part of a name: only the whole of it finds its account.
        let entries = hits.entries.isEmpty ? try await behindAlias(text, visit, scope) : hits.entries
        let field = Field(
            name: "q", label: words("Name, login, address, class", "Namn, användarnamn, adress, klass"), kind: .search,
            value: text,
            help: words(
                "Parts will do; with several words, all of them have to fit.",
                "Delar räcker; med flera ord måste alla passa."), isRequired: false, longest: WebLimits.longestName)
        let content: HTML = """
            <p class="lead">\(reach(scope, words))</p>
            <form method="get" action="/support" class="card" role="search">\(field.html)<button>\(words("Search", "Sök"))</button></form>
            \(table(entries, words))
            \(more(hits, shown: entries.count, words))
            """
        return visit.frame(words("Accounts", "Konton")).response(content)
    }

    private static func behindAlias(_ text: String, _ visit: Visit, _ scope: Scope) async throws -> [AccountEntry] {
        guard !text.isEmpty, let entry = try await visit.site.store.directory.entry(login: text), scope.sees(entry)
        else { return [] }
        return [entry]
    }

    private static func reach(_ scope: Scope, _ words: Words) -> String {
        guard let names = scope.organisations else {
            return words("You can help everybody.", "Du kan hjälpa alla.")
        }
        let list = names.map(\.text).sorted().joined(separator: ", ")
        return words("You can help the people of \(list).", "Du kan hjälpa dem som hör till \(list).")
    }

    private static func table(_ entries: [AccountEntry], _ words: Words) -> HTML {
        guard !entries.isEmpty else {
            return "<p role=\"status\">\(words("Nobody was found.", "Ingen hittades."))</p>"
        }
        let rows = entries.map { entry -> HTML in
            """
            <tr><th scope="row"><a href="/support/account/\(entry.id.value)">\(entry.address.description)</a></th><td>\(entry.name)</td>\
            <td>\(entry.login.text)</td><td>\(entry.organisation?.text ?? "–")</td><td>\(entry.accountClass?.text ?? "–")</td>\
            <td>\(StatusWords.text(entry.status, words))</td><td>\(use(entry, words))</td></tr>

            """
        }
        let columns = [
            words("Address", "Adress"), words("Name", "Namn"), words("Login", "Användarnamn"),
            words("Organisation", "Organisation"), words("Class", "Klass"), words("State", "Läge"),
            words("Used", "Används"),
        ]
        return Grid(label: words("Accounts", "Konton"), columns: columns, rows: rows).html
    }

    private static func use(_ entry: AccountEntry, _ words: Words) -> String {
        words.size(entry.hints.bytesUsed) + (entry.quota.bytes == nil ? "" : " (\(entry.percentUsed) %)")
    }

    private static func more(_ hits: AccountHits, shown: Int, _ words: Words) -> HTML {
        let rest = hits.total - shown
        guard rest > 0 else { return "" }
        let number = words.number(Int64(rest))
        return """
            <p role="status">\(words(
                "And \(number) more: type more of the name.", "Och \(number) till: skriv mer av namnet."))</p>
            """
    }
}

/// What an account can do just now.
enum StatusWords {
    static func text(_ status: AccountStatus, _ words: Words) -> String {
        switch status {
        case .active: words("active", "aktivt")
        case .noPassword: words("no mail password yet", "inget e-postlösenord än")
        case .suspended: words("suspended", "avstängt")
        case .removed: words("removed", "borttaget")
        }
    }
}
