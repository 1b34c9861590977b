import MailAdmin
import MailMessage
import MailStore
import MailWire

/// What became of anybody's mail.
enum OperatorTrailPage {
    static func show(_ visit: Visit) async throws -> HTTPResponse {
        let (words, query) = (visit.words, visit.request.target.query)
        func typed(_ name: String) -> String { String((query[name] ?? "").trimmed.prefix(WebLimits.longestName)) }
        let names = ["sender", "recipient", "id"]
        var filter = TrailFilter()
        filter.sender = typed("sender").isEmpty ? nil : typed("sender")
        filter.recipient = typed("recipient").isEmpty ? nil : typed("recipient")
        if typed("id").contains("@") {
            filter.messageID = typed("id")
        } else if !typed("id").isEmpty {
            filter.id = typed("id")
        }
        let start = place(query["before"]) ?? .end
        let found = try await visit.administration()
            .trace(filter, in: words.noticeLanguage, below: start, limit: WebLimits.mostRows)
        let more: HTML? = found.next.map { next in
            let pairs = names.map { ($0, typed($0)) }.filter { !$0.1.isEmpty } + [("before", "\(next.at).\(next.id)")]
            return "<p><a href=\"/admin/trail?\(FormPairs(pairs).encoded)\">\(words("Older ones", "Äldre"))</a></p>\n"
        }
        let content: HTML = """
            <form method="get" action="/admin/trail" class="card" role="search">\(fields(typed, words))\
            <button>\(words("Search", "Sök"))</button></form>
            \(TraceTable(lines: found.lines, words: words, isOperator: true).html)\(more)
            """
        return visit.frame(words("What became of mail", "Vad som hände med e-post")).response(content)
    }

    private static func fields(_ typed: (String) -> String, _ words: Words) -> [HTML] {
        let help = words("An address, or @domain.", "En adress eller @domän.")
        return [
            Field(
                name: "sender", label: words("From", "Från"), kind: .search, value: typed("sender"), help: help,
                isRequired: false),
            Field(
                name: "recipient", label: words("To", "Till"), kind: .search, value: typed("recipient"), help: help,
                isRequired: false),
            Field(
                name: "id", label: words("Number or Message-ID", "Nummer eller Message-ID"), kind: .search,
                value: typed("id"), isRequired: false),
        ].map(\.html)
    }

    /// `1800000000.abc`: as the link above has it.
    private static func place(_ text: String?) -> TrailPlace? {
        guard let text, let dot = text.firstIndex(of: "."), let at = EpochSeconds(text[..<dot]) else { return nil }
        return TrailPlace(at: at, id: String(text[text.index(after: dot)...]))
    }
}
