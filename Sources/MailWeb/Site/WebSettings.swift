package import MailAdmin
package import MailCrypto
package import MailNetwork

/// How people log in to the pages.
package enum LoginWay: String, Sendable {
    /// With the mail password.
    case mail
    /// With the organisation's password, which a program checks.
    case program
    /// At the organisation's OpenID provider.
    case oidc
}

/// What the operator decides about the pages.
package struct WebSettings: Sendable, Equatable {
    /// The server's name, as mail programs are told it.
    package var hostName: String
    /// As people call it; empty: the host name stands for it.
    package var organisation = ""
    /// Whom to ask: an address, a telephone number, a place.
    package var contact = ""
    /// For whoever wishes no language that we have.
    package var language = Language.english
    /// The ports for mail programs, recommended ones first.
    package var offers: [ClientSettings.Offer] = []
    /// What other servers may expect of ours.
    package var policy: TransportPolicy
    /// nil: profiles are not signed.
    package var profileSigner: ContentSigner?
    /// From where mail may be sent without a login.
    package var trustedNetworks: [AddressPrefix] = []
    package var login = LoginWay.mail
    /// What people call the provider; empty: the organisation.
    package var providerName = ""
    /// Where people find the pages, without a slash at the end; empty: wherever they have come.
    package var address = ""
    /// Somebody can say whether a new mail password is the organisation's.
    package var comparesPasswords = false
    /// What the program that says so may take.
    package var programSeconds = 20
    package var minimumPasswordLength = 8
    package var offersScram = true
    /// So long after a change devices with the password of before are told.
    package var formerPasswordSeconds: Int64 = 14 * 86_400
    /// Where these pages are, such as `https://mail.example.org`.
    package var siteAddress: String
    /// So long removed mail can be brought back; 0: it cannot.
    package var restorableSeconds: Int64 = 0

    package init(hostName: String) {
        self.hostName = hostName
        siteAddress = "https://" + hostName
        policy = TransportPolicy(hosts: [hostName])
    }

    package var asksOrganisation: Bool { login != .mail || comparesPasswords }

    var title: String { organisation.isEmpty ? hostName : organisation }

    var provider: String { providerName.isEmpty ? title : providerName }
}

/// Bounds of the pages.
package enum WebLimits {
    /// A form with its texts.
    package static let largestBody = 65_536
    /// Of what a person types as name at the login.
    package static let longestName = 320
    /// `code`, `iss` and `error`, as a provider sends a browser back with them.
    package static let longestParameter = 4_096
    /// Of what a page shows of a list; the rest is counted.
    package static let mostRows = 100
    /// Of why somebody changed something for somebody else.
    package static let longestReason = 200
    /// What a helpdesk may let somebody write to in a day, and for how many days.
    package static let mostAllowance = 5_000
    package static let mostAllowanceDays = 7
}

/// Whom an answer goes to.
package struct WebCaller: Sendable {
    package let peer: PeerAddress

    package init(peer: PeerAddress) { self.peer = peer }
}
