import MailDomainAuth
import MailNetwork
import Testing

@testable import MailFilter

@Suite struct BlockListTests {
    @Test(arguments: [
        ("zen.example.org", true), ("Zen.Example.ORG=127.0.0.2-11", true), ("allow:list.example.net", true),
        ("x.example=127.0.0.2", true), ("_dnsbl.example.org", true),
        ("", false), ("org", false), ("a..b", false), (".a.b", false), ("a b.example", false), ("allow:", false),
        ("x.example=", false), ("x.example=127.0.0", false), ("x.example=127.0.0.11-2", false),
        ("x.example=127.0.0.256", false), ("x.example=127.0.0.2.3", false), ("x.example=127.0.0.2-", false),
        (String(repeating: "a.", count: 90) + "b", false),
    ])
    func reads(_ text: String, _ isOne: Bool) {
        let list = BlockList(text)
        #expect((list != nil) == isOne)
        if let list { #expect(BlockList(list.description) == list) }
    }

    @Test func asks() throws {
        let list = try #require(BlockList("zen.example.org"))
        #expect(list.question(about: IPAddress(v4: 0xc000_0263)) == "99.2.0.192.zen.example.org")
        let six = try #require(IPAddress("2001:db8:1:2:3:4:567:89ab"))
        // RFC 5782 §2.4's own example.
        #expect(
            list.question(about: six)
                == "b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.8.b.d.0.1.0.0.2.zen.example.org")
    }

    @Test(arguments: [
        ("x.example", "127.0.0.2", true), ("x.example", "127.1.2.3", true), ("x.example", "10.0.0.1", false),
        // "You ask through a public resolver."
        ("x.example", "127.255.255.254", false), ("x.example=127.255.255.254", "127.255.255.254", true),
        ("x.example=127.0.0.2-11", "127.0.0.11", true), ("x.example=127.0.0.2-11", "127.0.0.12", false),
        ("x.example=127.0.0-5.2", "127.0.5.2", true), ("x.example", "::1", false),
    ])
    func counts(_ list: String, _ answer: String, _ isListed: Bool) throws {
        let list = try #require(BlockList(list))
        #expect(list.lists([try #require(IPAddress(answer))]) == isListed)
    }
}

@Suite struct BlockListsTests {
    private static let client = IPAddress(v4: 0xcb00_7105)  // 203.0.113.5

    private func find(_ lists: [String], _ zones: [String: ScriptedZone], _ client: IPAddress = client) async
        -> BlockLists.Finding?
    {
        await BlockLists(lists.compactMap(BlockList.init), ScriptedRecords(zones), patience: .milliseconds(300)).find(
            client)
    }

    private static let bad = ScriptedZone(answer: "127.0.0.2", text: "Spam was seen")

    @Test func findsTheFirstConfigured() async {
        let found = await find(
            ["a.example", "b.example", "c.example"], ["b.example": Self.bad, "c.example": Self.bad])
        #expect(found == BlockLists.Finding(zone: "b.example", explanation: "Spam was seen"))
    }

    @Test func findsNothing() async { #expect(await find(["a.example"], [:]) == nil) }

    @Test func believesAllowListsFirst() async {
        let zones = ["a.example": Self.bad, "good.example": ScriptedZone(answer: "127.0.0.1")]
        #expect(await find(["a.example", "allow:good.example"], zones) == nil)
    }

    @Test func doesNotWaitForTheSilent() async {
        let silent = ScriptedZone(answer: "127.0.0.2", isSilent: true)
        let clock = ContinuousClock()
        let time = await clock.measure {
            #expect(
                await find(["a.example", "b.example"], ["a.example": silent, "b.example": Self.bad])?.zone
                    == "b.example")
            #expect(await find(["a.example"], ["a.example": silent]) == nil)
        }
        #expect(time < .seconds(30))
    }

    @Test func blocksNobodyWhenTheListFails() async {
        #expect(await find(["a.example"], ["a.example": ScriptedZone(answer: "", fails: true)]) == nil)
        let untold = ScriptedZone(answer: "127.0.0.2", text: nil)
        #expect(
            await find(["a.example"], ["a.example": untold]) == BlockLists.Finding(zone: "a.example", explanation: ""))
    }

    @Test(arguments: ["127.0.0.1", "10.1.2.3", "::1", "fd00::1"])
    func asksNothingAboutOurOwn(_ client: String) async throws {
        #expect(await find(["a.example"], ["a.example": Self.bad], try #require(IPAddress(client))) == nil)
    }

    @Test func cleansExplanations() async {
        let zone = ScriptedZone(answer: "127.0.0.2", text: "a\r\n250 OK\u{e9}" + String(repeating: "x", count: 999))
        let found = await find(["a.example"], ["a.example": zone])
        #expect(found?.explanation.hasPrefix("a250 OKxx") == true)
        #expect(found?.explanation.count == BlockLists.longestExplanation)
    }
}
