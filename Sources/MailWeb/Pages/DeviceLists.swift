import MailAdmin
import MailMessage
import MailStore
import MailTransport

/// The three lists of the devices' page.
struct DeviceLists {
    private let visit: Visit
    /// nil: the server does not say.
    private let sessions: [OpenSession]?
    private let web: [WebSession]
    private let passwords: [AppPasswordEntry]
    private var words: Words { visit.words }

    init(_ visit: Visit) async throws {
        self.visit = visit
        let (person, administration) = (try visit.owner(), try visit.administration())
        sessions = try? await administration.sessions(of: person.entry)
        web = try await visit.site.store.web.sessions.list(of: person.entry.id)
        passwords = try await administration.appPasswords(of: person.entry)
    }

    var programs: HTML {
        let rows = (sessions ?? []).prefix(WebLimits.mostRows).map { session -> HTML in
            let name = session.client ?? words("a mail program", "ett e-postprogram")
            return """
                <tr><th scope="row">\(name)</th><td>\(session.service.uppercased())</td><td>\(session.peer)</td>\
                <td>\(words.moment(session.since))</td><td>\(button("end", session.id, words("End", "Avsluta"), name))</td></tr>

                """
        }
        return section(
            words("Mail programs that are connected now", "E-postprogram som är anslutna nu"),
            [
                words("Program", "Program"), words("Protocol", "Protokoll"), words("From", "Från"),
                words("Since", "Sedan"),
            ],
            rows,
            none: sessions == nil
                ? words("This cannot be said just now.", "Det går inte att säga just nu.") : words("None.", "Inga."))
    }

    var browsers: HTML {
        let own = visit.person?.session.id
        let rows = web.prefix(WebLimits.mostRows).map { session -> HTML in
            let name = BrowserName.of(session.client) ?? words("a browser", "en webbläsare")
            let action: HTML =
                session.id == own
                ? "\(words("this one", "den här"))"
                : button("end-web", "\(session.id)", words("Log out", "Logga ut"), name)
            return """
                <tr><th scope="row">\(name)</th><td>\(session.address)</td><td>\(words.moment(session.lastUsedAt))</td>\
                <td>\(action)</td></tr>

                """
        }
        let all: HTML = """
            <form method="post" action="/devices">\(visit.hiddenSecret)<button class="danger" name="do" value="end-all">\
            \(words("End all others, programs and browsers", "Avsluta alla andra, program och webbläsare"))</button></form>

            """
        return section(
            words("Browsers", "Webbläsare"),
            [words("Browser", "Webbläsare"), words("From", "Från"), words("Last used", "Senast använd")], rows,
            none: words("None.", "Inga.")) + all
    }

    var appPasswords: HTML {
        let rows = passwords.prefix(WebLimits.mostRows).map { password -> HTML in
            let use = password.lastUse.map { "\(words.moment($0.at)), \($0.from)" } ?? words("never", "aldrig")
            return """
                <tr><th scope="row">\(password.name)</th><td>\(words.day(password.createdAt))</td><td>\(use)</td>\
                <td>\(button("revoke", password.handle.text, words("Take away", "Ta bort"), password.name))</td></tr>

                """
        }
        return section(
            words("Programs with a password of their own", "Program med eget lösenord"),
            [words("Name", "Namn"), words("Made", "Skapat"), words("Last used", "Senast använt")], rows,
            none: words("None.", "Inga."))
    }

    private func section(_ title: String, _ columns: [String], _ rows: [HTML], none: String) -> HTML {
        guard !rows.isEmpty else { return "<h2>\(title)</h2>\n<p>\(none)</p>\n" }
        return """
            <h2>\(title)</h2>
            \(Grid(label: title, columns: columns + [""], rows: rows).html)

            """
    }

    /// A form of one button; a screen reader hears what it is about.
    private func button(_ action: String, _ which: String, _ label: String, _ about: String) -> HTML {
        """
        <form method="post" action="/devices">\(visit.hiddenSecret)<input type="hidden" name="which" value="\(which)">\
        <button class="quiet" name="do" value="\(action)">\(label)<span class="hidden"> \(about)</span></button></form>
        """
    }
}

/// What a browser is called by its users, out of what it calls itself.
enum BrowserName {
    private static let programs = [
        ("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ]
    private static let systems = [
        ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "Mac"),
        ("Linux", "Linux"),
    ]

    static func of(_ agent: String) -> String? {
        guard let program = programs.first(where: { agent.contains($0.0) })?.1 else { return nil }
        let system = systems.first { agent.contains($0.0) }?.1
        return system.map { "\(program), \($0)" } ?? program
    }
}
