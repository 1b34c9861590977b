import MailAdmin
import MailMessage
import MailStore
import MailWire

/// A link that sets a password once: for whoever has none yet, or has forgotten it.
enum ResetPage {
    static func show(_ visit: Visit) async throws -> HTTPResponse {
        let found = try await find(visit, visit.request.target.segments.last)
        guard let (token, entry) = found else { return spent(visit) }
        return try page(visit, PasswordForm(visit), token, entry)
    }

    /// Who has the link has what it takes; it is used up when the password has been taken, not before.
    static func set(_ visit: Visit) async throws -> HTTPResponse {
        let form = try visit.request.form()
        guard let (token, entry) = try await find(visit, form["token"]) else { return spent(visit) }
        var fields = try PasswordForm(visit)
        guard let credential = try await fields.credential(from: form, for: entry) else {
            return try page(visit, fields, token, entry)
        }
        let links = visit.site.store.web.links
        guard try await links.redeem(token, for: .passwordReset) == entry.id else { return spent(visit) }
        let actor = AuditActor(name: entry.address.description, tool: "web link")
        let administration = Administration(store: visit.site.store, actor: actor, clock: visit.site.clock)
        try await administration.setCredential(
            credential, of: entry, formerSeconds: visit.settings.formerPasswordSeconds)
        visit.site.note(WebEvent(.passwordSet, visit, user: entry.address.description, cause: "link"))
        return .redirect(to: "/login?done=set")
    }

    private static func find(_ visit: Visit, _ text: String?) async throws -> (WebToken, AccountEntry)? {
        guard let token = text.flatMap(WebToken.init(text:)),
            let account = try await visit.site.store.web.links.find(token, for: .passwordReset),
            let entry = try await visit.site.store.directory.entry(id: account), entry.status.receivesMail
        else { return nil }
        return (token, entry)
    }

    private static func spent(_ visit: Visit) -> HTTPResponse {
        let words = visit.words
        let content: HTML = """
            <p class="lead">\(words(
                "This link has been used, or is too old. Ask your computer support for a new one.",
                "Länken har använts eller är för gammal. Be din datorsupport om en ny."))</p>
            """
        return visit.frame(words("Mail password", "E-postlösenord")).response(.notFound, content)
    }

    private static func page(
        _ visit: Visit, _ fields: PasswordForm, _ token: WebToken, _ entry: AccountEntry
    ) throws -> HTTPResponse {
        let words = visit.words
        let content: HTML = """
            <p class="lead">\(words(
                "Choose the mail password of \(entry.address).", "Välj e-postlösenordet för \(entry.address)."))</p>
            <form method="post" action="/reset" class="card"><input type="hidden" name="token" value="\(token.text)">
            \(visit.hiddenName(of: entry))\(fields.html)<button>\(words("Set the password", "Välj lösenord"))</button>
            </form>
            """
        var frame = visit.frame(words("Mail password", "E-postlösenord"))
        frame.path = "/"
        return frame.response(fields.status, content)
    }
}
