import MailAdmin
import MailMessage
import MailStore
import MailWire

/// Name and language.
enum ProfilePage {
    static func show(_ visit: Visit) async throws -> HTTPResponse {
        let entry = try visit.owner().entry
        let signature = try await visit.administration().preferences(of: entry).signature
        return try page(visit, Draft(name: entry.name, signature: signature, language: entry.language ?? ""))
    }

    private struct Draft {
        var name: String
        var signature: String
        var language: String
        var nameProblem: String?
        var signatureProblem: String?

        var status: HTTPStatus { nameProblem == nil && signatureProblem == nil ? .ok : .unprocessableContent }
    }

    static func set(_ visit: Visit) async throws -> HTTPResponse {
        let (form, person, words) = (try visit.request.form(), try visit.owner(), visit.words)
        var draft = Draft(
            name: form["name"]?.trimmed ?? "", signature: form["signature"] ?? "", language: form["language"] ?? "")
        var change = AccountChange()
        (change.name, change.signature) = (.set(draft.name), .set(draft.signature))
        change.language = .set(NoticeLanguage(rawValue: draft.language))
        let administration = try visit.administration()
        do { _ = try await administration.change(person.entry, change) } catch {
            guard case .store(.invalid(let reason)) = error else { throw error }
            let problem = words(
                "It has characters that none may have, or is too long.",
                "Det har tecken som inget sådant får ha, eller är för långt.")
            // The store names the field.
            if reason.contains("signature") { draft.signatureProblem = problem } else { draft.nameProblem = problem }
            return try page(visit, draft)
        }
        return .redirect(to: "/profile?done=set")
    }

    private static func page(_ visit: Visit, _ draft: Draft) throws -> HTTPResponse {
        let (words, entry) = (visit.words, try visit.owner().entry)
        let field = Field(
            name: "name", label: words("Your name", "Ditt namn"), value: draft.name,
            help: words(
                "As others see it beside your address in mail that the server writes for you.",
                "Så som andra ser det bredvid din adress i brev som servern skriver åt dig."), error: draft.nameProblem,
            autocomplete: "name", isRequired: false, longest: 100)
        let area = TextArea(
            name: "signature", label: words("Signature", "Signatur"), value: draft.signature,
            help: words(
                "Lines below what you write on these pages. Mail programs have their own.",
                "Rader under det du skriver på dessa sidor. E-postprogram har sina egna."),
            error: draft.signatureProblem, rows: 4, longest: AccountPreferences.longestSignature)
        let language = Choice(
            name: "language", label: words("Language of notices and pages", "Språk för meddelanden och sidor"),
            options: [
                ("", words("as my browser wishes", "som min webbläsare önskar")), ("en", "English"), ("sv", "Svenska"),
            ], chosen: draft.language)
        let content: HTML = """
            \(visit.done(["set": ("Saved.", "Sparat.")]))<dl>
            <dt>\(words("Address", "Adress"))</dt><dd>\(entry.address.description)</dd>
            <dt>\(words("Login", "Användarnamn"))</dt><dd>\(entry.login.text)</dd>
            </dl>
            <form method="post" action="/profile" class="card">\(visit.hiddenSecret)\(field.html)\(language.html)\(area.html)
            <button>\(words("Save", "Spara"))</button></form>
            """
        return visit.frame(words("About me", "Om mig")).response(draft.status, content)
    }
}
