import MailAdmin
import MailMessage
import MailStore
import MailWire

/// What whoever writes is told while one is away.
enum AwayPage {
    static func show(_ visit: Visit) async throws -> HTTPResponse {
        let entry = try visit.owner().entry
        let line = try await visit.administration().vacations(of: entry, at: visit.site.clock()).first
        return page(visit, Draft(line?.vacation, visit.words), now: line)
    }

    static func set(_ visit: Visit) async throws -> HTTPResponse {
        let (form, entry) = (try visit.request.form(), try visit.owner().entry)
        let administration = try visit.administration()
        if form["do"] == "stop" {
            _ = try await administration.endVacation(of: entry)
            return .redirect(to: "/away?done=stop")
        }
        var draft = Draft(form)
        if let change = draft.change(visit.words) {
            do {
                _ = try await administration.setVacation(change, of: entry)
                return .redirect(to: "/away?done=set")
            } catch {
                guard case .store(.invalid(let reason)) = error else { throw error }
                draft.refuse(reason, visit.words)
            }
        }
        let line = try await administration.vacations(of: entry, at: visit.site.clock()).first
        return page(visit, draft, now: line)
    }

    private static func page(_ visit: Visit, _ draft: Draft, now line: VacationLine?) -> HTTPResponse {
        let words = visit.words
        let stop: HTML? =
            (line?.vacation.isOn == true)
            ? " <button class=\"danger\" name=\"do\" value=\"stop\" formnovalidate>\(words("Stop answering", "Sluta svara"))</button>"
            : nil
        let state =
            line?.answersNow == true
            ? words("Whoever writes to you is answered now.", "Den som skriver till dig får svar nu.")
            : words("Nobody is answered now.", "Ingen får svar nu.")
        let days = Int64(line?.vacation.days ?? Vacation.standardDays)
        let content: HTML = """
            \(visit.done([
                "set": ("Saved.", "Sparat."), "stop": ("Nobody is answered any more.", "Ingen får svar längre."),
            ]))<p class="lead">\(state) \(words(
                "Each sender gets the answer once in \(words.span(days * 86_400)); mailing lists never do.",
                "Varje avsändare får svaret en gång på \(words.span(days * 86_400)); e-postlistor aldrig."))</p>
            <form method="post" action="/away" class="card">\(visit.hiddenSecret)\(draft.html(words))
            <button name="do" value="set">\(words("Save", "Spara"))</button>\(stop)</form>
            """
        return visit.frame(words("Out of office", "Frånvaro"))
            .response(draft.hasProblem ? .unprocessableContent : .ok, content)
    }
}

/// The form as it was typed, and what is wrong with it.
private struct Draft {
    private var (from, until, subject, text) = ("", "", "", "")
    private var problems: [String: String] = [:]

    var hasProblem: Bool { !problems.isEmpty }

    init(_ vacation: Vacation?, _ words: Words) {
        guard let vacation else { return }
        (from, subject, text) = (vacation.from.map(words.day) ?? "", vacation.subject, vacation.text)
        // The last day is in it.
        until = vacation.until.map { words.day($0 - 1) } ?? ""
    }

    init(_ form: FormPairs) {
        (from, until) = (form["from"]?.trimmed ?? "", form["until"]?.trimmed ?? "")
        (subject, text) = (form["subject"]?.trimmed ?? "", form["text"] ?? "")
    }

    /// Nil: something is wrong with it, and the form says what.
    mutating func change(_ words: Words) -> VacationChange? {
        var change = VacationChange()
        let (first, last) = (day(from, "from", words), day(until, "until", words))
        (change.from, change.until) = (.set(first), .set(last.map { $0 + 86_400 }))
        if let first, let last, last < first {
            problems["until"] = words("It is before the first day.", "Den är före den första dagen.")
        }
        (change.subject, change.text) = (subject, text)
        if text.trimmed.isEmpty { problems["text"] = words("Write what they shall read.", "Skriv vad de ska läsa.") }
        return problems.isEmpty ? change : nil
    }

    /// The store names the field.
    mutating func refuse(_ reason: String, _ words: Words) {
        problems[reason.contains("subject") ? "subject" : reason.contains("ends") ? "until" : "text"] = words(
            "It has characters that none may have, is too long, or is over already.",
            "Det har tecken som inget sådant får ha, är för långt eller är redan över.")
    }

    private mutating func day(_ text: String, _ name: String, _ words: Words) -> EpochSeconds? {
        guard !text.isEmpty else { return nil }
        if let day = MailDate(isoDay: text) { return day.seconds }
        problems[name] = words("A day looks like 2027-01-31.", "En dag ser ut som 2027-01-31.")
        return nil
    }

    func html(_ words: Words) -> HTML {
        let fields = [
            Field(
                name: "from", label: words("First day", "Första dagen"), kind: .date, value: from,
                help: words("Empty: from now on.", "Tomt: från och med nu."), error: problems["from"],
                isRequired: false, longest: 10),
            Field(
                name: "until", label: words("Last day", "Sista dagen"), kind: .date, value: until,
                help: words("Empty: until you stop it.", "Tomt: tills du slutar."), error: problems["until"],
                isRequired: false, longest: 10),
            Field(
                name: "subject", label: words("Subject", "Ämne"), value: subject,
                help: words(
                    "Empty: the sender's own, with “Auto:” before it.", "Tomt: avsändarens eget, med ”Auto:” framför."),
                error: problems["subject"], isRequired: false, longest: 200),
        ].map(\.html)
        let area = TextArea(
            name: "text", label: words("What they read", "Vad de läser"), value: text, error: problems["text"], rows: 8)
        return "\(fields)\(area.html)"
    }
}
