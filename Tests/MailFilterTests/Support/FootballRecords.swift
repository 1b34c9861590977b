import MailDomainAuth
import MailNetwork

/// A domain name system that holds texts.
struct FootballRecords: DomainRecords {
    let texts: [String: String]
    var broken: Set<String> = []

    /// Signed by the key that RFC 8463 prints in its Appendix A.
    static let signed = """
        DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
         d=football.example.com; i=@football.example.com;
         q=dns/txt; s=brisbane; t=1528637909; h=from : to :
         subject : date : message-id : from : subject : date;
         bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
         b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus
         Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==
        From: Joe SixPack <joe@football.example.com>
        To: Suzie Q <suzie@shopping.example.net>
        Subject: Is dinner ready?
        Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
        Message-ID: <20030712040037.46341.5F8J@football.example.com>

        Hi.

        We lost the game.  Are you hungry yet?

        Joe.

        """

    func texts(of name: String) async -> DomainAnswer<[String]> {
        broken.contains(name) ? .failed("no answer") : texts[name].map { .found([$0]) } ?? .none
    }

    func addresses(of name: String, _ family: IPAddress.Family) async -> DomainAnswer<[IPAddress]> { .none }
    func mailHosts(of name: String) async -> DomainAnswer<[String]> { .none }
    func names(of address: IPAddress) async -> DomainAnswer<[String]> { .none }
}

extension FootballRecords {
    init(dmarc: String, broken: Set<String> = []) {
        self.init(
            texts: [
                "football.example.com": "v=spf1 ip4:192.0.2.0/24 -all exp=why.football.example.com",
                "why.football.example.com": "See x", "_dmarc.football.example.com": "v=DMARC1; \(dmarc)",
                "brisbane._domainkey.football.example.com":
                    "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
            ], broken: broken)
    }
}
