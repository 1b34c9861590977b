import MailAdmin
import MailMessage
import MailStore
import MailWire

/// What became of the mail that one has sent and got.
enum TrailPage {
    static func show(_ visit: Visit) async throws -> HTTPResponse {
        let (person, words) = (try visit.owner(), visit.words)
        let wanted = visit.request.target.query["with"]?.trimmed ?? ""
        var filter = TrailFilter()
        filter.account = person.entry.id
        let administration = try visit.administration()
        let found = try await administration.trace(filter, in: words.noticeLanguage, limit: WebLimits.mostRows)
        let field = Field(
            name: "with", label: words("Only with this address", "Bara med den här adressen"), kind: .search,
            value: wanted, isRequired: false)
        let content: HTML = """
            <p class="lead">\(words(
                "What you have sent and what has come for you lately, and what became of it.",
                "Det du har skickat och det som har kommit till dig på sistone, och vad som hände med det."))</p>
            <form method="get" action="/trail" class="card" role="search">\(field.html)<button class="quiet">\(words("Search", "Sök"))</button></form>
            \(TraceTable.html(found, about: wanted, words))
            """
        return visit.frame(words("What became of my mail", "Vad som hände med min e-post")).response(content)
    }
}
