import Foundation
import MailDomainAuth
import MailMessage
import Testing

@Suite struct DMARCTests {
    private static let list = PublicSuffixList(
        Array(
            "// names\n\ncom\nnet\nuk\nco.uk\n*.ck\n!www.ck\n食狮.com.cn // with a comment\njp\n*.kobe.jp\n!city.kobe.jp\n"
                .utf8))

    /// The rules of publicsuffix.org/list.
    @Test(arguments: [
        ("example.com", "example.com"), ("a.b.example.com", "example.com"), ("com", "com"),
        ("example.co.uk", "example.co.uk"),
        ("x.example.co.uk", "example.co.uk"), ("co.uk", "co.uk"), ("a.b.ck", "a.b.ck"), ("x.a.b.ck", "a.b.ck"),
        ("b.ck", "b.ck"),
        ("www.ck", "www.ck"), ("x.www.ck", "www.ck"), ("x.unknown", "x.unknown"), ("y.x.unknown", "x.unknown"),
        ("a.xn--85x722f.com.cn", "a.xn--85x722f.com.cn"), ("city.kobe.jp", "city.kobe.jp"),
        ("a.city.kobe.jp", "city.kobe.jp"),
        ("b.c.kobe.jp", "b.c.kobe.jp"), ("", ""), ("...", "..."),
    ]) func organisations(domain: String, organisation: String) {
        #expect(Self.list.organisation(of: domain) == organisation)
    }

    /// Debian's own file, where it is installed.
    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/usr/share/publicsuffix/public_suffix_list.dat")))
    func debiansList() throws {
        let file = try Data(contentsOf: URL(filePath: "/usr/share/publicsuffix/public_suffix_list.dat"))
        let list = PublicSuffixList(Array(file))
        #expect(list.organisation(of: "mail.example.co.uk") == "example.co.uk")
        #expect(list.organisation(of: "a.b.example.se") == "example.se")
    }

    @Test(arguments: [
        ("v=DMARC1; p=reject", DMARCPolicy.reject, DMARCPolicy.reject, 100),
        ("v=DMARC1;p=none;sp=quarantine;pct=7", .none, .quarantine, 7),
        ("v=DMARC1; p=QUARANTINE; pct=101", .quarantine, .quarantine, 100),
        ("v=DMARC1; p=reject; pct=-1;", .reject, .reject, 100),
        ("v=DMARC1; p=x; rua=mailto:a@b.c", .none, .none, 100),
        ("v = DMARC1 ; p = reject ; np=none", .reject, .reject, 100),
    ]) func records(text: String, policy: DMARCPolicy, subdomains: DMARCPolicy, percentage: Int) throws {
        let record = try #require(DMARCRecord(text))
        #expect(record.policy == policy)
        #expect(record.subdomainPolicy == subdomains)
        #expect(record.percentage == percentage)
    }

    @Test(arguments: [
        "", "v=DMARC1", "v=DMARC1; p=x", "v=DMARC2; p=none", "p=none; v=DMARC1", "v=dmarc1; p=none", "v=spf1 -all",
        "v=DMARC1; p=none; p=reject", "v=DMARC1 p=none",
    ]) func noRecords(text: String) { #expect(DMARCRecord(text) == nil) }

    struct Row: Sendable {
        var author = "mail.example.com"
        var policy: String
        var spf: (CheckResult, String) = (.none, "")
        var dkim: [(CheckResult, String)] = []
        var draw = 0
        var result: CheckResult
        var disposition = DMARCPolicy.none
    }

    /// The policy stands at example.com (RFC 7489 §3.1, §6.3, §6.6).
    @Test(arguments: [nil, list]) func alignment(list: PublicSuffixList?) async {
        let rows = [
            Row(policy: "p=reject", result: .fail, disposition: .reject),
            Row(policy: "p=reject", spf: (.pass, "example.com"), result: .pass),
            Row(policy: "p=reject", spf: (.pass, "other.example.com"), result: .pass),
            Row(policy: "p=reject", spf: (.fail, "example.com"), result: .fail, disposition: .reject),
            Row(policy: "p=reject", spf: (.softfail, "example.com"), result: .fail, disposition: .reject),
            Row(policy: "p=reject", spf: (.pass, "example.net"), result: .fail, disposition: .reject),
            Row(policy: "p=reject", spf: (.pass, "badexample.com"), result: .fail, disposition: .reject),
            Row(policy: "p=reject; aspf=s", spf: (.pass, "example.com"), result: .fail, disposition: .reject),
            Row(policy: "p=reject; aspf=s", spf: (.pass, "mail.example.com"), result: .pass),
            Row(policy: "p=reject; aspf=s", dkim: [(.pass, "example.com")], result: .pass),
            Row(policy: "p=reject; adkim=s", dkim: [(.pass, "example.com")], result: .fail, disposition: .reject),
            Row(policy: "p=reject", dkim: [(.fail, "example.com"), (.pass, "a.example.com")], result: .pass),
            Row(
                policy: "p=reject", dkim: [(.policy, "example.com"), (.pass, "example.net")], result: .fail,
                disposition: .reject),
            Row(policy: "p=reject", spf: (.temperror, "example.com"), result: .temperror),
            Row(policy: "p=reject", spf: (.temperror, "example.net"), result: .fail, disposition: .reject),
            Row(policy: "p=reject", dkim: [(.temperror, "example.com"), (.pass, "example.com")], result: .pass),
            Row(policy: "p=reject; pct=30", draw: 29, result: .fail, disposition: .reject),
            Row(policy: "p=reject; pct=30", draw: 30, result: .fail, disposition: .quarantine),
            Row(policy: "p=quarantine; pct=30", draw: 99, result: .fail),
            Row(policy: "p=reject; pct=0", draw: 0, result: .fail, disposition: .quarantine),
            Row(policy: "p=reject; t=y", result: .fail, disposition: .quarantine),
            Row(policy: "p=reject; sp=none", result: .fail),
            Row(author: "example.com", policy: "p=quarantine; sp=none", result: .fail, disposition: .quarantine),
            Row(policy: "p=none; np=reject", result: .fail, disposition: .reject),
            Row(author: "www.example.com", policy: "p=none; np=reject", result: .fail),
            Row(author: "example.net", policy: "p=reject", result: .none),
        ]
        for row in rows {
            let found = await check(row, list)
            #expect(found.result == row.result, "\(row): \(found)")
            #expect(found.disposition == row.disposition, "\(row): \(found)")
        }
    }

    @Test func discoveryFaults() async {
        var zone = Zone(texts: ["_dmarc.example.com": ["v=DMARC1; p=none", "v=DMARC1; p=reject"]])
        let spf = SPFResult(result: .none, domain: "", identity: .mailFrom)
        func checker(_ zone: Zone) -> DMARCChecker { DMARCChecker(zone, suffixes: Self.list) }
        #expect(await checker(zone).check(authors: ["example.com"], spf: spf, dkim: [], draw: 0).result == .permerror)
        zone.broken = ["_dmarc.example.com"]
        #expect(await checker(zone).check(authors: ["a.example.com"], spf: spf, dkim: [], draw: 0).result == .temperror)
        #expect(await checker(zone).check(authors: nil, spf: spf, dkim: [], draw: 0).result == .permerror)
        zone = Zone(texts: ["_dmarc.example.com": ["v=DMARC1; p=none"], "_dmarc.example.net": ["v=DMARC1; p=reject"]])
        let both = await checker(zone).check(authors: ["example.com", "example.net"], spf: spf, dkim: [], draw: 0)
        #expect(both.domain == "example.net")
        #expect(both.disposition == .reject)
    }

    /// The walk: a registry's `psd=y` bounds the organisation, `psd=n` is one, and long names lose their middle.
    @Test func walking() async {
        let zone = Zone(texts: [
            "_dmarc.gov.example": ["v=DMARC1; p=reject; psd=y"], "_dmarc.tax.gov.example": ["v=DMARC1; p=quarantine"],
            "_dmarc.own.tax.gov.example": ["v=DMARC1; p=none; psd=n"],
            "_dmarc.f.g.h.i.j.k.example": ["v=DMARC1; p=reject"],
        ])
        let checker = DMARCChecker(zone, suffixes: nil)
        func result(_ author: String, _ signer: String) async -> DMARCResult {
            let spf = SPFResult(result: .pass, domain: signer, identity: .mailFrom)
            return await checker.check(authors: [author], spf: spf, dkim: [], draw: 0)
        }
        #expect(await result("a.tax.gov.example", "b.tax.gov.example").result == .pass)
        #expect(await result("a.tax.gov.example", "roads.gov.example").disposition == .quarantine)
        #expect(await result("a.roads.gov.example", "roads.gov.example").result == .pass)
        #expect(await result("a.roads.gov.example", "tax.gov.example").disposition == .reject)
        #expect(await result("own.tax.gov.example", "tax.gov.example").result == .fail)
        #expect(await result("a.b.c.d.e.f.g.h.i.j.k.example", "x.example").policyDomain == "f.g.h.i.j.k.example")
    }

    @Test(
        arguments: [
            ("From: a@Example.COM", ["example.com"]), ("From: a@example.com, b@example.com", ["example.com"]),
            ("From: a@example.com\r\nFrom: b@example.net", ["example.com", "example.net"]), ("Subject: x", nil),
            ("From: ", nil),
            ("From: nobody", nil), ("From: a@[192.0.2.1]", nil),
            ("From: \"a@example.net\" <b@example.com>", ["example.com"]),
            ("From: a@m\u{fc}nchen.example", ["xn--mnchen-3ya.example"]),
            ("From: a@b.c, a@c.d, a@d.e, a@e.f, a@f.g, a@g.h", ["b.c", "c.d", "d.e", "e.f", "f.g"]),
            ("From: a@b.c, x", ["b.c"]), ("From: a@[192.0.2.1], a@b.c", ["b.c"]), ("From: x, a@b.c", ["b.c"]),
            ("From: friends: a@b.c;", ["b.c"]),
        ] as [(String, [String]?)]) func authors(field: String, domains: [String]?)
    {
        #expect(AuthorDomains.of(Header(Array(field.utf8) + [0x0d, 0x0a])) == domains)
    }

    private func check(_ row: Row, _ list: PublicSuffixList?) async -> DMARCResult {
        let zone = Zone(
            texts: ["_dmarc.example.com": ["v=DMARC1; \(row.policy)"]], hosts: ["www.example.com": ["192.0.2.1"]])
        let dkim = row.dkim.map { DKIMResult(result: $0.0, domain: $0.1) }
        let spf = SPFResult(result: row.spf.0, domain: row.spf.1, identity: .mailFrom)
        return await DMARCChecker(zone, suffixes: list).check(
            authors: [row.author], spf: spf, dkim: dkim, draw: row.draw)
    }
}
