import MailAdmin
import MailMessage
import MailStore

extension AccountSections {
    var sending: HTML {
        """
        <section><h2>\(words("Sending", "Sändning"))</h2>
        \(facts.standing.map(rates))\(facts.standing?.allowance.map(allowance))
        \(change(allowForm))
        \(held)</section>
        """
    }

    private func rates(_ standing: SendingStanding) -> HTML {
        let rows = SendingLimit.allCases.map { limit -> HTML in
            let most = standing.rates.most(limit)
            return """
                <tr><th scope="row">\(name(limit))</th><td>\(words.number(Int64(standing.use.count(limit))))</td>\
                <td>\(most == 0 ? words("no limit", "ingen gräns") : words.number(Int64(most)))</td></tr>

                """
        }
        let columns = [words("What", "Vad"), words("Now", "Nu"), words("At most", "Högst")]
        return Grid(label: words("Sending", "Sändning"), columns: columns, rows: rows).html
    }

    private func name(_ limit: SendingLimit) -> String {
        switch limit {
        case .messagesPerHour: words("messages in an hour", "brev på en timme")
        case .messagesPerDay: words("messages in a day", "brev på ett dygn")
        case .recipientsPerHour: words("recipients in an hour", "mottagare på en timme")
        case .recipientsPerDay: words("recipients in a day", "mottagare på ett dygn")
        case .newRecipientsPerDay: words("new recipients in a day", "nya mottagare på ett dygn")
        }
    }

    private func allowance(_ allowance: SendingAllowance) -> HTML {
        let most =
            allowance.most == 0
            ? words("any number of recipients", "hur många mottagare som helst")
            : words(
                "\(words.number(Int64(allowance.most))) recipients", "\(words.number(Int64(allowance.most))) mottagare")
        let until = allowance.until.map(words.day) ?? words("it is taken back", "den tas tillbaka")
        return """
            <p>\(words(
                "Allowed: \(most) until \(until), by \(allowance.by). \(allowance.reason)",
                "Tillåtet: \(most) till \(until), av \(allowance.by). \(allowance.reason)"))</p>

            """
    }

    private var allowForm: HTML {
        let bound = words.number(Int64(WebLimits.mostAllowance))
        let help =
            managed.scope.isEverybody
            ? words("A number, or none for no limit.", "Ett tal, eller none för ingen gräns.")
            : words("At most \(bound).", "Högst \(bound).")
        let most = form.field(
            "allow", "recipients", words("Recipients in a day", "Mottagare på ett dygn"), help: help, longest: 9)
        let until = form.field(
            "allow", "until", words("Until", "Till"), kind: .date,
            help: managed.scope.isEverybody
                ? words("Empty: until it is taken back.", "Tomt: tills det tas tillbaka.")
                : words(
                    "At most \(WebLimits.mostAllowanceDays) days from now.",
                    "Högst \(WebLimits.mostAllowanceDays) dagar från nu."),
            isRequired: !managed.scope.isEverybody, longest: 10)
        let allow = form.html(
            "allow", words("Let it send more for a time", "Låt det sända mer en tid"), "\(most)\(until)",
            button: words("Allow", "Tillåt"))
        guard facts.standing?.allowance != nil else { return allow }
        return allow
            + form.html(
                "disallow", words("Take the allowance back", "Ta tillbaka tillåtelsen"),
                button: words("Take it back", "Ta tillbaka den"), isDanger: true)
    }

    // MARK: Held mail

    private var held: HTML {
        let title = words("Held because of these limits", "Hålls kvar på grund av dessa gränser")
        guard !facts.held.isEmpty else { return "<h3>\(title)</h3>\n<p>\(words("Nothing.", "Inget."))</p>" }
        let rows = facts.held.map { line -> HTML in
            """
            <tr><th scope="row">\(line.entry.value)</th><td>\(line.recipient)</td><td>\(words.moment(line.receivedAt))</td>\
            <td>\(words.size(line.size))</td><td>\(line.lastError)</td></tr>

            """
        }
        let columns = [
            words("Number", "Nummer"), words("To", "Till"), words("Since", "Sedan"), words("Size", "Storlek"),
            words("Why", "Varför"),
        ]
        return """
            <h3>\(title)</h3>
            \(Grid(label: title, columns: columns, rows: rows).html)
            \(change(releaseForm))
            """
    }

    private var releaseForm: HTML {
        var seen: Set<QueueID> = []
        let entries = facts.held.map(\.entry).filter { seen.insert($0).inserted }
        let options =
            [(value: "all", text: words("all that are shown", "alla som visas"))]
            + entries.map { (value: "\($0)", text: "\($0)") }
        let list = Selection(
            name: "release-which", label: words("Which", "Vilka"), options: options,
            chosen: draft.value("which", of: "release"), error: draft.problem("which", of: "release"))
        let warning: HTML = """
            <p>\(words(
                "Ask the owner first whether he has sent it. If not, somebody has his password: make a link for a new one.",
                "Fråga först ägaren om han har skickat det. Om inte har någon hans lösenord: skapa en länk för ett nytt."))</p>

            """
        return form.html(
            "release", words("Release held mail", "Släpp kvarhållen e-post"), "\(warning)\(list.html)",
            button: words("Release", "Släpp"))
    }
}
