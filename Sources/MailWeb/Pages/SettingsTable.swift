import MailAdmin
import MailStore

/// Hosts, ports and words that a mail program asks for.
struct SettingsTable {
    private let settings: WebSettings
    private let words: Words
    private let login: String?

    init(_ visit: Visit) {
        (settings, words, login) = (visit.settings, visit.words, visit.person?.entry.login.text)
    }

    var html: HTML {
        let rows = settings.offers.map { offer -> HTML in
            """
            <tr><th scope="row">\(purpose(offer))</th><td>\(settings.hostName)</td><td>\(offer.port)</td>\
            <td>\(offer.isImplicit ? "SSL/TLS" : "STARTTLS")</td></tr>

            """
        }
        let columns = [words("Server", "Server"), words("Name", "Namn"), "Port", words("Security", "Säkerhet")]
        return """
            \(Grid(label: words("Servers", "Servrar"), columns: columns, rows: rows).html)
            <dl>
            <dt>\(words("User name", "Användarnamn"))</dt><dd>\(login ?? words("your login or your whole address", "ditt användarnamn eller hela din adress"))</dd>
            <dt>\(words("Password", "Lösenord"))</dt><dd>\(words("the mail password", "e-postlösenordet"))</dd>
            <dt>\(words("Authentication", "Autentisering"))</dt><dd>\(words("normal password", "normalt lösenord"))</dd>
            <dt>\(words("IMAP path prefix", "Prefix för IMAP-sökväg"))</dt><dd>\(words("leave it empty", "lämna tomt"))</dd>
            </dl>
            """
    }

    private func purpose(_ offer: ClientSettings.Offer) -> String {
        switch offer.kind {
        case .smtp: words("Outgoing mail (SMTP)", "Utgående e-post (SMTP)")
        case .imap: words("Incoming mail (IMAP)", "Inkommande e-post (IMAP)")
        case .pop3: words("Incoming mail (POP3)", "Inkommande e-post (POP3)")
        }
    }
}
