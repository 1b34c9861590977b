import MailAdmin
import MailMessage
import MailStore
import MailWire

/// Name and language.
enum ProfilePage {
    static func show(_ visit: Visit) async throws -> HTTPResponse {
        let entry = try visit.owner().entry
        let signature = try await visit.administration().preferences(of: entry).signature
        return try page(visit, name: entry.name, signature: signature)
    }

    static func set(_ visit: Visit) async throws -> HTTPResponse {
        let (form, person, words) = (try visit.request.form(), try visit.owner(), visit.words)
        let name = form["name"]?.trimmed ?? ""
        var change = AccountChange()
        let signature = form["signature"] ?? ""
        (change.name, change.signature) = (.set(name), .set(signature))
        change.language = .set(form["language"].flatMap(NoticeLanguage.init(rawValue:)))
        let administration = try visit.administration()
        do { _ = try await administration.change(person.entry, change) } catch {
            guard case .store(.invalid) = error else { throw error }
            let problem = words(
                "The name or the signature has characters that none may have, or is too long.",
                "Namnet eller signaturen har tecken som inget sådant får ha, eller är för långt.")
            return try page(visit, name: name, signature: signature, problem: problem)
        }
        return .redirect(to: "/profile?done=set")
    }

    private static func page(
        _ visit: Visit, name: String, signature: String, problem: String? = nil
    ) throws -> HTTPResponse {
        let (words, entry) = (visit.words, try visit.owner().entry)
        let field = Field(
            name: "name", label: words("Your name", "Ditt namn"), value: name,
            help: words(
                "As others see it beside your address in mail that the server writes for you.",
                "Så som andra ser det bredvid din adress i brev som servern skriver åt dig."), error: problem,
            autocomplete: "name", isRequired: false, longest: 100)
        let area = TextArea(
            name: "signature", label: words("Signature", "Signatur"), value: signature,
            help: words(
                "Lines below what you write on these pages. Mail programs have their own.",
                "Rader under det du skriver på dessa sidor. E-postprogram har sina egna."), rows: 4)
        let language = Choice(
            name: "language", label: words("Language of notices and pages", "Språk för meddelanden och sidor"),
            options: [
                ("", words("as my browser wishes", "som min webbläsare önskar")), ("en", "English"), ("sv", "Svenska"),
            ], chosen: entry.language ?? "")
        let content: HTML = """
            \(visit.done(["set": ("Saved.", "Sparat.")]))<dl>
            <dt>\(words("Address", "Adress"))</dt><dd>\(entry.address.description)</dd>
            <dt>\(words("Login", "Användarnamn"))</dt><dd>\(entry.login.text)</dd>
            </dl>
            <form method="post" action="/profile" class="card">\(visit.hiddenSecret)\(field.html)\(language.html)\(area.html)
            <button>\(words("Save", "Spara"))</button></form>
            """
        return visit.frame(words("About me", "Om mig")).response(problem == nil ? .ok : .unprocessableContent, content)
    }
}
