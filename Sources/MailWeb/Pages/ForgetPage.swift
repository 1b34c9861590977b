import MailAdmin
import MailMessage
import MailStore
import MailWire

/// "Delete for good": what could still be brought back goes before its time, once its owner has said so twice.
enum ForgetPage {
    /// Nothing has happened yet: how much it is, and the two ways on.
    static func ask(_ visit: Visit, _ choice: RestoreChoice) async throws -> HTTPResponse {
        let (administration, person, words) = (try visit.administration(), try visit.owner(), visit.words)
        // What is deleted while he thinks about it is not what he was asked about.
        let asked = choice.isAll ? choice.through(visit.site.clock()) : choice
        let found = try await administration.restorables(of: person.entry, asked.selection)
        guard !found.isEmpty else { return try await nothingLeft(visit) }
        guard try await administration.retention(of: person.entry).hold == nil else { return try await held(visit) }
        let size = words.size(found.reduce(0) { $0 + $1.size })
        let title = words("Delete for good?", "Ta bort för gott?")
        return visit.frame(title).response(
            """
            <p class="lead">\(words(
                found.count == 1 ? "1 mail (\(size)) will be gone." : "\(found.count) mails (\(size)) will be gone.",
                "\(found.count) brev (\(size)) kommer att försvinna."))
            \(words(
                "Nobody can bring it back afterwards, your computer support neither, except from a backup.",
                "Ingen kan hämta tillbaka det efteråt, inte heller din datorsupport, utom ur en säkerhetskopia."))</p>
            \(subjects(found, words))
            <form method="post" action="/restore" class="buttons">\(visit.hiddenSecret)\(asked.hidden)
            <button class="danger" name="do" value="forget-now">\(words("Delete for good", "Ta bort för gott"))</button>
            <a class="button quiet" href="/restore">\(words("Keep it", "Behåll det"))</a></form>
            """)
    }

    static func forget(_ visit: Visit, _ choice: RestoreChoice) async throws -> HTTPResponse {
        let (administration, person) = (try visit.administration(), try visit.owner())
        let found = try await administration.restorables(of: person.entry, choice.selection)
        guard !found.isEmpty else { return try await nothingLeft(visit) }
        do { try await administration.forget(found, of: person.entry) } catch {
            guard case .wrongData = error else { throw error }
            return try await held(visit)
        }
        return .redirect(to: "/restore?done=gone&count=\(found.count)")
    }

    private static let mostSubjects = 5

    /// The latest, so that he sees what it is about.
    private static func subjects(_ found: [Restorable], _ words: Words) -> HTML {
        let shown = found.reversed().prefix(mostSubjects)
        let rows = shown.map { "<li>\(RestorePage.title($0, words))</li>\n" as HTML }
        let rest = found.count - shown.count
        let more: HTML =
            rest > 0 ? "<li>\(words("and \(rest) more", "och \(rest) till"))</li>\n" : ""
        return "<ul>\(rows)\(more)</ul>"
    }

    private static func nothingLeft(_ visit: Visit) async throws -> HTTPResponse {
        try await RestorePage.page(
            visit, problem: visit.words("Nothing of it was there any more.", "Inget av det fanns kvar längre."))
    }

    private static func held(_ visit: Visit) async throws -> HTTPResponse {
        try await RestorePage.page(
            visit,
            problem: visit.words(
                "Nothing of your account may be deleted for good just now. Ask your computer support.",
                "Just nu får inget i ditt konto tas bort för gott. Fråga din datorsupport."))
    }
}

/// What was ticked, or everything that had gone by a moment.
struct RestoreChoice {
    let isAll: Bool
    private(set) var selection = RestoreSelection()

    init(_ form: FormPairs) {
        selection.until = form["until"].flatMap(Int64.init)
        isAll = form["do"] == "forget-all" || selection.until != nil
        guard !isAll else { return }
        selection.messages = Set(form.values("message").compactMap(Int64.init).map(MessageID.init))
    }

    var isSomething: Bool { isAll || !selection.messages.isEmpty }

    func through(_ moment: EpochSeconds) -> RestoreChoice {
        var choice = self
        choice.selection.until = moment
        return choice
    }

    /// So that the second page means the same.
    var hidden: [HTML] {
        let until: [HTML] = selection.until.map { ["<input type=\"hidden\" name=\"until\" value=\"\($0)\">\n"] } ?? []
        return until
            + selection.messages.map(\.value).sorted().map {
                "<input type=\"hidden\" name=\"message\" value=\"\($0)\">\n"
            }
    }
}
