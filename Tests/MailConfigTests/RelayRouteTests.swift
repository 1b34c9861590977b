import Testing

@testable import MailConfig

@Suite struct RelayRouteTests {
    struct Row: Sendable {
        let text: String
        /// domain, host, port, tls, login
        let expected: String?
    }

    static func words(_ route: RelayRouteText?) -> String? {
        route.map { "\($0.domain) \($0.host ?? "mx") \($0.port) \($0.tls.rawValue) \($0.login ?? "-")" }
    }

    @Test(arguments: [
        Row(text: "example.org mail.example.org:2525", expected: "example.org mail.example.org 2525 opportunistic -"),
        Row(text: "Example.ORG Mail.Example.org", expected: "example.org mail.example.org 25 opportunistic -"),
        Row(text: ".example.org  192.0.2.1:26 tls=none", expected: ".example.org 192.0.2.1 26 none -"),
        Row(text: "* [2001:db8::1]:25 tls=encrypted", expected: "* 2001:db8::1 25 encrypted -"),
        Row(text: "example.org: mail.example.org", expected: "example.org mail.example.org 25 opportunistic -"),
        Row(text: "*: 192.0.2.1", expected: "* 192.0.2.1 25 opportunistic -"),
        Row(text: "* [192.0.2.1]", expected: "* 192.0.2.1 25 opportunistic -"),
        Row(text: "* [mail.example.org]:587", expected: "* mail.example.org 587 opportunistic -"),
        Row(
            text: "göteborg.example smtp.göteborg.example tls=implicit login=/etc/posthus/relay",
            expected: "xn--gteborg-90a.example smtp.xn--gteborg-90a.example 465 implicit /etc/posthus/relay"),
        Row(text: "bank.example mx tls=verified", expected: "bank.example mx 25 verified -"),
        Row(text: "", expected: nil),
        Row(text: "example.org", expected: nil), Row(text: ": mail.example.org", expected: nil),
        Row(text: "a..b mail.example.org:25", expected: nil),
        Row(text: "example.org mail.example.org:0", expected: nil),
        Row(text: "example.org mail.example.org:65536", expected: nil),
        Row(text: "example.org mail.example.org:x", expected: nil),
        Row(text: "example.org mail.example.org:", expected: nil),
        Row(text: "example.org 2001:db8::1", expected: nil),
        Row(text: "example.org 192.0.2.0/24", expected: nil),
        Row(text: "example.org -x.example:25", expected: nil),
        Row(text: "example.org mail.example.org tls=yes", expected: nil),
        Row(text: "example.org mail.example.org user=a", expected: nil),
        Row(text: "example.org mail.example.org login=/etc/x", expected: nil),
        Row(text: "example.org mail.example.org tls=none login=/etc/x", expected: nil),
        Row(text: "example.org mx tls=implicit", expected: nil),
    ])
    func routes(row: Row) { #expect(Self.words(RelayRouteText(route: row.text)) == row.expected) }

    @Test(arguments: [
        Row(text: "127.0.0.1:2525", expected: "* 127.0.0.1 2525 opportunistic -"),
        Row(text: "localhost:25", expected: "* localhost 25 opportunistic -"),
        Row(text: "smtp.example.org:587 tls=verified login=/x", expected: "* smtp.example.org 587 verified /x"),
        Row(text: "mx", expected: nil), Row(text: "", expected: nil), Row(text: "a b:25", expected: nil),
    ])
    func smarthosts(row: Row) { #expect(Self.words(RelayRouteText(smarthost: row.text)) == row.expected) }
}
