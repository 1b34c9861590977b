import MailMessage
import MailStore
import MailWire

/// Where a person comes to after the login: what there is to know and to do, a card for each.
enum HomePage {
    static func show(_ visit: Visit) async throws -> HTTPResponse {
        let (facts, words) = (try await HomeFacts(visit), visit.words)
        let content: HTML = """
            \(notices(facts, visit))<div class="cards">
            \(password(facts, words).html)\(programs(facts, words).html)\(space(facts, words).html)\(trail(words).html)</div>
            """
        let name = try visit.owner().entry.name
        let title = name.isEmpty ? words("My account", "Mitt konto") : words("Hello, \(name)", "Hej, \(name)")
        return visit.frame(title).response(content)
    }

    /// What else would be forgotten.
    private static func notices(_ facts: HomeFacts, _ visit: Visit) -> HTML {
        let words = visit.words
        let away: HTML =
            facts.isAway
            ? """
            <p class="notice good">\(words("Whoever writes to you is told that you are away.", "Den som skriver till dig får veta att du är borta.")) \
            <a href="/away">\(words("Change", "Ändra"))</a></p>

            """ : ""
        let forward: HTML? = facts.forward.map { forward in
            """
            <p class="notice good">\(words("Your mail is sent on to \(forward.address).", "Din e-post skickas vidare till \(forward.address).")) \
            <a href="/forward">\(words("Change", "Ändra"))</a></p>

            """
        }
        return "\(away)\(forward)"
    }

    private static func password(_ facts: HomeFacts, _ words: Words) -> Card {
        let title = words("Mail password", "E-postlösenord")
        guard let changedAt = facts.passwordChangedAt else {
            return Card(
                title: title,
                text:
                    "\(words("You have none yet. Your mail programs need one.", "Du har inget ännu. Dina e-postprogram behöver ett."))",
                path: "/password", action: words("Set it", "Välj ett"), isFirst: true)
        }
        return Card(
            title: title, text: "\(words("Set on \(words.day(changedAt)).", "Valt den \(words.day(changedAt))."))",
            path: "/password", action: words("Change it", "Byt det"))
    }

    private static func programs(_ facts: HomeFacts, _ words: Words) -> Card {
        let title = words("Mail programs", "E-postprogram")
        guard facts.devices > 0 else {
            return Card(
                title: title, text: "\(words("None has logged in yet.", "Inget har loggat in ännu."))",
                path: "/settings#steps", action: words("Set one up", "Ställ in ett"))
        }
        let count = words.number(Int64(facts.devices))
        let text =
            facts.devices == 1
            ? words("One device has logged in lately.", "En enhet har loggat in på sistone.")
            : words("\(count) devices have logged in lately.", "\(count) enheter har loggat in på sistone.")
        return Card(title: title, text: "\(text)", path: "/devices", action: words("See them", "Visa dem"))
    }

    private static func space(_ facts: HomeFacts, _ words: Words) -> Card {
        Card(
            title: words("Space", "Utrymme"),
            text: """
                \(QuotaMeter(used: facts.usage.bytes, limit: facts.quota.bytes, words: words).html)\
                \(words("\(words.number(facts.usage.messages)) messages", "\(words.number(facts.usage.messages)) brev"))
                """,
            path: "/space", action: words("What fills it", "Vad som tar plats"))
    }

    private static func trail(_ words: Words) -> Card {
        Card(
            title: words("Where is my mail?", "Var är mitt brev?"),
            text:
                "\(words("What became of what you sent, and of what was sent to you.", "Vad som hände med det du skickat och det som skickats till dig."))",
            path: "/trail", action: words("Look", "Titta"))
    }
}

/// What the first look at an account tells.
private struct HomeFacts {
    let usage: AccountUsage
    let quota: EffectiveQuota
    let passwordChangedAt: EpochSeconds?
    let devices: Int
    let isAway: Bool
    let forward: Forward?

    init(_ visit: Visit) async throws {
        let (entry, store) = (try visit.owner().entry, visit.site.store)
        let now = visit.site.clock()
        usage = try await store.account(entry.id).read { try $0.usage() }
        passwordChangedAt = try await store.directory.credential(of: entry.id)?.changedAt
        devices = try await store.directory.recentDevices(of: entry.id).count
        isAway = try await store.directory.read { try $0.vacation(of: entry.id)?.answers(at: now) ?? false }
        (quota, forward) = (entry.quota, entry.forward)
    }
}

/// One thing, and the way to it.
private struct Card {
    let title: String
    let text: HTML
    let path: String
    let action: String
    var isFirst = false

    var html: HTML {
        """
        <section class="card"><h2>\(title)</h2>
        <div>\(text)</div>
        <p><a class="button\(isFirst ? "" : " quiet")" href="\(path)">\(action)<span class="hidden"> – \(title)</span></a></p></section>

        """
    }
}
