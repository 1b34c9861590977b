import MailAdmin
import MailMessage
import MailStore

extension AccountSections {
    var space: HTML {
        """
        <section><h2>\(words("Space", "Utrymme"))</h2>
        \(QuotaMeter(used: entry.hints.bytesUsed, limit: entry.quota.bytes, words: words).html)
        <p>\(words("Messages", "Antal brev")): \(words.number(entry.hints.messageCount))</p>
        <dl>
        <dt>\(words("The limit comes from", "Gränsen kommer från"))</dt><dd>\(source)</dd>
        \(until)\(pool)</dl>
        \(change(limitForm))</section>
        """
    }

    private var source: String {
        switch entry.quota.source {
        case .account: words("the account itself", "kontot självt")
        case .organisation(let name): words("organisation \(name)", "organisationen \(name)")
        case .accountClass(let name): words("class \(name)", "klassen \(name)")
        case .standard: words("what counts for everybody", "det som gäller alla")
        }
    }

    private var until: HTML {
        let quota = entry.quota
        guard let moment = quota.until else {
            guard let reason = facts.own?.reason, !reason.isEmpty else { return "" }
            return "<dt>\(words("Why", "Varför"))</dt><dd>\(reason)</dd>\n"
        }
        let then = quota.bytesAfterwards.map(words.size) ?? words("no limit", "ingen gräns")
        return """
            <dt>\(words("Until", "Till"))</dt><dd>\(words("\(words.day(moment)), then \(then)", "\(words.day(moment)), därefter \(then)"))</dd>
            <dt>\(words("Given by", "Getts av"))</dt><dd>\(quota.grantedBy.isEmpty ? "–" : quota.grantedBy)</dd>
            <dt>\(words("Why", "Varför"))</dt><dd>\(quota.reason.isEmpty ? "–" : quota.reason)</dd>

            """
    }

    private var pool: HTML {
        guard let pool = facts.pool else { return "" }
        let text = words(
            "\(words.size(pool.left)) of \(words.size(pool.pool)) left to give",
            "\(words.size(pool.left)) av \(words.size(pool.pool)) kvar att dela ut")
        return "<dt>\(words("Pool of the organisation", "Organisationens pott"))</dt><dd>\(text)</dd>\n"
    }

    private var limitForm: HTML {
        let help =
            managed.scope.isEverybody
            ? words(
                "Such as 1.5 GB, +200 MB, none for no limit, or default for what counts otherwise.",
                "Till exempel 1,5 GB, +200 MB, none för ingen gräns eller default för det som annars gäller.")
            : words("Such as 1.5 GB or +200 MB.", "Till exempel 1,5 GB eller +200 MB.")
        let size = form.field("quota", "size", words("New limit", "Ny gräns"), help: help)
        let until = form.field(
            "quota", "until", words("Until", "Till"), kind: .date,
            help: words(
                "From that day on the limit before counts again. Empty: for good.",
                "Från den dagen gäller gränsen före igen. Tomt: tills vidare."), isRequired: false, longest: 10)
        return form.html(
            "quota", words("Change the limit", "Ändra gränsen"), "\(size)\(until)",
            button: words("Change the limit", "Ändra gränsen"))
    }
}
