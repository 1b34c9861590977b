import MailCrypto
import MailDomainAuth
import Testing

@Suite struct DKIMVerifierTests {
    private let now = 1_528_640_000

    @Test func rfc8463() async {
        let results = await verify(Samples.lines(Samples.rfc8463), Samples.zone)
        #expect(results.map(\.result) == [.pass, .pass], "\(results)")
        #expect(results.map(\.algorithm) == ["ed25519-sha256", "rsa-sha256"])
        #expect(results.map(\.selector) == ["brisbane", "test"])
        #expect(results.map(\.signatureStart) == ["/gCrinpc", "F45dVWDf"])
        #expect(results.first?.identity == "@football.example.com")
    }

    @Test func rfc6376() async {
        let results = await verify(Samples.lines(Samples.rfc6376), Samples.zone)
        #expect(results.map(\.result) == [.pass], "\(results)")
        #expect(results.first?.domain == "example.com")
    }

    /// What an intruder does to it, and what is seen of that.
    @Test(arguments: [
        ("Subject: Is", "Subject: is", CheckResult.fail), ("Joe.\n", "Joe!\n", .fail), ("Joe.\n", "Joe.\n\n\n", .pass),
        ("Hi.\n", "Hi. \n", .pass), ("Subject: Is", "subject:   Is", .pass), ("Is dinner", "Is\n dinner", .pass),
        ("To: Suzie", "To: Mallory <m@example.net>\nTo: Suzie", .pass),
        ("Message-ID", "From: m@example.net\nMessage-ID", .fail),
        ("From: Joe", "From: m@example.net\nFrom: Joe", .fail), ("Date:", "no field at all\nDate:", .permerror),
        ("Date:", "X-New: added\nDate:", .pass), ("Date: Fri", "Date: Sat", .fail),
        ("\n\nHi.", "\nSubject: again\n\nHi.", .fail),
    ]) func changes(text: String, other: String, result: CheckResult) async {
        let results = await verify(Samples.lines(Samples.rfc8463.replacing(text, with: other)), Samples.zone)
        #expect(results.map(\.result) == [result, result], "\(results)")
    }

    /// Each row changes the one signature of a message that is right otherwise.
    @Test(
        arguments: [
            ("v=1", "v=2", CheckResult.neutral), ("v=1; ", "", .neutral), ("a=rsa-sha256", "a=rsa-sha1", .policy),
            ("a=rsa-sha256", "a=rsa-md5", .neutral), ("a=rsa-sha256; ", "", .neutral),
            ("a=rsa-sha256", "a=ed25519-sha256", .permerror),
            ("s=brisbane", "s=sydney", .permerror), ("s=brisbane", "s=bris bane", .neutral),
            ("s=brisbane; ", "", .neutral),
            ("d=example.com", "d=", .neutral), ("d=example.com", "d=other.example", .neutral),
            ("d=example.com", "d=-.com", .neutral), ("c=simple/simple", "c=relaxed", .fail),
            ("c=simple/simple", "c=loose", .neutral),
            ("c=simple/simple", "c=simple/simple/simple", .neutral), ("q=dns/txt", "q=http/x", .neutral),
            ("i=joe@football.example.com", "i=joe@footballexample.com", .neutral),
            ("i=joe@football.example.com", "i=joe", .neutral),
            ("h=Received : From :", "h=Received :", .permerror), ("h=Received", "h=", .neutral),
            ("h=Received", "h=:", .neutral),
            ("bh=2jUSOH9N", "bh=3jUSOH9N", .fail), ("bh=2jUSOH9N", "bh=!", .neutral), ("b=AuUo", "b=BuUo", .fail),
            ("b=AuUo", "b=A", .neutral), ("b=AuUo", "l=0; b=AuUo", .fail), ("b=AuUo", "l=x; b=AuUo", .neutral),
            ("b=AuUo", "x=99; b=AuUo", .permerror), ("b=AuUo", "t=99; x=98; b=AuUo", .neutral),
            ("b=AuUo", "v=1; b=AuUo", .neutral), ("b=AuUo", "; b=AuUo", .neutral), ("b=AuUo", "=; b=AuUo", .neutral),
            ("b=AuUo", "z=\u{0}; b=AuUo", .neutral), ("b=AuUo", "l=9999999999999999999999999999; b=AuUo", .permerror),
            ("DKIM-Signature: v=1;", "DKIM-Signature:", .neutral),
        ] as [(String, String, CheckResult)]) func malformed(text: String, other: String, result: CheckResult) async
    {
        #expect(Samples.rfc6376.contains(text))
        let results = await verify(Samples.lines(Samples.rfc6376.replacing(text, with: other)), Samples.zone)
        #expect(results.map(\.result) == [result], "\(results)")
        #expect(results.first?.reason != nil)
    }

    /// What the key's record says about the second signature of RFC 8463.
    @Test(arguments: [
        ("v=DKIM1", "v=DKIM2", CheckResult.permerror), ("v=DKIM1; k=rsa", "k=rsa; v=DKIM1", .permerror),
        ("v=DKIM1; ", "", .pass),
        ("k=rsa", "k=dsa", .permerror), ("k=rsa; ", "", .pass), ("k=rsa", "h=sha1", .permerror),
        ("k=rsa", "h=sha1 : sha256", .pass),
        ("k=rsa", "s=tlsrpt", .permerror), ("k=rsa", "s=email", .pass), ("k=rsa", "t=s", .pass),
        ("k=rsa", "t=y", .pass),
        ("k=rsa", "n=why; g=; unknown=1", .pass), ("p=MIG", "p=; x=MIG", .permerror), ("p=MIG", "x=MIG", .permerror),
        ("p=MIG", "p=AAA", .permerror), ("p=MIGf", "p= MI Gf", .pass), ("v=DKIM1; k=rsa; ", "rubbish; ", .permerror),
    ]) func keyRecords(text: String, other: String, result: CheckResult) async {
        var zone = Samples.zone
        zone.texts["test._domainkey.football.example.com"] = zone.texts["test._domainkey.football.example.com"]?.map {
            $0.replacing(text, with: other)
        }
        let results = await verify(Samples.lines(Samples.rfc8463), zone)
        #expect(results.map(\.result) == [.pass, result], "\(results)")
    }

    @Test func noAnswerIsTemporary() async {
        var zone = Samples.zone
        zone.broken = ["test._domainkey.football.example.com"]
        let results = await verify(Samples.lines(Samples.rfc8463), zone)
        #expect(results.map(\.result) == [.pass, .temperror])
    }

    @Test func testingKeysFailNobody() async {
        var zone = Samples.zone
        zone.texts["test._domainkey.football.example.com"] = zone.texts["test._domainkey.football.example.com"]?.map {
            $0.replacing("k=rsa", with: "t=y:s")
        }
        let changed = Samples.lines(Samples.rfc8463.replacing("Date: Fri", with: "Date: Sat"))
        #expect(await verify(changed, zone).map(\.result) == [.fail, .neutral])
    }

    @Test func strictKeysAreForTheDomainItself() async {
        var zone = Samples.zone
        zone.texts["brisbane._domainkey.example.com"] = zone.texts["brisbane._domainkey.example.com"]?.map {
            $0 + "; t=s"
        }
        #expect(await verify(Samples.lines(Samples.rfc6376), zone).map(\.result) == [.permerror])
    }

    @Test func noMoreThanSomeSignatures() async {
        let field = "DKIM-Signature: v=1\n"
        for count in [0, 7, 8, 9, 1_000] {
            let text = String(repeating: field, count: count) + Samples.letter
            let results = await verify(Samples.lines(text), Samples.zone)
            #expect(results.count == min(count, DKIMVerifier.mostSignatures))
        }
    }

    /// A fixed seed; nothing here may trap, and no change of what is signed may pass.
    @Test func mutations() async {
        var random = SplitMix(state: 20_261_129)
        let original = Samples.lines(Samples.rfc8463)
        for _ in 0..<1_500 {
            let changed = random.mutate(original)
            let results = await verify(changed, Samples.zone)
            #expect(results.count <= DKIMVerifier.mostSignatures)
        }
    }

    private func verify(_ message: [UInt8], _ zone: Zone) async -> [DKIMResult] {
        var signed = SignedMessage()
        for start in stride(from: 0, to: message.count, by: 100) {
            signed.consume(Array(message[start..<min(start + 100, message.count)]))
        }
        signed.finish()
        return await DKIMVerifier(zone, now: now).results(of: signed)
    }
}
