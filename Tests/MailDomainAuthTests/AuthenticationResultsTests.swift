import MailDomainAuth
import MailMessage
import MailNetwork
import Testing

@Suite struct AuthenticationResultsTests {
    @Test func none() {
        #expect(
            AuthenticationResults(authservID: "mx.example.org").field
                == "Authentication-Results: mx.example.org; none\r\n")
    }

    @Test func all() {
        var results = AuthenticationResults(authservID: "mx.example.org")
        let sender = SPFSender(
            address: IPAddress(v4: 1), helo: "client.example", mailFrom: EmailAddress("joe@Example.com"))
        results.add(
            SPFResult(result: .fail, domain: "example.com", identity: .mailFrom, reason: "matched by -all"), sender)
        results.add([
            DKIMResult(
                result: .pass, domain: "example.com", selector: "s1", identity: "@example.com", algorithm: "rsa-sha256",
                signatureStart: "ab/+cd==")
        ])
        results.add(DMARCResult(result: .pass, domain: "example.com", policyDomain: "example.com", policy: .reject))
        results.add(ARCResult(result: .temperror, reason: "nothing is said of what nobody could find out"))
        results.add(ARCResult(result: .fail, reason: "no answer"))
        #expect(
            results.field.replacing("\r\n\t", with: " ") == """
                Authentication-Results: mx.example.org; spf=fail reason="matched by -all" smtp.mailfrom=joe@example.com; \
                dkim=pass header.d=example.com header.i=@example.com header.s=s1 header.a=rsa-sha256 header.b="ab/+cd=="; \
                dmarc=pass header.from=example.com policy.published-domain-policy=reject; arc=fail reason="no answer"\r\n
                """)
        #expect(results.field.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 78 })
    }

    /// What senders choose must not become a field, a comment or another statement.
    @Test(arguments: [
        "a;b", "a\r\nX: y", "a\"b\\", "(x", "ü", "\u{0}", String(repeating: "a", count: 10_000), "=", " ",
    ])
    func hostileValues(text: String) {
        var results = AuthenticationResults(authservID: "mx.example.org")
        results.add([DKIMResult(result: .neutral, reason: text, domain: text, identity: text)])
        let header = Header(Array(results.field.utf8))
        #expect(header.count == 1)
        let reader = AuthenticationResultsReader(header.fields.first?.rawValue ?? [])
        #expect(reader.authservID == "mx.example.org")
        #expect(reader.result(of: "dkim") == "neutral")
        #expect(results.field.utf8.count < 2_000)
    }

    /// RFC 8601 §5, and the ways to write one name.
    @Test(arguments: [
        (" mx.example.org; spf=pass", true), ("mx.example.org", true), (" MX.Example.ORG 1; none", true),
        ("mx.example.org;", true),
        ("\r\n\tmx.example.org;\r\n\tspf=pass", true), (" (a (b) \\) c) mx.example.org (d); none", true),
        ("\"mx.example.org\"; none", true),
        ("mx.example.org.; none", true), ("mx.exa(x)mple.org; none", false),
        ("other.example.org; mx.example.org", false),
        ("mx.example.org.evil.example; none", false), ("", false), (";mx.example.org", false),
        ("(mx.example.org); none", false),
        ("\"mx.ex\\ample.org\"; none", true), ("(((((", false), ("\"", false), ("mx.example.org/1; none", false),
    ]) func claims(value: String, isOurs: Bool) {
        #expect(AuthenticationResultsReader.claims(value.utf8, authservID: "mx.Example.org") == isOurs)
    }

    /// RFC 8601 Appendix B.
    @Test(
        arguments: [
            ("example.com; spf=pass smtp.mailfrom=example.net", "spf", "pass"),
            (
                "example.com;\r\n\tauth=pass (cleartext) smtp.auth=sender@example.net;\r\n\tspf=pass smtp.mailfrom=example.net",
                "spf", "pass"
            ),
            (
                "foo.example.net (foobar) 1 (baz);\r\n dkim (Because I like it) / 1 (One yay) = (wait for it) fail\r\n policy (A dot can go here) . (like that) expired",
                "dkim", "fail"
            ),
            ("example.org 1; none", "spf", nil), ("x; spf=", "spf", ""), ("x; =pass; spf=pass", "spf", "pass"),
            ("x; SPF=Pass", "spf", "pass"),
        ] as [(String, String, String?)]) func reads(value: String, method: String, result: String?)
    {
        #expect(AuthenticationResultsReader(value.utf8).result(of: method) == result)
    }

    @Test func properties() {
        let reader = AuthenticationResultsReader("x; dmarc=pass (p=reject) header.from=\"example.com\"; spf=none".utf8)
        #expect(reader.property("header.from", of: "dmarc") == "example.com")
        #expect(reader.property("header.d", of: "dmarc") == nil)
    }

    @Test func mutations() {
        var random = SplitMix(state: 8_601)
        let seed = Array(
            "mx.example.org 1 (c); dkim=pass (x) header.d=\"example.org\"; spf/1 = fail reason=\"a;b\"".utf8)
        for _ in 0..<3_000 { _ = AuthenticationResultsReader(random.mutate(seed)).result(of: "spf") }
    }
}
