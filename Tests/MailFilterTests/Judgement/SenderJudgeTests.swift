import MailDomainAuth
import MailFilter
import MailMessage
import MailNetwork
import Testing

@Suite struct SenderJudgeTests {
    private let own = "mx.receiver.example"
    private let signed = FootballRecords.signed

    @Test func signedMailPassesWhereverItComesFrom() async {
        let found = await judge(signed, dmarc: "p=reject")
        #expect(found.verdict == .accept)
        #expect(
            found.field.replacing("\r\n\t", with: " ") == """
                Authentication-Results: mx.receiver.example; \
                spf=fail reason="matched by -all" smtp.mailfrom=joe@football.example.com; \
                dkim=pass header.d=football.example.com header.i=@football.example.com header.s=brisbane \
                header.a=ed25519-sha256 header.b="/gCrinpc"; \
                dmarc=pass header.from=football.example.com policy.published-domain-policy=reject; arc=none\r\n
                """)
    }

    @Test(arguments: [
        ("p=reject", SenderPolicy.Check.obey, "5.7.1"), ("p=quarantine", .obey, "junk"), ("p=none", .obey, "accept"),
        ("p=reject", .mark, "accept"), ("p=reject", .off, "accept"), ("p=reject; pct=0", .obey, "junk"),
    ]) func forgedMail(dmarc: String, check: SenderPolicy.Check, outcome: String) async {
        var policy = SenderPolicy(authservID: own)
        policy.dmarc = check
        let found = await judge(signed.replacing("Joe.", with: "Eve."), dmarc: dmarc, policy)
        #expect(name(found.verdict) == outcome, "\(found)")
        #expect(found.field.contains("dmarc=fail") == (check != .off))
    }

    @Test func fromThePermittedComputer() async {
        let found = await judge(signed.replacing("Joe.", with: "Eve."), dmarc: "p=reject", from: "192.0.2.1")
        #expect(found.verdict == .accept)
        #expect(found.spf?.result == .pass)
        #expect(found.dkim?.map(\.result) == [.fail])
    }

    @Test func spfAlone() async {
        var policy = SenderPolicy(authservID: own)
        (policy.spf, policy.checksDKIM, policy.dmarc, policy.checksARC) = (.obey, false, .off, false)
        let found = await judge(signed, dmarc: "p=none", policy)
        #expect(
            found.verdict
                == .refused(
                    code: 550, status: "5.7.23",
                    text:
                        "SPF: this computer may not send for football.example.com: football.example.com explains: See x"
                ))
        #expect(found.dkim == nil && found.dmarc == nil && found.arc == nil)
        #expect(await judge(signed, dmarc: "p=none", policy, from: "192.0.2.1").verdict == .accept)
        policy.spf = .off
        #expect(policy.isOff)
        #expect(
            await judge(signed, dmarc: "p=none", policy).field
                == "Authentication-Results: mx.receiver.example; none\r\n")
    }

    /// A signature that passes DMARC outweighs a failing SPF, which forwarding causes.
    @Test func dmarcOutweighsSPF() async {
        var policy = SenderPolicy(authservID: own)
        policy.spf = .obey
        #expect(await judge(signed, dmarc: "p=reject", policy).verdict == .accept)
        #expect(
            name(await judge(signed, dmarc: "p=none", policy, broken: ["_dmarc.football.example.com"]).verdict)
                == "5.7.23")
    }

    /// A strict policy and no answer about the key: later. No answer about the policy: nothing is known to be wrong.
    @Test func silence() async {
        let key = "brisbane._domainkey.football.example.com"
        #expect(name(await judge(signed, dmarc: "p=reject", broken: [key]).verdict) == "4.7.0")
        #expect(name(await judge(signed, dmarc: "p=none", broken: [key]).verdict) == "accept")
        #expect(
            name(await judge(signed, dmarc: "p=reject", broken: [key, "_dmarc.football.example.com"]).verdict)
                == "accept")
    }

    @Test(arguments: ["", "\n", "no field", "From: \n\n", "From: x\n\n"])
    func mailWithoutAnAuthor(text: String) async {
        let found = await judge(text, dmarc: "p=reject")
        #expect(found.authors == nil)
        #expect(found.dmarc?.result == .permerror)
        #expect(found.verdict == .accept)
    }

    /// Whoever hides a forged author among many is not taken at his word.
    @Test func mailOfTooManyAuthors() async {
        let found = await judge("From: a@b, c@d, e@f, g@h, i@j\n\n", dmarc: "p=reject")
        #expect(found.authors?.count == 5 && found.dmarc?.result == .permerror)
        #expect(name(found.verdict) == "junk")
    }

    @Test func timeRunsOut() async {
        let records = FootballRecords(texts: ["a.example": "x"], broken: [])
        let late = TimedRecords(records, patience: .zero)
        #expect(isFailed(await late.texts(of: "a.example")))
        #expect(isFailed(await late.addresses(of: "a.example", .v4)))
        #expect(isFailed(await late.mailHosts(of: "a.example")))
        #expect(isFailed(await late.names(of: IPAddress(v4: 1))))
        #expect(!isFailed(await TimedRecords(records, patience: .seconds(60)).texts(of: "a.example")))
    }

    private func isFailed<Value>(_ answer: DomainAnswer<Value>) -> Bool {
        if case .failed = answer { true } else { false }
    }

    private func name(_ verdict: FilterVerdict) -> String {
        switch verdict {
        case .accept: "accept"
        case .junk: "junk"
        case .refused(_, let status, _), .deferred(_, let status, _): status
        case .discard, .quarantine: "?"
        }
    }

    private func judge(
        _ text: String, dmarc: String, _ policy: SenderPolicy? = nil, from address: String = "203.0.113.1",
        broken: Set<String> = []
    ) async -> SenderJudgement {
        let records = FootballRecords(dmarc: dmarc, broken: broken)
        let judge = SenderJudge(policy ?? SenderPolicy(authservID: own), records, suffixes: nil)
        let sender = SPFSender(
            address: IPAddress(address) ?? IPAddress(v4: 0), helo: "client.example",
            mailFrom: EmailAddress("joe@football.example.com"))
        var check = judge.begin(sender, now: 1_528_640_000)
        check.consume(Array(text.replacing("\n", with: "\r\n").utf8))
        return await check.finish(draw: 50)
    }
}
