import MailDomainAuth
import MailMessage
import MailNetwork
import Testing

@Suite struct SPFTests {
    /// RFC 7208 Appendix A.
    private var zone = Zone(
        hosts: [
            "example.com": ["192.0.2.10", "192.0.2.11"], "amy.example.com": ["192.0.2.65"],
            "bob.example.com": ["192.0.2.66"], "mail-a.example.com": ["192.0.2.129"],
            "mail-b.example.com": ["192.0.2.130"], "mail-c.example.org": ["192.0.2.140"],
            "six.example.com": ["2001:db8::1"],
        ],
        mail: [
            "example.com": ["mail-a.example.com", "mail-b.example.com"], "example.org": ["mail-c.example.org"],
            "null.example.com": ["."],
        ],
        pointers: [
            "192.0.2.10": ["example.com"], "192.0.2.11": ["example.com"], "192.0.2.65": ["amy.example.com"],
            "192.0.2.66": ["bob.example.com"], "192.0.2.129": ["mail-a.example.com"],
            "192.0.2.130": ["mail-b.example.com"], "192.0.2.140": ["mail-c.example.org"],
            "10.0.0.4": ["bob.example.com"],
        ])

    /// Appendix A.1, with the addresses that its words name.
    @Test(
        arguments: [
            ("+all", ["192.0.2.1": CheckResult.pass, "2001:db8::9": .pass]),
            ("a -all", ["192.0.2.10": .pass, "192.0.2.11": .pass, "192.0.2.12": .fail]),
            ("a:example.org -all", ["192.0.2.10": .fail]),
            ("mx -all", ["192.0.2.129": .pass, "192.0.2.130": .pass, "192.0.2.140": .fail]),
            ("mx:example.org -all", ["192.0.2.140": .pass, "192.0.2.129": .fail]),
            ("mx mx:example.org -all", ["192.0.2.129": .pass, "192.0.2.140": .pass, "192.0.2.141": .fail]),
            ("mx/30 mx:example.org/30 -all", ["192.0.2.131": .pass, "192.0.2.143": .pass, "192.0.2.144": .fail]),
            ("ptr -all", ["192.0.2.10": .pass, "192.0.2.65": .pass, "192.0.2.140": .fail, "10.0.0.4": .fail]),
            ("ip4:192.0.2.128/28 -all", ["192.0.2.65": .fail, "192.0.2.129": .pass, "192.0.2.144": .fail]),
            // and of §4 to §6
            ("", ["192.0.2.1": .neutral]), ("?all", ["192.0.2.1": .neutral]), ("~all", ["192.0.2.1": .softfail]),
            ("A:SIX.example.com//127 -ALL", ["2001:db8::": .pass, "2001:db8::2": .fail, "192.0.2.1": .fail]),
            ("a/24//64 -all", ["192.0.2.200": .pass, "192.0.3.1": .fail]),
            ("ip6:2001:db8::/32 -all", ["2001:db8:1::1": .pass, "2001:db9::1": .fail, "192.0.2.1": .fail]),
            ("ip4:0.0.0.0/0 -all", ["192.0.2.1": .pass, "2001:db8::1": .fail]),
            ("ip4:192.0.2.1 -all", ["192.0.2.1": .pass, "::ffff:192.0.2.1": .pass]),
            ("ptr:example.org -all", ["192.0.2.140": .pass, "192.0.2.10": .fail]),
            ("mx:null.example.com -all", ["192.0.2.1": .fail]),
            ("exists:amy.%{d} -all", ["192.0.2.1": .pass, "2001:db8::1": .pass]),
            ("all -all", ["192.0.2.1": .pass]), ("-all redirect=example.org", ["192.0.2.1": .fail]),
            ("x-new=some/thing a -all", ["192.0.2.10": .pass]), ("a  -all ", ["192.0.2.10": .pass]),
        ] as [(String, [String: CheckResult])]) func policies(policy: String, results: [String: CheckResult]) async
    {
        for (address, result) in results {
            let found = await check("v=spf1 " + policy, from: address)
            #expect(found.result == result, "\(address): \(found)")
        }
    }

    @Test(arguments: [
        "foo", "al", "all:x", "all/8", "-", "+", "include", "include:", "include:localhost", "a:", "a:/24", "a/33",
        "a/024", "a//129", "a///8", "a/8/8", "a:example.com:8080", "mx/x", "ip4", "ip4:", "ip4:192.0.2",
        "ip4:192.0.2.1/33",
        "ip4:192.0.2.1/", "ip4:2001:db8::1", "ip4:192.0.2.1//32", "ip6:192.0.2.1", "ip6:2001:db8::1/129",
        "ip6:[2001:db8::1]",
        "exists", "exists:", "exists:foo", "exists:%{x}.example.com", "exists:%{d", "exists:%d.example.com",
        "exists:%{d0}.example.com", "exists:%{dr3}.example.com", "exists:%{}.example.com", "exists:%",
        "exists:%{c}.example.com", "exists:example.123", "exists:example.-com", "redirect=",
        "redirect=a.example.com redirect=b.example.com",
        "exp=a.example.com exp=b.example.com", "redirect=localhost", "=x", "1x=y", "-a=b:c", "ptr:", "a:exämple.com",
        "unknown=%{x}", "all\u{0}",
    ]) func syntaxErrors(term: String) async {
        // Before anything is used of it (§4.6).
        let found = await check("v=spf1 +all \(term)", from: "192.0.2.1")
        #expect(found.result == .permerror, "\(found)")
        #expect(SPFChecker.fault(in: "v=spf1 +all \(term)") == found.reason)
        #expect(SPFChecker.fault(in: "v=spf1 -all") == nil)
        #expect(SPFChecker.fault(in: "v=spf2 -all") != nil)
    }

    @Test(
        arguments: [
            (["v=spf10 -all"], CheckResult.none), (["v=spf1-all"], .none), (["V=SPF1 -all"], .fail),
            (["v=spf1"], .neutral),
            (["v=spf1 -all", "v=spf1 +all"], .permerror), (["other", "v=spf1 -all"], .fail), ([], .none), ([""], .none),
        ] as [([String], CheckResult)]) func selection(texts: [String], result: CheckResult) async
    {
        var zone = zone
        zone.texts["example.com"] = texts
        #expect(await check(zone, from: "192.0.2.1").result == result)
    }

    /// As long as a TXT record can be: time follows the length.
    @Test(arguments: ["a:", "a:%{d", "a:/", "exists:%", "x=%{d}", "ip4:1/", "mx//", " a", "include:a."])
    func longRecords(start: String) {
        for filler in ["/", "%{d}", "a.", "}", " ", "/1"] {
            let text = "v=spf1 " + start + String(repeating: filler, count: 64_000 / filler.utf8.count)
            let time = ContinuousClock().measure { _ = SPFChecker.fault(in: text) }
            #expect(time < .seconds(2), "\(start)\(filler)...: \(time)")
        }
    }

    /// §5.2's table.
    @Test(arguments: [
        ("v=spf1 +all", CheckResult.softfail), ("v=spf1 -all", .fail), ("v=spf1 ~all", .fail), ("v=spf1 ?all", .fail),
        ("v=spf1 foo", .permerror), ("nothing", .permerror),
    ]) func include(included: String, result: CheckResult) async {
        var zone = zone
        zone.texts["in.example.net"] = [included]
        zone.texts["example.com"] = ["v=spf1 ~include:in.example.net -all"]
        #expect(await check(zone, from: "192.0.2.1").result == result)
        zone.broken = ["in.example.net"]
        #expect(await check(zone, from: "192.0.2.1").result == .temperror)
    }

    /// A.2: several domains under one policy; `redirect` takes the other's explanation, `include` does not.
    @Test func redirectAndExplanation() async {
        var zone = zone
        zone.texts["example.com"] = ["v=spf1 redirect=pol.example.net exp=never.example.com"]
        zone.texts["pol.example.net"] = ["v=spf1 include:in.example.net -all exp=why.%{d}"]
        zone.texts["in.example.net"] = ["v=spf1 -all exp=never.example.com"]
        zone.texts["never.example.com"] = ["wrong"]
        zone.texts["why.pol.example.net"] = ["%{s} may not use %{c} or %{i}%_says %{d} to %{r} at %{t}: 100%% %{h}"]
        let found = await check(zone, from: "192.0.2.1")
        #expect(found.result == .fail)
        #expect(
            found.explanation
                == "joe@example.com may not use 192.0.2.1 or 192.0.2.1 says pol.example.net to mx.receiver.example at 1000: 100% client.example"
        )
        #expect(found.domain == "example.com")
        zone.texts["why.pol.example.net"] = ["one", "two"]
        #expect(await check(zone, from: "192.0.2.1").explanation == nil)
        zone.texts["why.pol.example.net"] = ["%{x}"]
        #expect(await check(zone, from: "192.0.2.1").explanation == nil)
        zone.texts["why.pol.example.net"] = [String(repeating: "a", count: 5_000)]
        #expect(await check(zone, from: "192.0.2.1").explanation?.count == 400)
        zone.texts["pol.example.net"] = nil
        #expect(await check(zone, from: "192.0.2.1").result == .permerror)
    }

    /// §7.4, each found through the name that it asks for.
    @Test(arguments: [
        ("%{s}.x.org", "strong-bad@email.example.com.x.org"), ("%{o}.x.org", "email.example.com.x.org"),
        ("%{d}.x.org", "email.example.com.x.org"), ("%{d4}.x.org", "email.example.com.x.org"),
        ("%{d3}.x.org", "email.example.com.x.org"), ("%{d2}.x.org", "example.com.x.org"), ("%{d1}.x.org", "com.x.org"),
        ("%{dr}.x.org", "com.example.email.x.org"), ("%{d2r}.x.org", "example.email.x.org"),
        ("%{l}.x.org", "strong-bad.x.org"),
        ("%{l-}.x.org", "strong.bad.x.org"), ("%{lr}.x.org", "strong-bad.x.org"), ("%{lr-}.x.org", "bad.strong.x.org"),
        ("%{l1r-}.x.org", "strong.x.org"), ("%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com"),
        ("%{lr-}.lp._spf.%{d2}", "bad.strong.lp._spf.example.com"),
        ("%{lr-}.lp.%{ir}.%{v}._spf.%{d2}", "bad.strong.lp.3.2.0.192.in-addr._spf.example.com"),
        ("%{ir}.%{v}.%{l1r-}.lp._spf.%{d2}", "3.2.0.192.in-addr.strong.lp._spf.example.com"),
        ("%{d2}.trusted-domains.example.net", "example.com.trusted-domains.example.net"),
        ("%{p}.x.org", "mx.example.org.x.org"), ("%{h}.x.org", "client.example.x.org"),
        ("%{S}.x.org", "strong-bad%40email.example.com.x.org"),
        ("%{d}.%{d}", "email.example.com.email.example.com"), ("a%%b%-c.x.org", "a%b%20c.x.org"),
        ("%{d/}.x.org.", "email.example.com.x.org"),
    ]) func macros(text: String, name: String) async {
        var zone = Zone(
            texts: ["email.example.com": ["v=spf1 exists:\(text) -all"]],
            hosts: [name: ["127.0.0.2"], "mx.example.org": ["192.0.2.3"]], pointers: ["192.0.2.3": ["mx.example.org"]])
        #expect(await check(zone, "strong-bad@email.example.com", from: "192.0.2.3").result == .pass)
        zone.hosts[name] = nil
        #expect(await check(zone, "strong-bad@email.example.com", from: "192.0.2.3").result == .fail)
    }

    @Test func macroOfIPv6() async {
        let name = "1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6._spf.example.com"
        let zone = Zone(
            texts: ["email.example.com": ["v=spf1 exists:%{ir}.%{v}._spf.%{d2} -all"]], hosts: [name: ["127.0.0.2"]])
        #expect(await check(zone, "a@email.example.com", from: "2001:db8::cb01").result == .pass)
    }

    /// §7.3: what does not fit loses labels on the left; a label of 64 is no label.
    @Test func longNames() async {
        let label = String(repeating: "a", count: 50)
        let short = [String](repeating: label, count: 4).joined(separator: ".") + ".x.org"
        var zone = Zone(texts: ["example.com": ["v=spf1 exists:%{l}.\(short) -all"]], hosts: [short: ["127.0.0.2"]])
        #expect(await check(zone, "\(label)@example.com", from: "192.0.2.1").result == .pass)
        zone = Zone(texts: ["example.com": ["v=spf1 exists:%{l}.x.org -all"]])
        let long = String(repeating: "b", count: 64)
        zone.hosts["\(long).x.org"] = ["127.0.0.2"]
        #expect(await check(zone, "\(long)@example.com", from: "192.0.2.1").result == .fail)
    }

    /// §4.6.4 at its edges.
    @Test func limits() async {
        for (count, result) in [(9, CheckResult.pass), (10, .pass), (11, .permerror)] {
            var zone = zone
            let terms = [String](repeating: "a:amy.example.com", count: count - 1).joined(separator: " ")
            zone.texts["example.com"] = ["v=spf1 \(terms) a -all"]
            #expect(await check(zone, from: "192.0.2.10").result == result, "\(count) lookups")
        }
        for (count, result) in [(1, CheckResult.pass), (2, .pass), (3, .permerror)] {
            var zone = zone
            let terms = (0..<count).map { "a:none\($0).example.com" }.joined(separator: " ")
            zone.texts["example.com"] = ["v=spf1 \(terms) ip4:192.0.2.1 -all"]
            #expect(await check(zone, from: "192.0.2.1").result == result, "\(count) without an answer")
        }
        for (count, result) in [(10, CheckResult.fail), (11, .permerror)] {
            var zone = zone
            zone.texts["example.com"] = ["v=spf1 mx -all"]
            zone.mail["example.com"] = [String](repeating: "amy.example.com", count: count)
            #expect(await check(zone, from: "192.0.2.1").result == result, "\(count) mail hosts")
        }
        for (place, result) in [(9, CheckResult.pass), (10, .fail)] {
            var zone = zone
            zone.texts["example.com"] = ["v=spf1 ptr -all"]
            var names = [String](repeating: "other.example.net", count: 20)
            names[place] = "amy.example.com"
            zone.pointers["192.0.2.65"] = names
            #expect(await check(zone, from: "192.0.2.65").result == result, "name \(place)")
        }
    }

    /// Policies that lead to themselves end at the limit.
    @Test(arguments: ["include:example.com -all", "redirect=example.com", "include:%{d} include:%{d}"])
    func loops(policy: String) async {
        #expect(await check("v=spf1 " + policy, from: "192.0.2.1").result == .permerror)
    }

    @Test(arguments: ["a", "mx", "exists:amy.example.com"]) func noAnswer(term: String) async {
        var zone = zone
        zone.texts["example.com"] = ["v=spf1 \(term) -all"]
        zone.broken = ["amy.example.com", "192.0.2.1", "mail-a.example.com"]
        if term == "a" { zone.hosts["example.com"] = nil }
        let found = await check(zone, from: "192.0.2.1")
        #expect(found.result == (term == "a" ? .fail : .temperror), "\(found)")
        zone.broken.insert("example.com")
        #expect(await check(zone, from: "192.0.2.1").result == .temperror)
    }

    /// §2.4, §4.3: bounces are judged by the name in EHLO; what is no name of several labels has no policy.
    @Test func identities() async {
        var zone = zone
        zone.texts["client.example"] = ["v=spf1 exists:%{l}.%{o}.x.org -all"]
        zone.hosts["postmaster.client.example.x.org"] = ["127.0.0.2"]
        let found = await check(zone, nil, from: "192.0.2.1")
        #expect(
            found
                == SPFResult(
                    result: .pass, domain: "client.example", identity: .helo,
                    reason: "matched by exists:%{l}.%{o}.x.org"))
        for address in ["a@localhost", "a@[192.0.2.1]", "a@unknown.example"] {
            #expect(await check(zone, address, from: "192.0.2.1").result == .none)
        }
        for helo in [
            "", "client", "[192.0.2.1]", "a..b", "...", "\u{0}", "-a.example", String(repeating: "a.", count: 500),
        ] {
            #expect(await check(zone, nil, from: "192.0.2.1", helo: helo).result == .none)
        }
    }

    /// A fixed seed; nothing may trap or go on for ever.
    @Test func mutations() async {
        var random = SplitMix(state: 7_208)
        let seed =
            "v=spf1 a:%{l1r-}.example.com/24//64 mx/30 ptr:%{p} ip4:192.0.2.0/24 ip6:2001:db8::/32 include:%{d2} exists:%{ir}.%{v}._spf.%{d} redirect=%{o} exp=%{S}.x.org"
        for _ in 0..<3_000 {
            let text = String(decoding: random.mutate(Array(seed.utf8)), as: UTF8.self)
            let found = await check(text.replacing("\n", with: ""), from: "203.0.113.1")
            #expect(found.reason != nil)
        }
    }

    private func check(_ policy: String, from address: String) async -> SPFResult {
        var zone = zone
        zone.texts["example.com"] = [policy]
        return await check(zone, from: address)
    }

    private func check(
        _ zone: Zone, _ sender: String? = "joe@example.com", from address: String, helo: String = "client.example"
    ) async -> SPFResult {
        let address = IPAddress(address) ?? IPAddress(v4: 0)
        let sender = SPFSender(address: address, helo: helo, mailFrom: sender.flatMap { EmailAddress($0) })
        return await SPFChecker(zone, receiver: "mx.receiver.example", now: 1_000).check(sender)
    }
}
