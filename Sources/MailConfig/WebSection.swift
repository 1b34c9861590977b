/// `[web]`: what the pages say of themselves.
package struct WebSection: Sendable, Equatable {
    package enum Language: String, CaseIterable, Sendable { case en, sv }
    package enum PolicyMode: String, CaseIterable, Sendable { case enforce, testing, none }

    package var address = ""
    package var organisation = ""
    package var contact = ""
    package var language = Language.en
    package var mtaSTS = PolicyMode.enforce
    package var mtaSTSHosts: [String] = []
    package var profileCertificate = ""
    package var profileKey = ""
    package var idle = 1_800
    package var session = 43_200

    static let keys: [ConfigurationKey<WebSection>] = [
        .init(
            "address", \.address, .text,
            "Where people find the pages, such as \"https://mail.example.org\", for links that are given out. Empty: the server's name and "
                + "the port of listen.https."),
        .init(
            "organisation", \.organisation, .text, "The name at the top of each page. Empty: the server's name."),
        .init(
            "contact", \.contact, .text,
            "Whom people ask for help, at the foot of each page: an address, a telephone number, a place."),
        .init(
            "language", \.language, .choice,
            "The language of the pages for browsers that wish none of theirs: en or sv. Whoever has chosen one gets that."
        ),
        .init(
            "mta_sts", \.mtaSTS, .choice,
            "What https://mta-sts.DOMAIN tells other servers to do where TLS to ours fails (RFC 8461): enforce, testing or none."
        ),
        .init(
            "mta_sts_hosts", \.mtaSTSHosts, .textList,
            "The hosts of that policy, where the domains' MX records name others. Empty: the server's name."),
        .init(
            "profile_certificate", \.profileCertificate, .path,
            "The certificate, with its chain, that signs profiles for iPhone and Mac. Empty: they are not signed, and the devices say so."
        ),
        .init("profile_key", \.profileKey, .path, "Its private key."),
        .init("idle", \.idle, .span(60...86_400), "Whoever has not clicked for so long has to log in again."),
        .init("session", \.session, .span(300...2_592_000), "And after so long in any case."),
    ]
}

extension Configuration {
    /// Where the pages are, without a slash at the end.
    package var siteAddress: String {
        guard web.address.isEmpty else {
            return web.address.hasSuffix("/") ? String(web.address.dropLast()) : web.address
        }
        let port = listen.https.port
        return "https://\(server.name)" + (port == Service.https.standardPort ? "" : ":\(port)")
    }
}
