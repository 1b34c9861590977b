import MailAdmin
import MailMessage
import MailStore
import MailWire

/// What is on its way, and what can be done about it.
enum QueuePage {
    static func show(_ visit: Visit) async throws -> HTTPResponse {
        try await page(visit, QueueQuestion(visit.request.target.query), .none)
    }

    /// One form around the list: which messages, why, and a button for what is done.
    static func change(_ visit: Visit) async throws -> HTTPResponse {
        let form = try visit.request.form()
        var draft = QueueDraft(form)
        let question = QueueQuestion(form)
        guard let action = draft.action else { throw WebError.notFound }
        let reason = draft.check(visit.words)
        guard let reason else { return try await page(visit, question, draft) }
        let administration = try visit.administration(reason: reason)
        var count = 0
        for id in draft.entries { count += try await action.carryOut(administration, id) }
        guard count > 0 else {
            draft.refuse(visit.words("Nothing of it was there any more.", "Inget av det fanns kvar längre."))
            return try await page(visit, question, draft)
        }
        return .redirect(to: "/admin/queue?" + question.query(more: [("done", action.rawValue)]))
    }

    private static func page(
        _ visit: Visit, _ question: QueueQuestion, _ draft: QueueDraft
    ) async throws -> HTTPResponse {
        let words = visit.words
        let lines = try await visit.administration()
            .queueLines(question.filter, after: question.place, limit: WebLimits.mostRows + 1)
        let content: HTML = """
            \(visit.done(QueueAction.news))\(question.form(words))
            \(QueueTable(lines: Array(lines.prefix(WebLimits.mostRows)), question: question, draft: draft, visit: visit).html)
            \(lines.count > WebLimits.mostRows ? more(lines.prefix(WebLimits.mostRows).last, question, words) : nil)
            """
        return visit.frame(words("Queue", "Kö")).response(draft.hasProblem ? .unprocessableContent : .ok, content)
    }

    private static func more(_ last: QueueLine?, _ question: QueueQuestion, _ words: Words) -> HTML? {
        last.map { last in
            let query = question.query(more: [("after", "\(last.entry).\(last.number)")])
            return "<p><a href=\"/admin/queue?\(query)\">\(words("More of them", "Fler"))</a></p>\n"
        }
    }
}

/// What can be done to a message in the queue.
enum QueueAction: String, CaseIterable {
    case retry, hold, release, remove

    static let news: [String: (english: String, swedish: String)] = [
        "retry": ("They are tried now.", "De försöks nu."),
        "hold": ("They are held.", "De hålls kvar."),
        "release": ("They are on their way.", "De är på väg."),
        "remove": ("They are taken out.", "De är borttagna."),
    ]

    func carryOut(_ administration: Administration, _ id: QueueID) async throws -> Int {
        switch self {
        case .retry: try await administration.retryQueue(id)
        case .hold: try await administration.holdQueue(id)
        case .release: try await administration.releaseQueue(id)
        case .remove: try await administration.removeFromQueue(id)
        }
    }

    func label(_ words: Words) -> String {
        switch self {
        case .retry: words("Try now", "Försök nu")
        case .hold: words("Hold", "Håll kvar")
        case .release: words("Release", "Släpp")
        case .remove: words("Take out", "Ta bort")
        }
    }
}

/// Which messages are shown, as the address of the page or its form says.
struct QueueQuestion {
    private let typed: [(name: String, value: String)]

    init(_ pairs: FormPairs) {
        typed = ["sender", "recipient", "domain", "state", "after"].compactMap { name in
            let value = String((pairs[name] ?? "").trimmed.prefix(WebLimits.longestName))
            return value.isEmpty ? nil : (name, value)
        }
    }

    subscript(name: String) -> String? { typed.first { $0.name == name }?.value }

    var filter: QueueFilter {
        var filter = QueueFilter()
        (filter.sender, filter.recipient, filter.domain) = (self["sender"], self["recipient"], self["domain"])
        filter.state = self["state"].flatMap(QueueLineState.init)
        return filter
    }

    /// `17.0`: behind that line.
    var place: QueuePlace {
        let numbers = (self["after"] ?? "").split(separator: ".").compactMap { Int64($0) }
        guard numbers.count == 2, let number = Int(exactly: numbers[1]) else { return .start }
        return QueuePlace(entry: QueueID(numbers[0]), number: number)
    }

    func query(more: [(String, String)]) -> String {
        let names = more.map(\.0)
        return FormPairs(typed.filter { !names.contains($0.name) }.map { ($0.name, $0.value) } + more).encoded
    }

    /// So that the page after a change shows the same.
    var hidden: [HTML] {
        typed.map { "<input type=\"hidden\" name=\"\($0.name)\" value=\"\($0.value)\">\n" }
    }

    func form(_ words: Words) -> HTML {
        let help = words("An address, or @domain.", "En adress eller @domän.")
        let fields = [
            Field(
                name: "sender", label: words("From", "Från"), kind: .search, value: self["sender"] ?? "", help: help,
                isRequired: false),
            Field(
                name: "recipient", label: words("To", "Till"), kind: .search, value: self["recipient"] ?? "",
                help: help, isRequired: false),
            Field(
                name: "domain", label: words("Goes to domain", "Går till domän"), kind: .search,
                value: self["domain"] ?? "", isRequired: false),
        ].map(\.html)
        let states =
            [(value: "", text: words("all", "alla"))]
            + QueueLineState.allCases.map { (value: $0.rawValue, text: QueueWords.text($0, words)) }
        let state = Selection(
            name: "state", label: words("State", "Läge"), options: states, chosen: self["state"] ?? "")
        return """
            <form method="get" action="/admin/queue" class="card" role="search">\(fields)\(state.html)\
            <button>\(words("Show", "Visa"))</button></form>

            """
    }
}

/// What was ticked and typed, and what is wrong with it.
struct QueueDraft {
    static let none = QueueDraft(FormPairs())

    let action: QueueAction?
    let entries: [QueueID]
    let reason: String
    private let isConfirmed: Bool
    private(set) var reasonProblem: String?
    private(set) var problem: String?

    init(_ form: FormPairs) {
        action = form["do"].flatMap(QueueAction.init)
        entries = form.values("entry").prefix(WebLimits.mostRows).compactMap { Int64($0) }.map(QueueID.init)
        reason = form["reason"]?.trimmed ?? ""
        isConfirmed = form["sure"] == "yes"
    }

    var hasProblem: Bool { reasonProblem != nil || problem != nil }

    mutating func refuse(_ problem: String) { self.problem = problem }

    /// The reason, when all is well.
    mutating func check(_ words: Words) -> String? {
        reasonProblem = Reason.problem(reason, words)
        if entries.isEmpty { problem = words("Choose at least one message.", "Välj minst ett brev.") }
        if action == .remove, !isConfirmed {
            problem = words(
                "Tick that you are sure: what is taken out is gone, and nobody is told.",
                "Kryssa i att du är säker: det som tas bort är borta och ingen får veta det.")
        }
        return hasProblem ? nil : reason
    }
}

/// The list with a box to tick for each message.
struct QueueTable {
    let lines: [QueueLine]
    let question: QueueQuestion
    let draft: QueueDraft
    let visit: Visit

    private var words: Words { visit.words }

    var html: HTML {
        guard !lines.isEmpty else { return "<p>\(words("Nothing is on its way.", "Inget är på väg."))</p>" }
        let title = words("Queue", "Kö")
        let columns = [
            words("Message", "Brev"), words("State", "Läge"), words("From", "Från"), words("To", "Till"),
            words("Since", "Sedan"), words("Next try", "Nästa försök"), words("Tries", "Försök"),
            words("Why", "Varför"),
        ]
        var last: QueueID?
        let rows = lines.map { line -> HTML in
            defer { last = line.entry }
            return row(line, isFirst: last != line.entry)
        }
        return """
            <form method="post" action="/admin/queue">\(visit.hiddenSecret)\(question.hidden)\
            \(Grid(label: title, columns: columns, rows: rows).html)
            <div class="card">\(problem)\(reason)
            <p><label class="choice"><input type="checkbox" name="sure" value="yes"> \(words(
                "I am sure that it shall be taken out for good", "Jag är säker på att det ska tas bort för gott"))</label></p>
            <p class="buttons">\(QueueAction.allCases.map(button))</p></div></form>
            """
    }

    /// One box for all copies of a message.
    private func row(_ line: QueueLine, isFirst: Bool) -> HTML {
        let isChosen = draft.entries.contains(line.entry)
        let box: HTML =
            isFirst
            ? """
            <label class="choice"><input type="checkbox" name="entry" value="\(line.entry.value)"\(isChosen ? " checked" : "")> \(line.entry.value)</label>
            """ : "\(line.entry.value)"
        let next = line.state == .waiting ? words.moment(line.nextAttemptAt) : "–"
        return """
            <tr><th scope="row">\(box)</th><td>\(QueueWords.text(line.state, words))</td>\
            <td>\(line.sender.isEmpty ? words("the mail system", "e-postsystemet") : line.sender)</td><td>\(line.recipient)</td>\
            <td>\(words.moment(line.receivedAt))</td><td>\(next)</td><td>\(line.attempts)</td><td>\(line.lastError)</td></tr>

            """
    }

    private var problem: HTML? {
        draft.problem.map { "<p class=\"notice bad\" role=\"alert\">\($0)</p>\n" }
    }

    private var reason: HTML {
        Field(
            name: "reason", label: words("Why", "Varför"), value: draft.reason,
            help: words("Kept in the audit trail.", "Sparas i granskningsloggen."), error: draft.reasonProblem,
            longest: WebLimits.longestReason
        ).html
    }

    private func button(_ action: QueueAction) -> HTML {
        let look: HTML = action == .remove ? " class=\"danger\"" : ""
        return "<button\(look) name=\"do\" value=\"\(action.rawValue)\">\(action.label(words))</button>\n"
    }
}

enum QueueWords {
    static func text(_ state: QueueLineState, _ words: Words) -> String {
        switch state {
        case .waiting: words("waits", "väntar")
        case .held: words("held", "kvarhållet")
        case .trying: words("is being tried", "försöks")
        }
    }
}
