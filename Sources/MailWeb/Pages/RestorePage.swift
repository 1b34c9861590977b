import MailAdmin
import MailMessage
import MailStore
import MailWire

/// The way back for what was deleted.
enum RestorePage {
    static func show(_ visit: Visit) async throws -> HTTPResponse { try await page(visit) }

    /// One form, several buttons: `do` says which.
    static func change(_ visit: Visit) async throws -> HTTPResponse {
        let form = try visit.request.form()
        let choice = RestoreChoice(form)
        guard choice.isSomething else {
            return try await page(visit, problem: visit.words("Choose at least one mail.", "Välj minst ett brev."))
        }
        switch form["do"] {
        case nil, "back": return try await restore(visit, choice)
        case "forget", "forget-all": return try await ForgetPage.ask(visit, choice)
        case "forget-now": return try await ForgetPage.forget(visit, choice)
        default: throw WebError.notFound
        }
    }

    private static func restore(_ visit: Visit, _ choice: RestoreChoice) async throws -> HTTPResponse {
        let (administration, person) = (try visit.administration(), try visit.owner())
        let found = try await administration.restorables(of: person.entry, choice.selection)
        do {
            let count = try await administration.restore(found, of: person.entry, into: nil, ignoresQuota: false)
            return .redirect(to: "/restore?done=back&count=\(count)")
        } catch {
            guard let problem = error.problem(visit.words) else { throw error }
            return try await page(visit, problem: problem)
        }
    }

    static func page(_ visit: Visit, problem: String? = nil) async throws -> HTTPResponse {
        let words = visit.words
        let all = try await visit.administration().restorables(of: visit.owner().entry, RestoreSelection())
        let notice: HTML? = problem.map { "<p class=\"notice bad\" role=\"alert\">\($0)</p>\n" }
        let content: HTML = """
            \(notice)\(done(visit))<p class="lead">\(words(
                "What you have deleted can be brought back to its folder for \(words.span(visit.settings.restorableSeconds)).",
                "Det du har tagit bort kan hämtas tillbaka till sin mapp i \(words.span(visit.settings.restorableSeconds))."))</p>
            \(list(Array(all.reversed()), visit))
            """
        let title = words("Bring back deleted mail", "Hämta tillbaka borttagna brev")
        return visit.frame(title).response(problem == nil ? .ok : .unprocessableContent, content)
    }

    private static func done(_ visit: Visit) -> HTML {
        guard let count = visit.request.target.query["count"].flatMap({ Int($0) }) else { return "" }
        return visit.done([
            "back": ("\(count) brought back.", "\(count) har hämtats tillbaka."),
            "gone": ("\(count) deleted for good.", "\(count) har tagits bort för gott."),
        ])
    }

    private static func list(_ messages: [Restorable], _ visit: Visit) -> HTML {
        let words = visit.words
        guard !messages.isEmpty else {
            return "<p>\(words("There is nothing to bring back.", "Det finns inget att hämta tillbaka."))</p>"
        }
        let shown = messages.prefix(WebLimits.mostRows)
        let rest = messages.count - shown.count
        let more: HTML =
            rest > 0
            ? """
            <p>\(words(
                "\(rest) older ones are not shown. Bring some of these back first, or ask your computer support.",
                "\(rest) äldre visas inte. Hämta tillbaka några av dessa först, eller fråga din datorsupport."))</p>

            """ : ""
        return """
            <form method="post" action="/restore">\(visit.hiddenSecret)
            \(grid(shown.map { row($0, words) }, words))
            \(more)<p class="buttons"><button name="do" value="back">\(words(
                "Bring back the chosen ones", "Hämta tillbaka de valda"))</button>
            <button class="danger" name="do" value="forget">\(words(
                "Delete the chosen ones for good …", "Ta bort de valda för gott …"))</button>
            <button class="danger" name="do" value="forget-all">\(words(
                "Delete all for good …", "Ta bort alla för gott …"))</button></p></form>
            """
    }

    private static func grid(_ rows: [HTML], _ words: Words) -> HTML {
        let columns = [
            "", words("Subject", "Ämne"), words("From folder", "Från mapp"), words("Deleted", "Borttaget"),
            words("Size", "Storlek"),
        ]
        return Grid(label: words("Deleted mail", "Borttagna brev"), columns: columns, rows: rows).html
    }

    static func title(_ message: Restorable, _ words: Words) -> String {
        let subject = EncodedWord.decode(message.subject)
        return subject.isEmpty ? words("(no subject)", "(inget ämne)") : subject
    }

    private static func row(_ message: Restorable, _ words: Words) -> HTML {
        """
        <tr><td><input type="checkbox" name="message" value="\(message.id.value)" id="m\(message.id.value)"></td>\
        <th scope="row"><label for="m\(message.id.value)">\(title(message, words))</label></th>\
        <td>\(message.place?.description ?? "–")</td><td>\(words.moment(message.goneAt))</td><td>\(words.size(message.size))</td></tr>

        """
    }
}
