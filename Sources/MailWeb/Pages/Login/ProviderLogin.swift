import MailAdmin
import MailCrypto
import MailIdentity
import MailStore
import MailWire

/// To the organisation's provider and back: OpenID Connect's authorisation code flow with PKCE.
///
/// What has to fit when somebody comes back (state, nonce, verifier) stays in `web.db` for ten minutes and is used once. A cookie
/// says that it is the same browser, so that nobody can be logged in as somebody else by a link.
enum ProviderLogin {
    private static let way = LoginWay.oidc
    /// RFC 7636 §4.1: 43 letters at least.
    private static let secretOctets = 32

    static func begin(_ visit: Visit) async throws -> HTTPResponse {
        let door = try door(visit)
        if visit.person != nil { return .redirect(to: "/home") }
        let back = Visit.ownPath(visit.request.target.query["back"])
        if let elsewhere = properPlace(visit, back) { return .redirect(to: elsewhere) }
        let browser = visit.request.cookie(Cookie.signIn).flatMap(WebToken.init(text:)) ?? WebToken()
        let signIn = WebSignIn(
            browser: browser, nonce: WebToken().text, verifier: Base64URL.encode(randomBytes(secretOctets)),
            redirect: redirect(visit), back: back)
        let state = try await visit.site.store.web.signIns.begin(
            signIn, from: Authenticator.source(of: visit.caller.peer))
        let request = DeskRequest.authorise(
            state: state.text, nonce: signIn.nonce, verifier: signIn.verifier, redirect: signIn.redirect)
        guard case .place(let place)? = try await ask(door, request, visit) else { return unavailable(visit) }
        var response = HTTPResponse.redirect(to: place)
        response.fields.add("Set-Cookie", Cookie.signIn(browser))
        return response
    }

    /// The provider knows one place to send people back to; the cookie has to be that host's. Once: what stands between may give
    /// us another name than the browser sees.
    private static func properPlace(_ visit: Visit, _ back: String?) -> String? {
        let query = visit.request.target.query
        guard !visit.settings.address.isEmpty, query["here"] == nil, let host = visit.request.fields["Host"],
            visit.settings.address.lowercased() != "https://" + host.lowercased()
        else { return nil }
        let pairs = [("here", "1")] + (back.map { [("back", $0)] } ?? [])
        return visit.settings.address + "/login/oidc?" + FormPairs(pairs).encoded
    }

    /// As it is registered with the provider.
    private static func redirect(_ visit: Visit) -> String {
        let address = visit.settings.address
        return (address.isEmpty ? "https://" + (visit.request.fields["Host"] ?? visit.settings.hostName) : address)
            + "/login/callback"
    }

    static func comeBack(_ visit: Visit) async throws -> HTTPResponse {
        let door = try door(visit)
        guard let answer = ProviderAnswer(visit.request.target.query),
            let browser = visit.request.cookie(Cookie.signIn).flatMap(WebToken.init(text:)),
            let signIn = try await visit.site.store.web.signIns.finish(answer.state, in: browser)
        else { return tooLate(visit) }
        switch answer.outcome {
        case .error(let code): return denied(visit, code)
        case .code(let code):
            let request = DeskRequest.redeem(
                code: code, redirect: signIn.redirect, verifier: signIn.verifier, nonce: signIn.nonce,
                issuer: answer.issuer)
            switch try await ask(door, request, visit) {
            case .person(let name)?: return try await enter(visit, door, name, signIn)
            case .refused(let words)?: return refused(visit, words)
            case .notTaken(let words)?:
                visit.site.authenticator.noteMisuse(from: visit.caller.peer)
                return refused(visit, words)
            default: return unavailable(visit)
            }
        }
    }

    private static func enter(
        _ visit: Visit, _ door: OrganisationDoor, _ name: String, _ signIn: WebSignIn
    ) async throws -> HTTPResponse {
        let result = LoginResult(await door.login.admit(name, from: visit.origin), visit)
        guard let entry = result.entry else {
            note(visit, user: name, result.reason, cause: result.cause)
            return page(visit, .forbidden, result.problem)
        }
        let cookie = try await LoginPage.open(visit, entry)
        return welcome(visit, cookie, to: signIn.back ?? "/home")
    }

    /// A page and not a redirect: the new cookie is for our own pages alone (SameSite=Strict), and browsers do not send it along
    /// a chain of redirects that began at the provider.
    private static func welcome(_ visit: Visit, _ cookie: String, to place: String) -> HTTPResponse {
        let words = visit.words
        let content: HTML = """
            <p class="lead">\(words("You are logged in.", "Du är inloggad."))</p>
            <p><a class="button" href="\(place)">\(words("Continue", "Fortsätt"))</a></p>
            """
        var response = frame(visit).response(.ok, content)
        response.fields.add("Refresh", "0; url=\(place)")
        response.fields.add("Set-Cookie", cookie)
        response.fields.add("Set-Cookie", Cookie.endOfSignIn)
        return response
    }

    private static func door(_ visit: Visit) throws -> OrganisationDoor {
        guard visit.settings.login == .oidc, let door = visit.site.organisation else { throw WebError.notFound }
        return door
    }

    /// nil: not from there now. What makes everybody wait is for the log.
    private static func ask(_ door: OrganisationDoor, _ request: DeskRequest, _ visit: Visit) async throws
        -> DeskAnswer?
    {
        let answer = await door.ask(request, from: visit.origin)
        if case .unavailable(let words)? = answer {
            visit.site.note(WebEvent(.identityUnavailable, visit, cause: words, way: way))
        }
        return answer
    }

    private static func note(_ visit: Visit, user: String? = nil, _ reason: WebEvent.Reason?, cause: String?) {
        visit.site.note(WebEvent(.loginFailed, visit, user: user, reason: reason, cause: cause, way: way))
    }
}

/// The pages of what came to nothing.
extension ProviderLogin {
    /// A state that nobody knows (any more), another browser, a code that was not taken.
    private static func tooLate(_ visit: Visit) -> HTTPResponse {
        page(
            visit, .badRequest,
            visit.words(
                "The login took too long, was used already, or was begun in another browser. Please begin again.",
                "Inloggningen tog för lång tid, har redan använts eller påbörjades i en annan webbläsare. Börja om från början."
            ))
    }

    private static func refused(_ visit: Visit, _ words: String) -> HTTPResponse {
        note(visit, .provider, cause: words)
        return tooLate(visit)
    }

    /// RFC 6749 §4.1.2.1: he said no, or the provider did.
    private static func denied(_ visit: Visit, _ code: String) -> HTTPResponse {
        note(visit, .provider, cause: code)
        let provider = visit.settings.provider
        return page(
            visit, .forbidden,
            code == "access_denied"
                ? visit.words(
                    "You were not logged in: it was cancelled, or \(provider) does not let you in here.",
                    "Du blev inte inloggad: det avbröts, eller så släpper \(provider) inte in dig här.")
                : visit.words(
                    "You were not logged in: \(provider) says that something is wrong (\(code)).",
                    "Du blev inte inloggad: \(provider) säger att något är fel (\(code))."))
    }

    private static func unavailable(_ visit: Visit) -> HTTPResponse {
        let provider = visit.settings.provider
        return page(
            visit, .unavailable,
            visit.words(
                "\(provider) cannot be asked just now. Try again in a minute.",
                "\(provider) kan inte nås just nu. Försök igen om en minut."))
    }

    private static func page(_ visit: Visit, _ status: HTTPStatus, _ sentence: String) -> HTTPResponse {
        let words = visit.words
        let content: HTML = """
            <p class="notice bad" role="alert">\(sentence)</p>
            <p><a class="button" href="/login">\(words("Back to the login", "Tillbaka till inloggningen"))</a></p>
            """
        return frame(visit).response(status, content)
    }

    /// The address of this page holds a code: the language links do not come back to it.
    private static func frame(_ visit: Visit) -> Frame {
        var frame = visit.frame(visit.words("Log in", "Logga in"))
        frame.path = "/login"
        return frame
    }
}

/// What the browser brings from the provider (RFC 6749 §4.1.2, RFC 9207 §2).
struct ProviderAnswer: Equatable {
    enum Outcome: Equatable {
        case code(String)
        case error(String)
    }

    let state: WebToken
    let outcome: Outcome
    let issuer: String?

    /// nil: no answer to anything that we asked. RFC 6749 §3.1: a parameter that comes twice is none.
    init?(_ query: FormPairs) {
        let names = ["state", "code", "error", "iss"]
        guard names.allSatisfy({ query.values($0).count <= 1 }),
            names.allSatisfy({ (query[$0]?.utf8.count ?? 0) <= WebLimits.longestParameter }),
            let state = query["state"].flatMap(WebToken.init(text:))
        else { return nil }
        (self.state, issuer) = (state, query["iss"])
        switch (query["code"], query["error"]) {
        case (let code?, nil) where !code.isEmpty: outcome = .code(code)
        case (nil, let error?): outcome = .error(Self.word(error))
        default: return nil
        }
    }

    /// For the page and the log.
    private static func word(_ error: String) -> String {
        String(error.filter { $0.isASCII && ($0.isLetter || $0 == "_") }.prefix(40))
    }
}
