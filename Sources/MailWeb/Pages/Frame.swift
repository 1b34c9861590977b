import MailMessage
import MailStore
import MailWire

/// What is around every page: head, navigation, and who is logged in.
struct Frame {
    let title: String
    let settings: WebSettings
    let words: Words
    /// The address of whoever has logged in.
    var user: String?
    /// What whoever has logged in may do for others.
    var roles = Roles.none
    /// The place the page is at; marks it in the navigation, and the language links come back to it.
    var path = "/"
    /// The hidden field that the log-out form carries.
    var secret = HTML.nothing

    func response(_ content: HTML) -> HTTPResponse { response(.ok, content) }

    func response(_ status: HTTPStatus, _ content: HTML) -> HTTPResponse {
        HTTPResponse(status, type: "text/html; charset=utf-8", body: Array(page(content).text.utf8))
    }

    private func page(_ content: HTML) -> HTML {
        """
        <!doctype html>
        <html lang="\(words.language.rawValue)">
        <head>
        <meta charset="utf-8">
        <title>\(title) – \(settings.title)</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <link rel="stylesheet" href="\(StaticFiles.style.path)">
        <link rel="icon" href="\(StaticFiles.icon.path)" type="image/svg+xml">
        <script src="\(StaticFiles.script.path)" defer></script>
        </head>
        <body>
        <a class="skip" href="#main">\(words("Skip to the content", "Hoppa till innehållet"))</a>
        <header>
        <a class="brand" href="/"><img src="\(StaticFiles.icon.path)" alt="" width="28" height="28"> \(settings.title)</a>
        \(account)
        </header>
        \(navigation)
        <main id="main" tabindex="-1">
        <h1>\(title)</h1>
        \(content)
        </main>
        <footer>
        \(languages)
        \(contact)
        </footer>
        </body>
        </html>

        """
    }

    private var account: HTML {
        guard let user else {
            return "<a class=\"button quiet\" href=\"/login\">\(words("Log in", "Logga in"))</a>"
        }
        return """
            <form class="account" method="post" action="/logout">\(secret)<span class="user">\(user)</span>
            <button class="quiet">\(words("Log out", "Logga ut"))</button></form>
            """
    }

    private var navigation: HTML {
        let own = list(user == nil ? Place.open : Place.own, label: words("Pages", "Sidor"))
        let others = Place.forOthers(roles)
        return others.isEmpty ? own : own + list(others, label: words("For others", "För andra"))
    }

    private func list(_ places: [Place], label: String) -> HTML {
        let isListed = places.contains { $0.path == path }
        let links = places.map { place -> HTML in
            // A page below one of the list, such as somebody's account, is a part of it.
            let isPart = !isListed && path.hasPrefix(place.path + "/") && place.path != "/"
            let current: HTML =
                place.path == path ? " aria-current=\"page\"" : isPart ? " aria-current=\"true\"" : ""
            return "<li><a href=\"\(place.path)\"\(current)>\(words(place.english, place.swedish))</a></li>\n"
        }
        return "<nav aria-label=\"\(label)\"><ul>\n\(links)</ul></nav>\n"
    }

    private var languages: HTML {
        let links = Language.allCases.map { language -> HTML in
            let name = language == .english ? "English" : "Svenska"
            guard language != words.language else { return "<li aria-current=\"true\">\(name)</li>\n" }
            let query = FormPairs([("to", language.rawValue), ("back", path)]).encoded
            return
                "<li><a href=\"/language?\(query)\" lang=\"\(language.rawValue)\" rel=\"nofollow\">\(name)</a></li>\n"
        }
        return "<ul class=\"languages\" aria-label=\"\(words("Language", "Språk"))\">\n\(links)</ul>"
    }

    private var contact: HTML {
        settings.contact.isEmpty ? "" : "<p>\(words("Help", "Hjälp")): \(settings.contact)</p>"
    }
}

/// A page in the navigation.
struct Place: Sendable {
    let path: String
    let english: String
    let swedish: String

    static let open = [
        Place(path: "/", english: "Getting started", swedish: "Kom igång"),
        Place(path: "/settings", english: "Settings for mail programs", swedish: "Inställningar för e-postprogram"),
    ]
    static let own =
        [
            Place(path: "/home", english: "My account", swedish: "Mitt konto"),
            Place(path: "/password", english: "Mail password", swedish: "E-postlösenord"),
            Place(path: "/devices", english: "Devices", swedish: "Enheter"),
            Place(path: "/space", english: "Space", swedish: "Utrymme"),
            Place(path: "/restore", english: "Deleted mail", swedish: "Borttagna brev"),
            Place(path: "/forward", english: "Forwarding", swedish: "Vidarebefordran"),
            Place(path: "/away", english: "Out of office", swedish: "Frånvaro"),
            Place(path: "/trail", english: "What became of it", swedish: "Vad som hände"),
            Place(path: "/profile", english: "About me", swedish: "Om mig"),
        ] + open

    /// Only places that are there for these roles.
    static func forOthers(_ roles: Roles) -> [Place] {
        guard !roles.isEmpty else { return [] }
        let helpdesk = [Place(path: "/support", english: "Accounts", swedish: "Konton")]
        guard roles.isOperator else { return helpdesk }
        return [Place(path: "/admin", english: "Overview", swedish: "Översikt")] + helpdesk + [
            Place(path: "/admin/queue", english: "Queue", swedish: "Kö"),
            Place(path: "/admin/trail", english: "Trail", swedish: "Spår"),
            Place(path: "/admin/roles", english: "Roles", swedish: "Roller"),
        ]
    }
}

extension Visit {
    func frame(_ title: String) -> Frame {
        let path = Self.ownPath(request.target.path) ?? "/"
        return Frame(
            title: title, settings: settings, words: words, user: person?.entry.address.description,
            roles: person?.roles ?? .none, path: path, secret: hiddenSecret)
    }
}
