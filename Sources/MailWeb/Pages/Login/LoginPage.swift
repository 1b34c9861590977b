import MailIdentity
import MailMessage
import MailNetwork
import MailStore
import MailWire

/// Logging in and out.
enum LoginPage {
    static func show(_ visit: Visit) -> HTTPResponse {
        if visit.person != nil { return .redirect(to: "/home") }
        return page(visit, back: Visit.ownPath(visit.request.target.query["back"]))
    }

    /// The same answer, after the same time, whether the name exists or not.
    static func enter(_ visit: Visit) async throws -> HTTPResponse {
        guard visit.settings.login != .oidc else { throw WebError.methodNotAllowed("GET, HEAD") }
        let form = try visit.request.form()
        let (name, password) = (form["name"] ?? "", Array((form["password"] ?? "").utf8))
        let back = Visit.ownPath(form["back"])
        guard !name.isEmpty, name.utf8.count <= WebLimits.longestName, !password.isEmpty else {
            return page(visit, back: back, name: name, problem: LoginWords.empty(visit.words))
        }
        let result = await judge(visit, name, password)
        guard let entry = result.entry else {
            visit.site.note(
                WebEvent(
                    .loginFailed, visit, user: name, reason: result.reason, cause: result.cause,
                    way: visit.settings.login))
            return page(visit, back: back, name: name, problem: result.problem)
        }
        var response = HTTPResponse.redirect(to: back ?? "/home")
        response.fields.add("Set-Cookie", try await open(visit, entry))
        return response
    }

    private static func judge(_ visit: Visit, _ name: String, _ password: [UInt8]) async -> LoginResult {
        if visit.settings.login == .mail {
            let outcome = await visit.site.authenticator.login(name: name, password: password, from: visit.origin)
            return LoginResult(outcome, visit.words)
        }
        guard let door = visit.site.organisation else {
            return LoginResult(OrganisationOutcome.unavailable("no identity worker"), visit)
        }
        return LoginResult(await door.enter(name: name, password: password, from: visit.origin), visit)
    }

    /// Begins a session: the cookie that is it.
    static func open(_ visit: Visit, _ entry: AccountEntry) async throws -> String {
        let client = visit.request.fields["User-Agent"] ?? ""
        let (token, _) = try await visit.site.store.web.sessions.create(
            entry.id, role: .user, client: client, address: visit.caller.peer.ip.description)
        visit.site.note(WebEvent(.login, visit, user: entry.address.description, way: visit.settings.login))
        return Cookie.session(token)
    }

    static func leave(_ visit: Visit) async throws -> HTTPResponse {
        try await visit.site.store.web.sessions.end(visit.owner().token)
        visit.site.note(WebEvent(.logout, visit))
        var response = HTTPResponse.redirect(to: "/")
        response.fields.add("Set-Cookie", Cookie.endOfSession)
        response.fields.add("Clear-Site-Data", "\"cache\"")
        return response
    }

    static func page(
        _ visit: Visit, back: String?, name: String = "", problem: String? = nil
    ) -> HTTPResponse {
        let words = visit.words
        let notice: HTML? = problem.map { "<p class=\"notice bad\" role=\"alert\">\($0)</p>\n" }
        let content: HTML = """
            \(visit.done(["set": afterReset(visit)]))\(notice)\(way(visit, back: back, name: name))\(help(visit))
            """
        return visit.frame(words("Log in", "Logga in")).response(problem == nil ? .ok : .unprocessableContent, content)
    }

    private static func way(_ visit: Visit, back: String?, name: String) -> HTML {
        visit.settings.login == .oidc ? providerButton(visit, back: back) : form(visit, back: back, name: name)
    }

    private static func form(_ visit: Visit, back: String?, name: String) -> HTML {
        let (words, isMail) = (visit.words, visit.settings.login == .mail)
        let nameField = Field(
            name: "name", label: words("Login or mail address", "Användarnamn eller e-postadress"), value: name,
            autocomplete: "username", longest: WebLimits.longestName)
        let password = Field(
            name: "password",
            label: isMail
                ? words("Mail password", "E-postlösenord")
                : words(
                    "Your password at \(visit.settings.title)", "Ditt lösenord hos \(visit.settings.title)"),
            kind: .password,
            help: isMail
                ? ""
                : words(
                    "The one that you use everywhere else there, not your mail password.",
                    "Det som du använder överallt annars där, inte ditt e-postlösenord."),
            autocomplete: "current-password", longest: PreparedPassword.maximumLength)
        let backField: HTML? = back.map { "<input type=\"hidden\" name=\"back\" value=\"\($0)\">\n" }
        return """
            <form method="post" action="/login" class="card">
            \(backField)\(nameField.html)\(password.html)<button>\(words("Log in", "Logga in"))</button>
            </form>

            """
    }

    private static func providerButton(_ visit: Visit, back: String?) -> HTML {
        let (words, provider) = (visit.words, visit.settings.provider)
        let place = back.map { "/login/oidc?" + FormPairs([("back", $0)]).encoded } ?? "/login/oidc"
        return """
            <p class="lead">\(words(
                "You log in with \(provider), as you do everywhere else there, and come back here.",
                "Du loggar in hos \(provider), som du gör överallt annars där, och kommer tillbaka hit."))</p>
            <p><a class="button" href="\(place)">\(words("Log in with \(provider)", "Logga in hos \(provider)"))</a></p>

            """
    }

    private static func afterReset(_ visit: Visit) -> (english: String, swedish: String) {
        visit.settings.login == .mail
            ? ("The password is set. Log in with it.", "Lösenordet är valt. Logga in med det.")
            : (
                "The mail password is set. Type it into your mail programs.",
                "E-postlösenordet är valt. Skriv in det i dina e-postprogram."
            )
    }

    private static func help(_ visit: Visit) -> HTML {
        let words = visit.words
        guard visit.settings.login == .mail else {
            return """
                <p>\(words(
                    "The mail password does not open these pages: somebody who has stolen it could change it here.",
                    "E-postlösenordet öppnar inte de här sidorna: den som har stulit det skulle kunna byta det här."))</p>
                """
        }
        return """
            <p>\(words(
                "You have no password yet, or have forgotten it? Ask your computer support for a link.",
                "Har du inget lösenord ännu, eller har du glömt det? Be din datorsupport om en länk."))</p>
            """
    }
}

extension Visit {
    /// From where somebody logs in, as failures are counted.
    var origin: LoginOrigin { LoginOrigin(peer: caller.peer, service: .web) }
}
