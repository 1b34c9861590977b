import MailAdmin
import MailMessage
import MailStore

/// The parts of the page about somebody's account, each with what can be done about it.
struct AccountSections {
    let visit: Visit
    let managed: Managed
    let facts: AccountFacts
    let draft: AccountDraft

    var words: Words { visit.words }
    var entry: AccountEntry { managed.entry }
    var form: ChangeForm { ChangeForm(visit, managed, draft) }

    /// Only for whoever may.
    func change(_ html: @autoclosure () -> HTML) -> HTML { managed.isChangeable ? html() : "" }

    func operators(_ html: @autoclosure () -> HTML) -> HTML {
        managed.isChangeable && managed.scope.isEverybody ? html() : ""
    }

    // MARK: Who it is

    var state: HTML {
        let none = words("none", "inga")
        let aliases = facts.aliases.isEmpty ? none : facts.aliases.map(\.description).joined(separator: ", ")
        let classes = ([entry.accountClass].compactMap { $0 } + entry.furtherClasses).map(\.text)
        let login = entry.hints.lastLoginAt.map(words.moment) ?? words("never", "aldrig")
        return """
            <section><h2>\(words("The account", "Kontot"))</h2>
            <dl>
            <dt>\(words("State", "Läge"))</dt><dd>\(status)</dd>
            <dt>\(words("Login", "Användarnamn"))</dt><dd>\(entry.login.text)</dd>
            <dt>\(words("Other addresses", "Andra adresser"))</dt><dd>\(aliases)</dd>
            <dt>\(words("Organisation", "Organisation"))</dt><dd>\(entry.organisation?.text ?? "–")</dd>
            <dt>\(words("Class", "Klass"))</dt><dd>\(classes.isEmpty ? "–" : classes.joined(separator: ", "))</dd>
            <dt>\(words("Made", "Skapat"))</dt><dd>\(words.day(entry.createdAt))</dd>
            <dt>\(words("Ends", "Upphör"))</dt><dd>\(entry.expiresAt.map(words.day) ?? words("never", "aldrig"))</dd>
            <dt>\(words("Last login", "Senaste inloggning"))</dt><dd>\(login)</dd>
            </dl>
            \(operators(accountClass))\(operators(suspension))\(change(passwordLink))</section>
            """
    }

    private var status: String {
        let text = StatusWords.text(entry.status, words)
        if entry.disabledAt != nil {
            return words(
                "\(text): no longer a member, says the directory of persons",
                "\(text): inte längre medlem enligt personkatalogen")
        }
        return entry.reason.isEmpty ? text : "\(text): \(entry.reason)"
    }

    private var accountClass: HTML {
        let none = (value: "", text: words("none", "ingen"))
        let chosen = draft.action == "class" ? draft["name"] : entry.accountClass?.text ?? ""
        let list = Selection(
            name: "class-name", label: words("Class", "Klass"),
            options: [none] + facts.classes.map { ($0.text, $0.text) }, chosen: chosen,
            error: draft.problem("name", of: "class"))
        return form.html(
            "class", words("Change the class", "Byt klass"), list.html, button: words("Change the class", "Byt klass"))
    }

    private var suspension: HTML {
        if entry.status == .suspended {
            return form.html(
                "resume", words("Resume the account", "Öppna kontot igen"),
                button: words("Resume it", "Öppna det igen"))
        }
        let effect: HTML = """
            <p>\(words(
                "Nobody can log in to it, and it gets no mail, until it is resumed. Nothing is lost.",
                "Ingen kan logga in på det och det får ingen e-post förrän det öppnas igen. Inget går förlorat."))</p>

            """
        return form.html(
            "suspend", words("Suspend the account", "Stäng av kontot"), effect,
            button: words("Suspend it", "Stäng av det"), isDanger: true)
    }

    private var passwordLink: HTML {
        guard entry.status.receivesMail else { return "" }
        let fields: HTML = """
            <p>\(words(
                "Whoever has the link sets the mail password, once. Give it to the owner and nobody else, and be sure of who that is.",
                "Den som har länken väljer e-postlösenordet, en gång. Ge den till ägaren och ingen annan, och förvissa dig om vem det är."
            ))</p>
            \(Selection(
                name: "link-hours", label: words("It holds for", "Den gäller i"),
                options: LinkLife.all.map { ("\($0)", words.span(Int64($0) * 3_600)) },
                chosen: draft.value("hours", of: "link")).html)
            """
        return form.html(
            "link", words("Make a link for a new password", "Skapa en länk för ett nytt lösenord"), fields,
            button: words("Make the link", "Skapa länken"))
    }

    // MARK: What was done

    var log: HTML {
        let title = words("What was changed lately", "Vad som ändrats på sistone")
        let rows = facts.audit.map { line -> HTML in
            """
            <tr><td>\(words.moment(line.at))</td><td>\(line.actor.name)</td><td>\(line.action)</td><td>\(line.before)</td>\
            <td>\(line.after)</td><td>\(line.actor.reason)</td></tr>

            """
        }
        guard !rows.isEmpty else { return "" }
        let columns = [
            words("When", "När"), words("Who", "Vem"), words("What", "Vad"), words("Before", "Före"),
            words("After", "Efter"), words("Why", "Varför"),
        ]
        return "<section><h2>\(title)</h2>\n\(Grid(label: title, columns: columns, rows: rows).html)</section>"
    }
}

/// For how many hours a link may hold.
enum LinkLife {
    static let all = [24, 1, 72, 168]
}
