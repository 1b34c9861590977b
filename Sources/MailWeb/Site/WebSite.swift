import MailAdmin
package import MailIdentity
package import MailMessage
package import MailStore
package import MailTransport
package import MailWire

/// The pages: a request in, an answer out. Knows no connection; `HTTPSession` brings the requests.
package final class WebSite: Sendable {
    package let settings: WebSettings
    let store: MailStore
    let authenticator: Authenticator
    /// nil: nobody can be asked about the organisation's people.
    let organisation: OrganisationDoor?
    /// For hashing passwords.
    let pool: BlockingPool
    let clock: @Sendable () -> EpochSeconds
    /// What an operator should know: an event, its peer, and fields.
    let note: @Sendable (WebEvent) -> Void
    let overview = OverviewMemory()
    private let routes = Routes.all

    package init(
        _ settings: WebSettings, store: MailStore, authenticator: Authenticator, organisation: OrganisationDoor? = nil,
        pool: BlockingPool, clock: @escaping @Sendable () -> EpochSeconds,
        note: @escaping @Sendable (WebEvent) -> Void = { _ in }
    ) {
        self.settings = settings
        self.store = store
        self.authenticator = authenticator
        self.organisation = organisation
        self.pool = pool
        self.clock = clock
        self.note = note
    }

    /// Never throws: what goes wrong is a page that says so.
    package func answer(_ request: HTTPRequest, from caller: WebCaller) async -> HTTPResponse {
        let visit = await visit(request, caller)
        var response: HTTPResponse
        do {
            response = try await route(visit)
        } catch let refusal as HTTPRefusal {
            response = visit.page(of: refusal)
        } catch let error as WebError {
            response = visit.page(of: error)
        } catch {
            note(WebEvent(.failed, visit, cause: "\(error)"))
            response = visit.page(of: .storeIsDown)
        }
        WebHeaders.complete(&response)
        return response
    }

    /// For a request that could not even be read.
    package func page(of refusal: HTTPRefusal) -> HTTPResponse {
        var response = ProblemPage.response(refusal, settings, Words(settings.language))
        WebHeaders.complete(&response)
        return response
    }

    private func route(_ visit: Visit) async throws -> HTTPResponse {
        guard let found = routes.first(where: { $0.matches(visit.request.target.segments) }) else {
            throw WebError.notFound
        }
        let method = visit.request.method == .head ? .get : visit.request.method
        guard let handler = found.handlers[method] else { throw WebError.methodNotAllowed(found.methods) }
        if method == .post, !found.isForPrograms { try visit.checkOrigin() }
        if found.access != .everybody {
            guard let person = visit.person else { return visit.toLogin() }
            // For whoever may not go there, it is not there.
            guard found.access.admits(person.roles) else { throw WebError.notFound }
            if method == .post { try visit.checkForm() }
        }
        return try await handler(visit)
    }

    /// A store that is down makes nobody a stranger: the error is kept, and whoever needs to know who asks says it.
    private func visit(_ request: HTTPRequest, _ caller: WebCaller) async -> Visit {
        var person: Visit.Person?
        var failure: StoreError?
        do { person = try await self.person(of: request) } catch { failure = error }
        let chosen = request.cookie(Cookie.language).flatMap(Language.init(rawValue:))
        let language =
            chosen ?? person?.entry.language.flatMap(Language.init(rawValue:))
            ?? Language(accepting: request.fields["Accept-Language"]) ?? settings.language
        return Visit(
            site: self, request: request, caller: caller, words: Words(language), person: person, failure: failure)
    }

    /// Whoever is suspended or gone is nobody, whatever his browser still has. Roles are asked for each time: one that has been
    /// taken away is gone at once.
    private func person(of request: HTTPRequest) async throws(StoreError) -> Visit.Person? {
        guard let token = request.cookie(Cookie.session).flatMap(WebToken.init(text:)),
            let session = try await store.web.sessions.find(token),
            let entry = try await store.directory.entry(id: session.account)
        else { return nil }
        guard try await mayCome(entry) else {
            try await store.web.shutOut(entry.id)
            return nil
        }
        let roles = try await store.directory.roles(of: session.account)
        return Visit.Person(entry: entry, session: session, token: token, roles: roles)
    }

    /// As at the login: not suspended, and the pages not switched off.
    private func mayCome(_ entry: AccountEntry) async throws(StoreError) -> Bool {
        guard entry.status.receivesMail else { return false }
        return try await store.directory.read { try $0.features(of: entry).isOn(.webmail) }
    }
}
