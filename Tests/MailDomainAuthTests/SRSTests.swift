import MailDomainAuth
import MailMessage
import Testing

@Suite struct SRSTests {
    private let day = 86_400
    private let now = 1_000_000_000

    @Test func rewritesAndReverses() throws {
        let srs = try make("fwd.example")
        let sender = try address("Joe.Doe+x=y@Example.COM")
        let rewritten = try #require(srs.rewrite(sender, now: now))
        #expect(rewritten.local.hasPrefix("SRS0="))
        #expect(rewritten.local.hasSuffix("=example.com=Joe.Doe+x=y"))
        #expect(rewritten.domain == "fwd.example")
        #expect(try srs.reverse(rewritten, now: now) == sender)
    }

    @Test func secondAndThirdForwarder() throws {
        let (one, two, three) = (try make("one.example"), try make("two.example"), try make("three.example"))
        let sender = try address("joe@example.com")
        let first = try #require(one.rewrite(sender, now: now))
        let second = try #require(two.rewrite(first, now: now))
        let third = try #require(three.rewrite(second, now: now))
        #expect(second.local.hasPrefix("SRS1=") && second.local.contains("=one.example=="))
        #expect(third.local.count == second.local.count, "it does not grow any more")
        // A bounce goes from the last one to the first one, and from there to the sender.
        #expect(try three.reverse(third, now: now) == first)
        #expect(try two.reverse(second, now: now) == first)
        #expect(try one.reverse(first, now: now) == sender)
    }

    @Test func ownAddressesStay() throws {
        let sender = try address("joe@fwd.example")
        #expect(try make("FWD.example").rewrite(sender, now: now) == sender)
    }

    @Test(arguments: [(0, true), (21, true), (22, false), (500, false), (-1, true), (-2, false)])
    func age(days: Int, isFresh: Bool) throws {
        let srs = try make("fwd.example")
        let rewritten = try #require(srs.rewrite(address("joe@example.com"), now: now))
        if isFresh {
            #expect(try srs.reverse(rewritten, now: now + days * day).description == "joe@example.com")
        } else {
            #expect(throws: SRS.Failure.expired) { try srs.reverse(rewritten, now: now + days * day) }
        }
    }

    /// The stamp comes round after 1024 days.
    @Test func aroundTheCycle() throws {
        let srs = try make("fwd.example")
        let last = (1_024 * 20 - 1) * day
        let rewritten = try #require(srs.rewrite(address("joe@example.com"), now: last))
        #expect(try srs.reverse(rewritten, now: last + 21 * day).description == "joe@example.com")
        #expect(throws: SRS.Failure.expired) { try srs.reverse(rewritten, now: last + 22 * day) }
    }

    @Test func caseIsLostOnTheWay() throws {
        let srs = try make("fwd.example")
        let rewritten = try #require(srs.rewrite(address("Joe@example.com"), now: now))
        let lower = try #require(EmailAddress(local: rewritten.local.lowercased(), domain: "fwd.example"))
        let upper = try #require(EmailAddress(local: rewritten.local.uppercased(), domain: "FWD.example"))
        #expect(try srs.reverse(lower, now: now).description == "joe@example.com")
        #expect(try srs.reverse(upper, now: now).description == "JOE@EXAMPLE.COM")
    }

    @Test func newSecrets() throws {
        let old = try #require(SRS(secrets: [[1]], domain: "fwd.example"))
        let both = try #require(SRS(secrets: [[2], [1]], domain: "fwd.example"))
        let rewritten = try #require(old.rewrite(address("joe@example.com"), now: now))
        #expect(try both.reverse(rewritten, now: now).description == "joe@example.com")
        let renewed = try #require(both.rewrite(address("joe@example.com"), now: now))
        #expect(throws: SRS.Failure.forged) { try old.reverse(renewed, now: now) }
        #expect(SRS(secrets: [], domain: "fwd.example") == nil)
        #expect(SRS(secrets: [[]], domain: "fwd.example") == nil)
        #expect(SRS(secrets: [[1]], domain: "a b") == nil)
    }

    @Test func longAddresses() throws {
        let srs = try make("fwd.example")
        // "SRS0=" + 6 + "=" + 2 + "=" + domain + "=" + local
        let fitting = String(repeating: "a", count: 64 - 5 - 7 - 3 - 12)
        #expect(srs.rewrite(try address(fitting + "@example.com"), now: now) != nil)
        #expect(srs.rewrite(try address(fitting + "a@example.com"), now: now) == nil)
    }

    @Test(arguments: [
        ("joe", SRS.Failure.notRewritten), ("SRS0", .notRewritten), ("SRS0=", .notRewritten),
        ("SRS2=a=b=c=d", .notRewritten),
        ("SRS", .notRewritten), ("srs0x", .notRewritten), ("SRS0=a", .forged),
        ("SRS0=aaaaaa=aa=example.com=joe", .forged),
        ("SRS0====", .forged), ("SRS1=a=b", .forged), ("SRS1=====", .forged), ("SRS0-a-b", .forged),
        ("SRS0=ü=ü=ü=ü", .forged),
    ]) func others(local: String, failure: SRS.Failure) throws {
        let recipient = try #require(EmailAddress(local: local, domain: "fwd.example"))
        #expect(throws: failure) { try make("fwd.example").reverse(recipient, now: now) }
    }

    /// Nobody gets another address by changing one of ours.
    @Test func mutations() throws {
        let srs = try make("fwd.example")
        let rewritten = try #require(srs.rewrite(address("joe@example.com"), now: now))
        var random = SplitMix(state: 4_711)
        for _ in 0..<3_000 {
            let local = String(decoding: random.mutate(Array(rewritten.local.utf8)), as: UTF8.self)
            guard let changed = EmailAddress(local: local, domain: "fwd.example"),
                let found = try? srs.reverse(changed, now: now)
            else { continue }
            #expect(found.description.lowercased() == "joe@example.com")
        }
    }

    private func make(_ domain: String) throws -> SRS {
        try #require(SRS(secrets: [Array("secret".utf8)], domain: domain))
    }
    private func address(_ text: String) throws -> EmailAddress { try #require(EmailAddress(text)) }
}
