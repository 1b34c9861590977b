import Foundation
import MailDial
import MailNetwork
import Testing

@testable import MailRelay

/// Destinations as nsd serves them, unbound validates them and policy hosts speak of them.
@Suite(.enabled(if: RoutingWorld.isPossible, "nsd, unbound and ldnsutils")) struct RoutingWorldTests {
    struct Row: Sendable {
        let to: String
        let words: String
        /// With REQUIRETLS; nil: the same.
        var safely: String?
    }

    static let unproven = "5.7.10 the message demands TLS with a host that proves who it is (REQUIRETLS), and "

    static let rows =
        [
            Row(
                to: "two.example",
                words: "mx1.example:25 2001:db8::1 192.0.2.1 opportunistic; mx2.example:25 192.0.2.2 opportunistic",
                safely:
                    "mx1.example:25 2001:db8::1 192.0.2.1 verified=mx1.example; mx2.example:25 192.0.2.2 verified=mx2.example"
            ),
            Row(
                to: "www.TWO.example",
                words: "mx1.example:25 2001:db8::1 192.0.2.1 opportunistic; mx2.example:25 192.0.2.2 opportunistic",
                safely:
                    "mx1.example:25 2001:db8::1 192.0.2.1 verified=mx1.example; mx2.example:25 192.0.2.2 verified=mx2.example"
            ),
            Row(
                to: "Göteborg.example", words: "mx2.example:25 192.0.2.2 opportunistic",
                safely: "mx2.example:25 192.0.2.2 verified=mx2.example"),
            Row(to: "null.example", words: "5.1.10 the domain null.example takes no mail (RFC 7505)"),
            Row(to: "nothing.example", words: "5.1.2 the domain nothing.example does not exist"),
            Row(to: "empty.example", words: "5.4.4 no host that takes mail for empty.example has an address"),
            Row(to: "lost.example", words: "5.4.4 no host that takes mail for lost.example has an address"),
            Row(
                to: "half.example", words: "mx2.example:25 192.0.2.2 opportunistic",
                safely: "mx2.example:25 192.0.2.2 verified=mx2.example"),
            Row(
                to: "loop.example",
                words: "5.4.6 the mail for loop.example leads back to this server, which does not know the domain"),
            Row(
                to: "behind.example", words: "mx1.example:25 2001:db8::1 192.0.2.1 opportunistic",
                safely: "mx1.example:25 2001:db8::1 192.0.2.1 verified=mx1.example"),
            Row(
                to: "address.example", words: "mx1.example:25 2001:db8::1 192.0.2.1 opportunistic",
                safely: "mx1.example:25 2001:db8::1 192.0.2.1 verified=mx1.example"),
            Row(
                to: "elsewhere.example",
                words: "5.4.6 the mail for elsewhere.example leads back to this server, which does not know the domain"),
            Row(
                to: "liar.example",
                words: "5.4.6 the mail for liar.example leads back to this server, which does not know the domain"),
            Row(to: "a..b", words: "5.1.2 \"a..b\" is not a domain"),
            Row(to: "[192.0.2.1]", words: "5.1.2 mail to an address instead of a domain is not sent from here"),
            // DANE
            Row(
                to: "pinned.example",
                words: "mx.pinned.example:25 192.0.2.3 dane=311 mx.pinned.example,pinned.example (tlsa)"),
            Row(to: "implicit.example", words: "implicit.example:25 192.0.2.5 dane=201 implicit.example (tlsa)"),
            Row(
                to: "pins.example", words: "old.pins.example:25 192.0.2.9 encrypted (tlsa)",
                safely: "old.pins.example:25 192.0.2.9 verified=old.pins.example"),
            Row(
                to: "alias.example",
                words: "mx.other.example:25 192.0.2.8 dane=311 mx.alias.example,mx.other.example,alias.example (tlsa)"),
            Row(
                to: "plain.insecure", words: "mx.insecure:25 192.0.2.4 opportunistic",
                safely: unproven + "plain.insecure has none that could"),
            Row(
                to: "half.insecure", words: "mx.pinned.example:25 192.0.2.3 opportunistic",
                safely: unproven + "half.insecure has none that could"),
            Row(to: "broken.bogus", words: "4.4.3 broken.bogus: the name server could not find out (SERVFAIL)"),
            Row(
                to: "unproven.example", words: "mx2.example:25 192.0.2.2 opportunistic",
                safely: "mx2.example:25 192.0.2.2 verified=mx2.example"),
            // MTA-STS
            Row(to: "enforce.sts.insecure", words: "mx.sts.insecure:25 192.0.2.12 verified=mx.sts.insecure (sts)"),
            Row(
                to: "deep.sts.insecure",
                words: "4.7.0 the policy of deep.sts.insecure (MTA-STS) allows none of its hosts"),
            Row(
                to: "testing.sts.insecure", words: "mx2.example:25 192.0.2.2 tested=mx2.example (sts)",
                safely: unproven + "testing.sts.insecure has none that could"),
            Row(
                to: "none.sts.insecure", words: "mx2.example:25 192.0.2.2 opportunistic",
                safely: unproven + "none.sts.insecure has none that could"),
            Row(
                to: "both.sts.insecure",
                words: "4.7.0 the policy of both.sts.insecure (MTA-STS) allows none of its hosts"),
            Row(
                to: "sts.pinned.example",
                words: "mx.pinned.example:25 192.0.2.3 dane=311 mx.pinned.example,sts.pinned.example (tlsa)"),
        ]
        + ["stranger", "redirect", "html", "large", "broken"].map { name in
            Row(
                to: "\(name).sts.insecure", words: "mx2.example:25 192.0.2.2 opportunistic",
                safely: unproven + "\(name).sts.insecure has none that could")
        }

    @Test(arguments: rows) func destinations(row: Row) async throws {
        let router = try RoutingWorld.shared.get().router()
        #expect(await router.route(to: row.to, requiresTLS: false).words == row.words)
        #expect(await router.route(to: row.to, requiresTLS: true).words == row.safely ?? row.words)
    }

    @Test func routesWin() async throws {
        let router = try RoutingWorld.shared.get().router {
            $0.routes = [
                Route(domain: "two.example", host: "mx2.example", port: 2_525, level: .encrypted),
                Route(domain: "two.example", host: "2001:db8::99", port: 26, level: .none),
                Route(domain: ".insecure", host: nil, port: 25, level: .verified),
                Route(domain: "gone.example", host: "nowhere.example", port: 25),
            ]
            $0.ownNames = ["US.example"]
            $0.smarthost = Route(domain: "*", host: "mx1.example", port: 587, level: .verified)
            $0.prefersIPv6 = false
        }
        let rows = [
            ("two.example", "mx2.example:2525 192.0.2.2 encrypted; 2001:db8::99:26 2001:db8::99 clear"),
            ("plain.insecure", "mx.insecure:25 192.0.2.4 verified=mx.insecure"),
            ("gone.example", "4.4.3 no address of nowhere.example"),
            ("null.example", "mx1.example:587 192.0.2.1 2001:db8::1 verified=mx1.example"),
            ("[192.0.2.1]", "5.1.2 mail to an address instead of a domain is not sent from here"),
        ]
        for (to, words) in rows { #expect(await router.route(to: to, requiresTLS: false).words == words) }
        #expect(
            await router.route(to: "two.example", requiresTLS: true).words
                == "mx2.example:2525 192.0.2.2 verified=mx2.example")
    }

    @Test func literalsWhereTheyAreAllowed() async throws {
        let router = try RoutingWorld.shared.get().router { $0.allowsLiterals = true }
        #expect(
            await router.route(to: "[192.0.2.1]", requiresTLS: false).words
                == "[192.0.2.1]:25 192.0.2.1 opportunistic")
        #expect(
            await router.route(to: "[IPv6:2001:db8::1]", requiresTLS: false).words
                == "[ipv6:2001:db8::1]:25 2001:db8::1 opportunistic")
        #expect(await router.route(to: "[192.0.2.77]", requiresTLS: false).words.hasPrefix("5.4.6"))
        #expect(await router.route(to: "[x:y]", requiresTLS: false).words.hasPrefix("5.1.2"))
    }

    /// Whoever withholds the policy later finds it remembered, over a restart too, until its time is over.
    @Test func policiesOutliveARestart() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sts-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let words = "mx.sts.insecure:25 192.0.2.12 verified=mx.sts.insecure (sts)"
        let world = try RoutingWorld.shared.get()
        let first = try world.router { $0.policyFolder = folder }
        #expect(await first.route(to: "enforce.sts.insecure", requiresTLS: false).words == words)
        let second = try world.router {
            $0.policyFolder = folder
            $0.policyPort = 1
        }
        #expect(await second.route(to: "enforce.sts.insecure", requiresTLS: false).words == words)
        let third = try world.router { $0.policyPort = 1 }
        #expect(
            await third.route(to: "enforce.sts.insecure", requiresTLS: false).words
                == "mx.sts.insecure:25 192.0.2.12 opportunistic")
    }

    /// Nobody at all answers: mail waits.
    @Test func silenceDefers() async throws {
        var limits = NameService.Limits()
        limits.patience = 300
        let names = NameService(server: PeerAddress(ip: IPAddress(v4: 0x7f00_0001), port: 1), limits: limits)
        let router = Router(settings: RoutingSettings(), names: names, policies: nil)
        #expect(
            await router.route(to: "two.example", requiresTLS: false).words
                == "4.4.3 two.example: the name server does not answer")
    }
}
