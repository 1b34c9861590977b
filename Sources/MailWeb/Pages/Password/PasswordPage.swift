import MailAdmin
import MailIdentity
import MailMessage
import MailStore
import MailWire

/// Setting the mail password: first what uses the old one, then the new one twice.
enum PasswordPage {
    static func show(_ visit: Visit) async throws -> HTTPResponse { try await page(visit, PasswordForm(visit)) }

    static func set(_ visit: Visit) async throws -> HTTPResponse {
        let (form, person) = (try visit.request.form(), try visit.owner())
        if form["do"] == "remove" { return try await remove(visit, person) }
        var fields = try PasswordForm(visit)
        guard let credential = try await fields.credential(from: form, for: person.entry) else {
            return try await page(visit, fields)
        }
        try await visit.administration().setCredential(
            credential, of: person.entry, formerSeconds: visit.settings.formerPasswordSeconds,
            except: person.session.id)
        visit.site.note(WebEvent(.passwordSet, visit))
        return .redirect(to: "/password?done=set")
    }

    /// Nobody who has it can use it any longer; passwords of single programs stay.
    private static func remove(_ visit: Visit, _ person: Visit.Person) async throws -> HTTPResponse {
        try await visit.administration().setCredential(nil, of: person.entry, except: person.session.id)
        visit.site.note(WebEvent(.passwordRemoved, visit))
        return .redirect(to: "/password?done=removed")
    }

    private static func page(_ visit: Visit, _ fields: PasswordForm) async throws -> HTTPResponse {
        let (words, person) = (visit.words, try visit.owner())
        let content: HTML = """
            \(visit.done([
                "set": ("The password is set. Now type it into your mail programs, on each of your devices.",
                        "Lösenordet är bytt. Skriv nu in det i dina e-postprogram, på var och en av dina enheter."),
                "removed": ("There is no mail password any more. Nobody can log in with the old one.",
                            "Det finns inget e-postlösenord längre. Ingen kan logga in med det gamla."),
            ]))<ol class="steps">
            <li>\(try await devices(visit))</li>
            <li><h2>\(words("Choose the new one", "Välj det nya"))</h2>
            <form method="post" action="/password" data-strength="/password/strength">
            \(visit.hiddenSecret)\(visit.hiddenName(of: person.entry))\(fields.html)<button>\(words("Set the password", "Byt lösenord"))</button>
            </form></li>
            <li><h2>\(words("Type it into each program", "Skriv in det i varje program"))</h2>
            <p>\(words(
                "They ask for it by themselves, or have a place for it in the settings of the account.",
                "De frågar efter det själva, eller har en plats för det i kontots inställningar.")) \
            <a href="/settings#steps">\(words("Step by step for each program", "Steg för steg för varje program"))</a></p></li>
            </ol>
            \(removal(visit))
            """
        return visit.frame(words("Mail password", "E-postlösenord")).response(fields.status, content)
    }

    /// What will ask for the new one.
    private static func devices(_ visit: Visit) async throws -> HTML {
        let words = visit.words
        let devices = try await visit.site.store.directory.recentDevices(of: visit.owner().entry.id)
        guard !devices.isEmpty else {
            return """
                <h2>\(words("See what will ask for it", "Se vad som kommer att fråga efter det"))</h2>
                <p>\(words("No mail program has logged in lately.", "Inget e-postprogram har loggat in på sistone."))</p>
                """
        }
        let rows = devices.map { device -> HTML in
            """
            <tr><th scope="row">\(device.client.isEmpty ? words("a mail program", "ett e-postprogram") : device.client)</th>\
            <td>\(device.service.uppercased())</td><td>\(device.address)</td><td>\(words.moment(device.lastAt))</td></tr>

            """
        }
        let title = words(
            "These have used your mail password lately", "Dessa har använt ditt e-postlösenord på sistone")
        let columns = [
            words("Program", "Program"), words("Protocol", "Protokoll"), words("From", "Från"),
            words("Last used", "Senast använt"),
        ]
        return """
            <h2>\(words("See what will ask for it", "Se vad som kommer att fråga efter det"))</h2>
            <p>\(title). \(words(
                "After the change they will say that the password is wrong until you type the new one. They are not locked out for it.",
                "Efter bytet säger de att lösenordet är fel tills du skriver in det nya. De stängs inte ute för det."))</p>
            \(Grid(label: title, columns: columns, rows: rows).html)
            """
    }

    private static func removal(_ visit: Visit) -> HTML {
        let words = visit.words
        let consequence =
            visit.settings.login == .mail
            ? words(
                "Then only programs with a password of their own can log in, and a new mail password takes a link from your computer support.",
                "Sedan kan bara program med eget lösenord logga in, och ett nytt e-postlösenord kräver en länk från din datorsupport."
            )
            : words(
                "Then only programs with a password of their own can log in, until you set a new mail password here.",
                "Sedan kan bara program med eget lösenord logga in, tills du väljer ett nytt e-postlösenord här.")
        return """
            <details><summary>\(words("Remove the mail password", "Ta bort e-postlösenordet"))</summary>
            <p>\(consequence)</p>
            <form method="post" action="/password">\(visit.hiddenSecret)<button class="danger" name="do" value="remove">\
            \(words("Remove it", "Ta bort det"))</button></form></details>
            """
    }
}

extension Visit {
    /// What a person may do here is what an operator may do, in the person's own name.
    /// `reason`: of what he does for somebody else.
    func administration(reason: String = "") throws -> Administration {
        let actor = AuditActor(name: try owner().entry.address.description, tool: "web", reason: reason)
        return Administration(store: site.store, actor: actor, clock: site.clock)
    }

    /// For password managers: whose password it is.
    func hiddenName(of entry: AccountEntry) -> HTML {
        """
        <div class="hidden" aria-hidden="true"><input type="text" name="username" value="\(entry.login.text)" \
        autocomplete="username" tabindex="-1" readonly></div>

        """
    }
}
