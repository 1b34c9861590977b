import MailAdmin
import MailMessage
import MailStore
import MailWire

/// What became of somebody else's mail: as its owner may see it, who with whom and when, and nothing that is in it.
enum AccountTrailPage {
    static func show(_ visit: Visit) async throws -> HTTPResponse {
        let (managed, words) = (try await visit.managed(), visit.words)
        let wanted = String((visit.request.target.query["with"] ?? "").trimmed.prefix(WebLimits.longestName))
        var filter = TrailFilter()
        filter.account = managed.entry.id
        let found = try await visit.administration().trace(filter, in: words.noticeLanguage, limit: WebLimits.mostRows)
        let field = Field(
            name: "with", label: words("Only with this address", "Bara med den här adressen"), kind: .search,
            value: wanted, isRequired: false)
        let content: HTML = """
            \(Banner.of(managed, words))
            <form method="get" action="\(managed.path)/trail" class="card" role="search">\(field.html)\
            <button class="quiet">\(words("Search", "Sök"))</button></form>
            \(TraceTable.html(found, about: wanted, words))
            """
        return visit.frame(words("What became of its mail", "Vad som hände med dess e-post")).response(content)
    }
}

/// Lines of the trail, the newest message first.
struct TraceTable {
    /// Of one page, however many things happened to its messages.
    static let linesShown = 500

    let lines: [TraceLine]
    let words: Words
    var isOperator = false

    /// Of the newest messages those that have to do with an address; one that is not among them may be further back.
    static func html(_ found: Trace, about wanted: String, _ words: Words) -> HTML {
        let lines = found.lines.about(wanted)
        guard lines.isEmpty, !wanted.isEmpty, found.next != nil else {
            return TraceTable(lines: lines, words: words).html
        }
        let count = WebLimits.mostRows
        return "<p>\(words("Not among the last \(count) messages.", "Inte bland de senaste \(count) breven."))</p>"
    }

    var html: HTML {
        guard !lines.isEmpty else { return "<p>\(words("Nothing is known.", "Inget är känt."))</p>" }
        let rows = lines.prefix(Self.linesShown).map { line -> HTML in
            let message: HTML = isOperator ? "<td><code>\(line.message)</code></td>" : ""
            return """
                <tr><td>\(words.moment(line.at))</td>\(message)<td>\(line.sender ?? "–")</td><td>\(line.recipient ?? "–")</td>\
                <td>\(line.words)</td></tr>

                """
        }
        let message = isOperator ? [words("Message", "Brev")] : []
        let columns =
            [words("When", "När")] + message
            + [words("From", "Från"), words("To", "Till"), words("What happened", "Vad som hände")]
        return Grid(label: words("What happened", "Vad som hände"), columns: columns, rows: rows).html
    }
}

extension Words {
    var noticeLanguage: NoticeLanguage { language == .swedish ? .sv : .en }
}

extension [TraceLine] {
    /// All of the messages that have to do with an address, or a part of it.
    func about(_ address: String) -> [TraceLine] {
        let wanted = address.lowercased()
        guard !wanted.isEmpty else { return self }
        let messages = Set(
            filter { line in [line.sender, line.recipient].contains { $0?.lowercased().contains(wanted) == true } }
                .map(\.message))
        return filter { messages.contains($0.message) }
    }
}
