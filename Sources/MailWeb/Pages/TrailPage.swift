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
        let language: NoticeLanguage = words.language == .swedish ? .sv : .en
        let administration = try visit.administration()
        let found = try await administration.trace(filter, in: language, limit: WebLimits.mostRows)
        var lines = found.lines
        if !wanted.isEmpty {
            let about = Set(lines.filter { $0.concerns(wanted) }.map(\.message))
            lines.removeAll { !about.contains($0.message) }
        }
        let field = Field(
            name: "with", label: words("Only with this address", "Bara med den här adressen"), kind: .search,
            value: wanted, isRequired: false)
        let content: HTML = """
            <p class="lead">\(words(
                "What you have sent and what has come for you lately, and what became of it.",
                "Det du har skickat och det som har kommit till dig på sistone, och vad som hände med det."))</p>
            <form method="get" action="/trail" class="card" role="search">\(field.html)<button class="quiet">\(words("Search", "Sök"))</button></form>
            \(table(lines, words, isAll: wanted.isEmpty || found.next == nil))
            """
        return visit.frame(words("What became of my mail", "Vad som hände med min e-post")).response(content)
    }

    private static func table(_ lines: [TraceLine], _ words: Words, isAll: Bool) -> HTML {
        guard !lines.isEmpty else {
            return isAll
                ? "<p>\(words("Nothing is known.", "Inget är känt."))</p>"
                : "<p>\(words("Not among your last \(WebLimits.mostRows) messages.", "Inte bland dina senaste \(WebLimits.mostRows) brev."))</p>"
        }
        let rows = lines.prefix(mostLines).map { line -> HTML in
            """
            <tr><td>\(words.moment(line.at))</td><td>\(line.sender ?? "–")</td><td>\(line.recipient ?? "–")</td>\
            <td>\(line.words)</td></tr>

            """
        }
        let columns = [
            words("When", "När"), words("From", "Från"), words("To", "Till"), words("What happened", "Vad som hände"),
        ]
        return Grid(label: words("What happened", "Vad som hände"), columns: columns, rows: rows).html
    }

    private static let mostLines = 500
}

extension TraceLine {
    fileprivate func concerns(_ address: String) -> Bool {
        let wanted = address.lowercased()
        return [sender, recipient].contains { $0?.lowercased().contains(wanted) == true }
    }
}
