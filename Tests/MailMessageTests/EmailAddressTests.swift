import MailMessage
import Testing

struct EmailAddressTests {
    private static let acceptsRows: [(text: String, local: String, key: String, description: String)] = [
        ("user@example.org", "user", "example.org", "user@example.org"),
        ("First.Last+tag@Example.ORG", "First.Last+tag", "example.org", "First.Last+tag@Example.ORG"),
        ("a!#$%&'*+-/=?^_`{|}~z@x.y", "a!#$%&'*+-/=?^_`{|}~z", "x.y", "a!#$%&'*+-/=?^_`{|}~z@x.y"),
        ("\"john doe\"@example.org", "john doe", "example.org", "\"john doe\"@example.org"),
        ("\"plain\"@example.org", "plain", "example.org", "plain@example.org"),
        ("\"a\\\"b\\\\c@d\"@x", "a\"b\\c@d", "x", "\"a\\\"b\\\\c@d\"@x"),
        ("\"a..b\"@x", "a..b", "x", "\"a..b\"@x"),
        ("grün@münchen.example", "grün", "xn--mnchen-3ya.example", "grün@münchen.example"),
        ("x@MÜNCHEN.example", "x", "xn--mnchen-3ya.example", "x@MÜNCHEN.example"),
        ("user@[192.0.2.1]", "user", "[192.0.2.1]", "user@[192.0.2.1]"),
        ("user@[IPv6:2001:DB8::1]", "user", "[ipv6:2001:db8::1]", "user@[IPv6:2001:DB8::1]"),
        ("postmaster@localhost", "postmaster", "localhost", "postmaster@localhost"),
        ("a@under_score.example", "a", "under_score.example", "a@under_score.example"),
    ]

    @Test(arguments: acceptsRows)
    func accepts(_ row: (text: String, local: String, key: String, description: String)) throws {
        let address = try #require(EmailAddress(row.text))
        #expect(address.local == row.local)
        #expect(address.domainKey == row.key)
        #expect(address.description == row.description)
        #expect(EmailAddress(address.description) == address)
    }

    @Test(arguments: [
        "", "@", "a", "a@", "@b", "a@b@c", ".a@b", "a.@b", "a..b@c", "a b@c", "<a@b>", "a@b ", " a@b", "\"a@b",
        "\"a\"b@c",
        "\"\"@b", "a@.b", "a@b.", "a@b..c", "a@-b", "a@b-", "a@b c", "a@[1.2.3]", "a@[1.2.3.256]", "a@[1.2.3.4", "a@[]",
        "a@[[::]]", "a\u{0}@b", "\"a\r\"@b", "a@b\r\n", "a,b@c", "a@b,c", "a@ü ü", "a@\u{a0}b",
    ])
    func refuses(_ text: String) { #expect(EmailAddress(text) == nil) }

    private static let localPartLengthRows: [(count: Int, isValid: Bool)] = [(63, true), (64, true), (65, false)]

    @Test(arguments: localPartLengthRows)
    func localPartLength(_ row: (count: Int, isValid: Bool)) {
        #expect((EmailAddress(String(repeating: "a", count: row.count) + "@b") != nil) == row.isValid)
    }

    private static let domainLengthRows: [(count: Int, isValid: Bool)] = [(254, true), (255, true), (256, false)]

    @Test(arguments: domainLengthRows)
    func domainLength(_ row: (count: Int, isValid: Bool)) {
        let domain = String((String(repeating: "a", count: 60) + ".").utf8.map { Character(Unicode.Scalar($0)) })
        let text = String(String(repeating: domain, count: 5).prefix(row.count - 5)) + "bbbbb"
        #expect(text.utf8.count == row.count)
        #expect((EmailAddress("x@" + text) != nil) == row.isValid)
    }

    private static let labelLengthRows: [(count: Int, isValid: Bool)] = [(63, true), (64, false)]

    @Test(arguments: labelLengthRows)
    func labelLength(_ row: (count: Int, isValid: Bool)) {
        #expect((EmailAddress("x@" + String(repeating: "a", count: row.count)) != nil) == row.isValid)
    }

    @Test func equalityIgnoresTheCaseOfTheDomainOnly() {
        #expect(EmailAddress("a@Example.ORG") == EmailAddress("a@example.org"))
        #expect(EmailAddress("a@münchen.example") == EmailAddress("a@xn--mnchen-3ya.example"))
        #expect(EmailAddress("A@example.org") != EmailAddress("a@example.org"))
        #expect(EmailAddress([0x61, 0xff, 0x40, 0x62]) == nil)
    }

    private static let punycodeRows: [(label: String, encoded: String)] = [
        ("münchen", "mnchen-3ya"), ("bücher", "bcher-kva"), ("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"),
        ("пример", "e1afmkfd"), ("ü", "tda"),
    ]

    @Test(arguments: punycodeRows)
    func punycode(_ row: (label: String, encoded: String)) {
        #expect(DomainName.toASCII(row.label) == "xn--" + row.encoded)
        #expect(DomainName.toUnicode("xn--" + row.encoded + ".example") == row.label + ".example")
    }

    @Test(arguments: ["xn--\u{1}", "xn--99999999999", "xn---", "plain", "xn--a-ä", "xn--cBe", "xn--abc-"])
    func brokenLabelsStayAsTheyAre(_ label: String) { #expect(DomainName.toUnicode(label) == label) }
}
