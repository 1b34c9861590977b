import MailAdmin
import MailMessage
import MailStore
import MailTransport
import MailWire

/// What is logged in now, and the passwords that single programs have.
enum DevicesPage {
    static func show(_ visit: Visit) async throws -> HTTPResponse { try await page(visit) }

    /// One form, several buttons: `do` says which.
    static func change(_ visit: Visit) async throws -> HTTPResponse {
        let (form, person) = (try visit.request.form(), try visit.owner())
        let administration = try visit.administration()
        switch form["do"] {
        case "add": return try await add(visit, form)
        case "revoke":
            do { try await administration.revokeAppPassword(form["which"] ?? "", of: person.entry) } catch {
                guard case .noSuch = error else { throw error }
            }
        case "end":
            let which = form["which"] ?? ""
            _ = try await administration.closeSessions(owned: which, by: person.entry)
        case "end-web":
            guard let id = WebSessionID(text: form["which"] ?? "") else { throw WebError.notFound }
            _ = try await visit.site.store.web.sessions.end(id, of: person.entry.id)
        case "end-all":
            _ = try await visit.site.store.web.sessions.endAll(of: person.entry.id, except: person.session.id)
            _ = try? await administration.closeSessions(.account(person.entry.id))
        default: throw WebError.notFound
        }
        return .redirect(to: "/devices?done=\(form["do"] ?? "")")
    }

    /// The new password is on the page that answers, and nowhere else.
    private static func add(_ visit: Visit, _ form: FormPairs) async throws -> HTTPResponse {
        let name = form["name"]?.trimmed ?? ""
        let words = visit.words
        guard !name.isEmpty, name.count <= longestName else {
            let problem = words("Give it a name, such as “Phone”.", "Ge det ett namn, till exempel ”Mobil”.")
            return try await page(visit, problem: problem, typed: name)
        }
        let (administration, entry) = (try visit.administration(), try visit.owner().entry)
        let password: String
        do {
            password = try await administration.addAppPassword(to: entry, name: name, services: .all, expiresAt: nil)
                .password
        } catch {
            guard let problem = error.problem(words) else { throw error }
            return try await page(visit, problem: problem, typed: name)
        }
        return try await page(visit, made: (name, password))
    }

    private static let longestName = 100

    private static func page(
        _ visit: Visit, problem: String? = nil, typed: String = "", made: (name: String, password: String)? = nil
    ) async throws -> HTTPResponse {
        let lists = try await DeviceLists(visit)
        let content: HTML = """
            \(made.map { news($0, visit.words) })\(visit.done([
                "revoke": ("It can no longer log in.", "Det kan inte längre logga in."),
                "end": ("The session ends within a few seconds.", "Sessionen avslutas inom några sekunder."),
                "end-web": ("The browser is logged out.", "Webbläsaren är utloggad."),
                "end-all": ("All other sessions end within a few seconds.", "Alla andra sessioner avslutas inom några sekunder."),
            ]))\(lists.programs)\(lists.browsers)\(lists.appPasswords)\(addForm(visit, problem, typed))
            """
        let title = visit.words("Devices", "Enheter")
        return visit.frame(title).response(problem == nil ? .ok : .unprocessableContent, content)
    }

    private static func news(_ made: (name: String, password: String), _ words: Words) -> HTML {
        """
        <div class="notice good" role="status"><p>\(words(
            "The password for \(made.name). Type it into the program now: it is not shown again.",
            "Lösenordet för \(made.name). Skriv in det i programmet nu: det visas inte igen."))</p>
        <p class="secret"><code>\(made.password)</code></p></div>

        """
    }

    private static func addForm(_ visit: Visit, _ problem: String?, _ typed: String) -> HTML {
        let words = visit.words
        let field = Field(
            name: "name", label: words("Name of the program or device", "Programmets eller enhetens namn"),
            value: typed,
            help: words(
                "So that you know which one to take away if it is lost.",
                "Så att du vet vilket du ska ta bort om den försvinner."),
            error: problem, longest: longestName)
        return """
            <h2>\(words("A password for one program", "Ett lösenord för ett program"))</h2>
            <p>\(words(
                "It works beside your mail password, and can be taken away without touching the others.",
                "Det fungerar vid sidan av ditt e-postlösenord och kan tas bort utan att de andra påverkas."))</p>
            <form method="post" action="/devices" class="card">\(visit.hiddenSecret)\(field.html)
            <button name="do" value="add">\(words("Make a password", "Skapa ett lösenord"))</button></form>
            """
    }
}

extension Administration {
    /// Only a session of the person's own; which one it is, is not believed.
    fileprivate func closeSessions(owned id: String, by entry: AccountEntry) async throws(AdminError) -> Int {
        guard try await sessions(of: entry).contains(where: { $0.id == id }) else { return 0 }
        return try await closeSessions(.session(id))
    }
}
