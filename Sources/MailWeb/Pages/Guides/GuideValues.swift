import MailAdmin
import MailMessage
import MailStore

/// What the steps tell people to type: this server's, and theirs when they have logged in.
struct GuideValues {
    let words: Words
    let host: String
    let address: String?
    let login: String?
    let incoming: ClientSettings.Offer?
    let outgoing: ClientSettings.Offer?

    init(_ visit: Visit) {
        let offers = visit.settings.offers
        words = visit.words
        host = visit.settings.hostName
        address = visit.person?.entry.address.description
        login = visit.person?.entry.login.text
        incoming = offers.first { $0.kind == .imap } ?? offers.first { $0.kind == .pop3 }
        outgoing = offers.first { $0.kind == .smtp }
    }

    var isLoggedIn: Bool { address != nil }

    /// A quarter of the steps say it.
    var addressStep: HTML {
        guard let address else {
            return
                "\(words("Type your name, your address and your mail password.", "Skriv ditt namn, din adress och ditt e-postlösenord."))"
        }
        return """
            \(words("Type your name, the address", "Skriv ditt namn, adressen")) <b>\(address)</b> \
            \(words("and your mail password.", "och ditt e-postlösenord."))
            """
    }

    /// `IMAP, mail.example.org, 993, SSL/TLS, anna`.
    var incomingStep: HTML { step(incoming, words("Incoming mail", "Inkommande e-post")) }
    var outgoingStep: HTML { step(outgoing, words("Outgoing mail", "Utgående e-post")) }

    private func step(_ offer: ClientSettings.Offer?, _ side: String) -> HTML {
        guard let offer else { return "\(side): \(words("not offered here", "erbjuds inte här"))" }
        let user: HTML = login.map { " <b>\($0)</b>" } ?? ""
        return """
            \(side): \(offer.kind.rawValue), \(words("server", "server")) <b>\(host)</b>, port <b>\(offer.port)</b>, \
            <b>\(offer.isImplicit ? "SSL/TLS" : "STARTTLS")</b>, \(words("user name", "användarnamn"))\(user)\
            \(login == nil ? words(" your login", " ditt användarnamn") : "").
            """
    }
}
