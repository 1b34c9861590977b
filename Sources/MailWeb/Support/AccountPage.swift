import MailAdmin
import MailMessage
import MailStore
import MailWire

/// Somebody else's account: what whoever helps has to know, and may change.
enum AccountPage {
    static func show(_ visit: Visit) async throws -> HTTPResponse { try await page(visit, try await visit.managed()) }

    static func page(
        _ visit: Visit, _ managed: Managed, _ draft: AccountDraft = .none, news: HTML = ""
    ) async throws -> HTTPResponse {
        let facts = try await AccountFacts(managed, visit)
        let sections = AccountSections(visit: visit, managed: managed, facts: facts, draft: draft)
        let content: HTML = """
            \(Banner.of(managed, visit.words))\(news)\(visit.done(AccountAction.news))
            \(sections.state)
            \(sections.space)
            \(sections.logins)
            \(sections.sessions)
            \(sections.sending)
            \(sections.log)
            """
        let title = managed.entry.name.isEmpty ? managed.entry.address.description : managed.entry.name
        return visit.frame(title).response(draft.hasProblem ? .unprocessableContent : .ok, content)
    }
}

/// Whose account it is, above everything: it looks much like one's own.
enum Banner {
    static func of(_ managed: Managed, _ words: Words) -> HTML {
        let address = managed.entry.address.description
        let note =
            if managed.isChangeable { "" } else if managed.scope.isEverybody {
                words("It is your own: another operator changes it.", "Det är ditt eget: en annan operatör ändrar det.")
            } else {
                words(
                    "It has a role, or is your own: only operators change it.",
                    "Det har en roll eller är ditt eget: bara operatörer ändrar det.")
            }
        return """
            <p class="notice whose">\(words("You look at the account of", "Du ser kontot för")) <strong>\(address)</strong>. \(note)</p>
            <p><a href="\(managed.path)">\(words("The account", "Kontot"))</a> · \
            <a href="\(managed.path)/trail">\(words("What became of its mail", "Vad som hände med dess e-post"))</a> · \
            <a href="/support">\(words("Another account", "Ett annat konto"))</a></p>

            """
    }
}
