import MailAdmin
import MailMessage
import MailStore

extension AccountSections {
    // MARK: Logins, and those that failed

    var logins: HTML {
        let title = words("Logins", "Inloggningar")
        return """
            <section><h2>\(title)</h2>
            \(devices)
            <h3>\(words("Failed lately", "Misslyckade på sistone"))</h3>
            \(failures)\(change(unlockForm))</section>
            """
    }

    private var devices: HTML {
        let rows = facts.devices.prefix(WebLimits.mostRows).map { device -> HTML in
            """
            <tr><th scope="row">\(device.client.isEmpty ? words("a mail program", "ett e-postprogram") : device.client)</th>\
            <td>\(device.service.uppercased())</td><td>\(device.address)</td><td>\(words.moment(device.lastAt))</td></tr>

            """
        }
        guard !rows.isEmpty else { return "<p>\(words("None in 90 days.", "Inga på 90 dagar."))</p>" }
        let columns = [
            words("Program", "Program"), words("Protocol", "Protokoll"), words("From", "Från"),
            words("Last used", "Senast använt"),
        ]
        return Grid(label: words("Logins", "Inloggningar"), columns: columns, rows: rows).html
    }

    private var failures: HTML {
        guard let failures = facts.failures else {
            return "<p>\(words("Nobody can say just now.", "Just nu kan ingen svara."))</p>"
        }
        guard !failures.isEmpty else { return "<p>\(words("None that count.", "Inga som räknas."))</p>" }
        let rows = failures.prefix(WebLimits.mostRows).map { each -> HTML in
            let locked = each.lockedSeconds.map {
                words("locked for \(words.span(Int64($0)))", "låst i \(words.span(Int64($0)))")
            }
            return """
                <tr><th scope="row">\(each.name)</th><td>\(each.source ?? words("all places", "alla ställen"))</td>\
                <td>\(each.count)</td><td>\(words.moment(each.lastAt))</td><td>\(locked ?? words("not locked", "inte låst"))</td></tr>

                """
        }
        let columns = [
            words("Name", "Namn"), words("From", "Från"), words("How many", "Antal"), words("Last", "Senast"),
            words("State", "Läge"),
        ]
        return Grid(label: words("Failed lately", "Misslyckade på sistone"), columns: columns, rows: rows).html
    }

    private var unlockForm: HTML {
        let effect: HTML = """
            <p>\(words(
                "Whoever knows the password can log in at once. What failed until now counts no more.",
                "Den som kan lösenordet kan logga in genast. Det som misslyckats hittills räknas inte längre."))</p>

            """
        return form.html("unlock", words("Unlock", "Lås upp"), effect, button: words("Unlock", "Lås upp"))
    }

    // MARK: Who is in now

    var sessions: HTML {
        let title = words("Logged in now", "Inloggade nu")
        let programs = (facts.sessions ?? []).prefix(WebLimits.mostRows).map { session -> HTML in
            let name = session.client ?? words("a mail program", "ett e-postprogram")
            return row("p.\(session.id)", name, session.service.uppercased(), session.peer, session.since)
        }
        let browsers = facts.browsers.prefix(WebLimits.mostRows).map { session -> HTML in
            let name = BrowserName.of(session.client) ?? words("a browser", "en webbläsare")
            return row("b.\(session.id)", name, words("web pages", "webbsidor"), session.address, session.createdAt)
        }
        guard !programs.isEmpty || !browsers.isEmpty else {
            return "<section><h2>\(title)</h2>\n<p>\(words("Nobody.", "Ingen."))</p></section>"
        }
        let columns = [
            words("Program", "Program"), words("Protocol", "Protokoll"), words("From", "Från"), words("Since", "Sedan"),
        ]
        return """
            <section><h2>\(title)</h2>
            \(Grid(label: title, columns: columns, rows: programs + browsers).html)
            \(change(endForm))</section>
            """
    }

    private func row(_ id: String, _ name: String, _ service: String, _ from: String, _ since: EpochSeconds) -> HTML {
        """
        <tr><th scope="row">\(name)</th><td>\(service)</td><td>\(from)</td><td>\(words.moment(since))</td></tr>

        """
    }

    private var endForm: HTML {
        var options = [(value: "all", text: words("all of them", "alla"))]
        for session in (facts.sessions ?? []).prefix(WebLimits.mostRows) {
            let name = session.client ?? session.service.uppercased()
            options.append((value: "p.\(session.id)", text: "\(name), \(session.peer), \(words.moment(session.since))"))
        }
        for session in facts.browsers {
            let name = BrowserName.of(session.client) ?? words("a browser", "en webbläsare")
            let since = words.moment(session.createdAt)
            options.append((value: "b.\(session.id)", text: "\(name), \(session.address), \(since)"))
        }
        let list = Selection(
            name: "end-which", label: words("Which", "Vilken"), options: options,
            chosen: draft.value("which", of: "end"), error: draft.problem("which", of: "end"))
        return form.html(
            "end", words("End sessions", "Avsluta sessioner"), list.html, button: words("End", "Avsluta"),
            isDanger: true)
    }
}
