import MailAdmin
import MailMessage
import MailStore
import MailWire

/// The first page: what an account is, how to get a password, and how to set up a mail program, with this server's own values.
enum StartPage {
    static func show(_ visit: Visit) async throws -> HTTPResponse {
        let facts = try await StartFacts(visit)
        let words = visit.words
        let content: HTML = """
            <p class="lead">\(words(
                "Your mail account holds all your mail and your settings. Read and send with any mail program.",
                "Ditt e-postkonto innehåller all din e-post och dina inställningar. Läs och skicka med vilket e-postprogram du vill."
            ))</p>
            <ol class="steps">
            \(password(words))
            \(program(visit))
            </ol>
            \(space(facts, words))
            \(trash(facts, visit))
            \(networks(visit))
            \(support(facts, words))
            """
        return visit.frame(words("Getting started with mail", "Kom igång med e-post")).response(content)
    }

    private static func password(_ words: Words) -> HTML {
        """
        <li><h2>\(words("Set your mail password", "Välj ditt e-postlösenord"))</h2>
        <p>\(words(
            "It is used by your mail programs, together with your login. Choose one that you use nowhere else.",
            "Det används av dina e-postprogram, tillsammans med ditt användarnamn. Välj ett som du inte använder någon annanstans."
        ))</p>
        <p><a class="button" href="/password">\(words("Set the mail password", "Välj e-postlösenord"))</a></p></li>
        """
    }

    private static func program(_ visit: Visit) -> HTML {
        let words = visit.words
        return """
            <li><h2>\(words("Set up your mail program", "Ställ in ditt e-postprogram"))</h2>
            <p>\(words(
                "Most programs need only your address and your mail password, and find the rest by themselves. Otherwise type this:",
                "De flesta program behöver bara din adress och ditt e-postlösenord och hittar resten själva. Annars skriver du detta:"
            ))</p>
            \(SettingsTable(visit).html)
            <p><a href="/settings#steps">\(words("Step by step for each program", "Steg för steg för varje program"))</a></p></li>
            """
    }

    private static func space(_ facts: StartFacts, _ words: Words) -> HTML {
        let rows = facts.limits.map { limit -> HTML in
            guard let octets = limit.octets else {
                return
                    "<tr><th scope=\"row\">\(limit.name(words))</th><td colspan=\"2\">\(words("no limit", "ingen gräns"))</td></tr>\n"
            }
            return """
                <tr><th scope="row">\(limit.name(words))</th><td>\(words.size(octets))</td>\
                <td>\(words.number(octets / StartFacts.averageMail))</td></tr>

                """
        }
        let columns = [
            words("Account", "Konto"), words("Space", "Utrymme"),
            words("Mails of average size", "Brev av normal storlek"),
        ]
        return """
            <h2>\(words("How much fits", "Hur mycket som får plats"))</h2>
            <p>\(words(
                "Large attachments take the place of thousands of ordinary mails. If you need more, ask your computer support.",
                "Stora bilagor tar lika mycket plats som tusentals vanliga brev. Behöver du mer, fråga din datorsupport."))</p>
            \(Grid(label: words("How much fits", "Hur mycket som får plats"), columns: columns, rows: rows).html)
            """
    }

    private static func trash(_ facts: StartFacts, _ visit: Visit) -> HTML {
        let words = visit.words
        guard let seconds = facts.trashSeconds else { return "" }
        let restorable = visit.settings.restorableSeconds
        let later: HTML =
            restorable > 0
            ? """
             \(words(
                "What is gone from there can still be brought back for \(words.span(restorable)).",
                "Det som försvunnit därifrån kan hämtas tillbaka i \(words.span(restorable)) till."))
            """ : ""
        return """
            <h2>\(words("The trash", "Papperskorgen"))</h2>
            <p>\(words(
                "Mail in the trash folder is removed after \(words.span(seconds)).",
                "Brev i papperskorgen tas bort efter \(words.span(seconds))."))\(later)</p>
            """
    }

    private static func networks(_ visit: Visit) -> HTML {
        let (words, networks) = (visit.words, visit.settings.trustedNetworks)
        guard !networks.isEmpty else { return "" }
        return """
            <h2>\(words("Sending without a login", "Skicka utan inloggning"))</h2>
            <p>\(words(
                "Programs and printers in these networks may send without a password:",
                "Program och skrivare i dessa nät får skicka utan lösenord:")) \
            \(networks.prefix(WebLimits.mostRows).map { "\($0)" }.joined(separator: ", "))</p>
            """
    }
}

extension StartPage {
    /// Whom to ask, where the organisations have said it.
    private static func support(_ facts: StartFacts, _ words: Words) -> HTML {
        guard !facts.contacts.isEmpty else { return "" }
        let rows = facts.contacts.map { "<dt>\($0.organisation)</dt><dd>\($0.contact)</dd>\n" as HTML }
        return """
            <h2>\(words("Your computer support", "Din datorsupport"))</h2>
            <dl>
            \(rows)</dl>
            """
    }
}

/// What the first page tells of this server.
struct StartFacts: Sendable {
    /// A mail of average size, in octets: what 500 MB for 100,000 mails comes to.
    static let averageMail: Int64 = 5_000

    struct Limit: Sendable {
        /// nil: everybody who is in no class.
        let accountClass: String?
        let octets: Int64?

        func name(_ words: Words) -> String { accountClass ?? words("everybody else", "alla andra") }
    }

    struct Contact: Sendable {
        let organisation: String
        let contact: String
    }

    let limits: [Limit]
    let contacts: [Contact]
    /// nil: nothing is removed.
    let trashSeconds: Int64?

    init(_ visit: Visit) async throws {
        let directory = visit.site.store.directory
        (limits, contacts, trashSeconds) = try await directory.read { reader in
            let standard = Self.octets(try reader.quotaRule(of: .standard), otherwise: EffectiveQuota.standardBytes)
            let classes = try reader.classes()
                .map { Limit(accountClass: $0.name.text, octets: Self.octets($0.quota, otherwise: standard)) }
            let trash = try reader.retentionRule(of: .standard)?.trash ?? EffectiveRetention.standardTrash
            var seconds: Int64?
            if case .seconds(let value) = trash { seconds = value }
            return (classes + [Limit(accountClass: nil, octets: standard)], try Self.contacts(reader), seconds)
        }
    }

    private static func contacts(_ reader: DirectoryReader) throws -> [Contact] {
        try reader.organisations().filter { !$0.contact.isEmpty }.prefix(WebLimits.mostRows)
            .map { Contact(organisation: $0.title.isEmpty ? $0.name.text : $0.title, contact: $0.contact) }
    }

    private static func octets(_ rule: QuotaRule?, otherwise: Int64? = nil) -> Int64? {
        switch rule?.bytes {
        case .limit(let octets): octets
        case .unlimited: nil
        case nil: otherwise
        }
    }
}
