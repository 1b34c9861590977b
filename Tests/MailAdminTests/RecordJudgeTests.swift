import Testing

@testable import MailAdmin

@Suite struct RecordJudgeTests {
    static let offers = [
        ClientSettings.Offer(kind: .imap, port: 993, isImplicit: true),
        ClientSettings.Offer(kind: .smtp, port: 587, isImplicit: false),
    ]
    static let plan = DomainPlan(
        domain: "example.org", host: "mail.example.org", offers: offers,
        web: WebPresence(port: 443, policy: TransportPolicy(hosts: ["mail.example.org"])),
        pin: CertificatePin(octets: [0xab, 0xcd]),
        keys: [],
        now: 0)

    static let digest = plan.records.first { $0.purpose == .pacc && $0.kind == .txt }?.value ?? ""

    static func wanted(_ purpose: WantedRecord.Purpose, _ name: String? = nil) throws -> WantedRecord {
        try #require(plan.records.first { $0.purpose == purpose && (name == nil || $0.name == name) })
    }

    @Test(
        arguments: [
            (.mx, ["10 mail.example.org."], .right), (.mx, ["20 MAIL.example.org.", "10 other.example."], .right),
            (.mx, ["10 other.example."], .differs), (.mx, ["0 ."], .differs),
            (.spf, ["v=spf1 mx -all"], .right), (.spf, ["google=x", "v=spf1 include:x.example +mx ~all"], .right),
            (.spf, ["v=spf1 a:mail.example.org -all"], .right), (.spf, ["v=spf1 include:x.example -all"], .differs),
            (.spf, ["v=spf1 -all"], .differs), (.spf, ["v=spf1 mx -all", "v=spf1 mx ~all"], .differs),
            (.spf, ["other"], .missing), (.dmarc, ["v=DMARC1; p=none"], .right),
            (.dmarc, ["v=DMARC1;p = reject ; pct=5"], .right),
            (.dmarc, ["v=DMARC1; sp=none"], .differs), (.dmarc, ["v=DMARC1; p=yes"], .differs),
            (.mtaSTS, ["v=STSv1; id=1"], .right), (.mtaSTS, ["v=STSv1; id="], .differs),
            (.tlsReports, ["v=TLSRPTv1; rua=https://x.example"], .right), (.tlsReports, ["v=TLSRPTv1"], .differs),
            (.clients, ["0 1 993 mail.example.org."], .right), (.clients, ["5 9 993 Mail.example.org."], .right),
            (.clients, ["0 1 143 mail.example.org."], .differs), (.clients, ["0 1 993 old.example.org."], .differs),
            (.dane, ["3 1 1 abcd"], .right), (.dane, ["3 1 1 ffff", "3 1 1 abcd"], .right),
            (.dane, ["3 1 1 ffff"], .differs),
            (.pacc, [digest], .right), (.pacc, [digest.replacing("; ", with: ";"), "other"], .right),
            (.pacc, ["v=UAAC1; a=sha256; d=old", digest], .right), (.pacc, ["v=UAAC1; a=sha256; d=old"], .differs),
            (.pacc, ["other"], .missing),
        ] as [(WantedRecord.Purpose, [String], RecordVerdict.Status)])
    func verdicts(purpose: WantedRecord.Purpose, found: [String], status: RecordVerdict.Status) throws {
        let judge = RecordJudge(plan: Self.plan, addresses: [])
        let name: String? = purpose == .pacc ? "_ua-auto-config.example.org" : nil
        let verdict = judge.verdict(on: try Self.wanted(purpose, name), found)
        #expect(verdict.status == status)
        #expect(verdict.advice.isEmpty == (status == .right))
    }

    @Test func whatIsNotOfferedIsSaidToBeAbsent() throws {
        #expect(try Self.wanted(.clients, "_pop3s._tcp.example.org").value == "0 0 0 .")
        #expect(try Self.wanted(.clients, "_submission._tcp.example.org").value == "0 1 587 mail.example.org.")
    }

    /// Without pages of its own nothing is said to be served here; on another port that is said.
    @Test(
        arguments: [(nil, 0, "a web server that has"), (443, 3, "certificate needs"), (8_443, 3, "has 8443")]
            as [(Int?, Int, String)])
    func pages(port: Int?, more: Int, note: String) throws {
        let web = WebPresence(port: port, policy: TransportPolicy(mode: .none, hosts: []))
        let plan = DomainPlan(
            domain: "example.org", host: "mail.example.org", offers: Self.offers, web: web, pin: nil, keys: [], now: 0)
        #expect(plan.records.count == Self.plan.records.count - 1 - (3 - more))
        #expect(plan.records.first { $0.purpose == .autoconfig }?.note.contains(note) == true)
        #expect(plan.policyText == "version: STSv1\r\nmode: none\r\nmax_age: 7776000\r\n")
        let outlook = plan.records.first { $0.name == "_autodiscover._tcp.example.org" }
        #expect(outlook?.value == port.map { "0 0 \($0) mail.example.org." })
    }

    @Test func theZoneHasEverything() throws {
        let lines = Self.plan.records.map(\.zoneLine).joined()
        #expect(lines.contains("example.org. 3600 IN MX 10 mail.example.org.\n"))
        #expect(lines.contains("_25._tcp.mail.example.org. 3600 IN TLSA 3 1 1 abcd\n"))
        #expect(lines.contains("; _domainkey.example.org: mailctl dkim create example.org\n"))
        #expect(lines.contains("; mx: mail.example.org\n"))
        let long = WantedRecord("a.example", .txt, .dkim, String(repeating: "x", count: 300) + "\"")
        #expect(
            long.zoneLine
                == "a.example. 3600 IN TXT \"\(String(repeating: "x", count: 255))\" \"\(String(repeating: "x", count: 45))\\\"\"\n"
        )
    }
}
