import Testing

@testable import MailConfig

@Suite struct URITextTests {
    @Test(
        arguments: [
            "", "mailto:postmaster@example.org", "MAILTO:a%40b@example.org?subject=Mail%20server",
            "tel:+46-31-772-1000",
            "https://help.example.org/mail?a=b#c", "http://[2001:db8::1]/", "xmpp:help@example.org",
        ])
    func taken(text: String) throws { #expect(try URIText.check(text) == text) }

    @Test(
        arguments: [
            "postmaster@example.org", ":x", "mailto:", "mailto:postmaster", "mailto:a@", "mailto:@b", "mailto:a@b@c",
            "1a:x", "ma ilto:a@b", "mailto:a b@c", "mailto:å@example.org", "tel:%4", "tel:%zz",
            "https:help.example.org",
            "https://", "https:///path", "https://:443", "tel:<1>",
        ])
    func refused(text: String) { #expect(throws: ValueRefusal.self) { try URIText.check(text) } }
}
