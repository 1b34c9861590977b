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
        let form = try visit.request.form()
        let (name, password) = (form["name"] ?? "", Array((form["password"] ?? "").utf8))
        let back = Visit.ownPath(form["back"])
        guard !name.isEmpty, name.utf8.count <= WebLimits.longestName, !password.isEmpty else {
            return page(visit, back: back, name: name, problem: Problem.empty(visit.words))
        }
        let origin = LoginOrigin(peer: visit.caller.peer, service: .web)
        let outcome = await visit.site.authenticator.login(name: name, password: password, from: origin)
        guard case .success(let admission) = outcome else {
            visit.site.note(WebEvent(.loginFailed, visit, user: name, cause: outcome.cause))
            return page(visit, back: back, name: name, problem: Problem.of(outcome, visit.words))
        }
        return try await open(visit, admission.entry, to: back)
    }

    private static func open(_ visit: Visit, _ entry: AccountEntry, to back: String?) async throws -> HTTPResponse {
        let client = visit.request.fields["User-Agent"] ?? ""
        let (token, _) = try await visit.site.store.web.sessions.create(
            entry.id, role: .user, client: client, address: visit.caller.peer.ip.description)
        visit.site.note(WebEvent(.login, visit, user: entry.address.description))
        var response = HTTPResponse.redirect(to: back ?? "/home")
        response.fields.add("Set-Cookie", Cookie.session(token))
        return response
    }

    static func leave(_ visit: Visit) async throws -> HTTPResponse {
        try await visit.site.store.web.sessions.end(visit.owner().token)
        visit.site.note(WebEvent(.logout, visit))
        var response = HTTPResponse.redirect(to: "/")
        response.fields.add("Set-Cookie", Cookie.endOfSession)
        response.fields.add("Clear-Site-Data", "\"cache\"")
        return response
    }

    private static func page(
        _ visit: Visit, back: String?, name: String = "", problem: String? = nil
    ) -> HTTPResponse {
        let words = visit.words
        let nameField = Field(
            name: "name", label: words("Login or mail address", "Användarnamn eller e-postadress"), value: name,
            autocomplete: "username", longest: WebLimits.longestName)
        let password = Field(
            name: "password", label: words("Mail password", "E-postlösenord"), kind: .password,
            autocomplete: "current-password", longest: PreparedPassword.maximumLength)
        let notice: HTML? = problem.map { "<p class=\"notice bad\" role=\"alert\">\($0)</p>\n" }
        let backField: HTML? = back.map { "<input type=\"hidden\" name=\"back\" value=\"\($0)\">\n" }
        let content: HTML = """
            \(visit.done(["set": ("The password is set. Log in with it.", "Lösenordet är valt. Logga in med det.")]))\(notice)<form method="post" action="/login" class="card">
            \(backField)\(nameField.html)\(password.html)<button>\(words("Log in", "Logga in"))</button>
            </form>
            <p>\(words(
                "You have no password yet, or have forgotten it? Ask your computer support for a link.",
                "Har du inget lösenord ännu, eller har du glömt det? Be din datorsupport om en länk."))</p>
            """
        return visit.frame(words("Log in", "Logga in")).response(problem == nil ? .ok : .unprocessableContent, content)
    }

    /// What is said of a login that came to nothing.
    private enum Problem {
        static func empty(_ words: Words) -> String {
            words("Type your name and your password.", "Skriv ditt namn och ditt lösenord.")
        }

        static func of(_ outcome: LoginOutcome, _ words: Words) -> String {
            switch outcome {
            case .locked(let seconds):
                return words(
                    "Too many attempts have failed. Try again in \(words.span(Int64(seconds))).",
                    "För många försök har misslyckats. Försök igen om \(words.span(Int64(seconds))).")
            case .suspended, .refused:
                return words(
                    "The password is right, but this account is closed. Ask your computer support.",
                    "Lösenordet är rätt, men kontot är stängt. Fråga din datorsupport.")
            case .unavailable:
                return words(
                    "Nobody can log in just now. Try again in a minute.",
                    "Just nu går det inte att logga in. Försök igen om en minut.")
            case .passwordChanged(isTold: true):
                return words(
                    "The password has been changed. Type the new one.", "Lösenordet har bytts. Skriv det nya.")
            case .wrong, .passwordChanged, .noPassword, .success:
                return words("Name or password is wrong.", "Namnet eller lösenordet är fel.")
            }
        }
    }
}

extension LoginOutcome {
    /// For the log.
    fileprivate var cause: String {
        switch self {
        case .success: "ok"
        case .wrong: "wrong"
        case .passwordChanged: "old_password"
        case .locked: "locked"
        case .suspended: "suspended"
        case .refused: "refused"
        case .noPassword: "no_password"
        case .unavailable: "unavailable"
        }
    }
}
