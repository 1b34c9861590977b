import Testing

@testable import MailNetwork

@Suite struct AddressTests {
    @Test(
        arguments: [
            ("192.0.2.1", "192.0.2.1"), ("::ffff:192.0.2.1", "192.0.2.1"), ("2001:DB8::1", "2001:db8::1"),
            ("[::1]", "::1"), ("::", "::"),
            ("::192.0.2.1", "::192.0.2.1"), ("192.0.2", nil), ("192.0.2.256", nil), ("", nil), ("fe80::1%eth0", nil),
            ("localhost", nil),
            ("1.2.3.4\0", nil),
        ] as [(String, String?)]) func addresses(text: String, description: String?)
    {
        #expect(IPAddress(text)?.description == description)
    }

    @Test(arguments: [
        ("192.0.2.0/24", "192.0.2.255", true), ("192.0.2.0/24", "192.0.3.0", false), ("192.0.2.7", "192.0.2.7", true),
        ("192.0.2.7", "192.0.2.8", false),
        ("0.0.0.0/0", "255.255.255.255", true), ("0.0.0.0/0", "::1", false), ("::/0", "::1", true),
        ("::/0", "192.0.2.1", false),
        ("2001:db8::/32", "2001:db8:ffff::1", true), ("2001:db8::/32", "2001:db9::", false),
        ("2001:db8:0:1::/64", "2001:db8:0:1:ffff::", true),
        ("2001:db8::/65", "2001:db8::8000:0:0:0", false), ("::1", "::1", true), ("::ffff:192.0.2.1", "192.0.2.1", true),
        ("10.0.0.0/31", "10.0.0.1", true),
    ]) func prefixes(prefix: String, address: String, inside: Bool) throws {
        #expect(try #require(AddressPrefix(prefix)).contains(try #require(IPAddress(address))) == inside)
    }

    @Test(arguments: [
        "192.0.2.0/33", "192.0.2.1/24", "::/129", "192.0.2.0/", "192.0.2.0/-1", "192.0.2.0/+8", "/24", "x/24",
        "192.0.2.0/24/8", "", "10.0.0.0/0x8",
    ])
    func refusesPrefixes(text: String) { #expect(AddressPrefix(text) == nil) }

    @Test(arguments: ["192.0.2.1:25", "[2001:db8::1]:65535", "[::1]:0"])
    func endsOfConnections(text: String) { #expect(PeerAddress(text)?.description == text) }

    @Test(arguments: [
        "192.0.2.1", "192.0.2.1:", "192.0.2.1:65536", "192.0.2.1:+25", "192.0.2.1: 25", "[192.0.2.1]:25", "::1:25",
        ":25",
        "x:25", "", "[::1]25",
    ]) func noEndsOfConnections(text: String) { #expect(PeerAddress(text) == nil) }

    @Test func ports() throws {
        #expect(PeerAddress(ip: try #require(IPAddress("::1")), port: 25).description == "[::1]:25")
        #expect(PeerAddress(ip: try #require(IPAddress("192.0.2.1")), port: 65535).description == "192.0.2.1:65535")
        #expect(try #require(IPAddress("127.9.9.9")).isLoopback)
        #expect(!(try #require(IPAddress("128.0.0.1")).isLoopback))
        #expect(IPAddress(bytes: [1, 2, 3]) == nil)
    }
}
