import MailCrypto
import MailDomainAuth
import Testing

@Suite struct DKIMSignerTests {
    private static let identities: [SigningIdentity] = [KeyKind.rsa, .ed25519].compactMap { kind in
        (try? SigningKey.generate(kind)).flatMap {
            SigningIdentity(domain: "Example.ORG", selector: "s2026-\(kind.rawValue)", key: $0)
        }
    }

    private static var zone: Zone {
        Zone(texts: Dictionary(identities.map { ($0.recordName, [$0.recordText]) }) { $1 })
    }

    @Test(arguments: [
        Samples.letter, "From: a@example.org\n\n", "From: a@example.org\n", "From: a@example.org\n\n\n\n \nx",
        "Received: by x\nFrom: a@example.org\nFROM: b@example.org\nSubject : odd\nSubject: \n\ttwo\n\nbody",
    ]) func signsAndVerifies(text: String) async throws {
        let message = Samples.lines(text)
        let fields = try sign(message)
        let results = await verify(fields + message)
        #expect(results.map(\.result) == [.pass, .pass], "\(results)")
        #expect(results.map(\.domain) == ["example.org", "example.org"])
        let lines = String(decoding: fields, as: UTF8.self).split(separator: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 78 }, "\(lines)")
    }

    /// Fields that readers look at are signed once more than they are there.
    @Test(arguments: ["From", "To", "Cc", "Subject", "Date", "Message-ID", "Reply-To", "Content-Type", "MIME-Version"])
    func nobodyAddsFields(name: String) async throws {
        let message = Samples.lines(Samples.letter)
        let fields = try sign(message)
        for added in ["\(name): x\r\n", "\(name.lowercased()) : x\r\n"] {
            #expect(await verify(Array(added.utf8) + fields + message).map(\.result) == [.fail, .fail])
        }
        #expect(
            await verify(Array("Received: x\r\nX-Spam: no\r\n".utf8) + fields + message).map(\.result) == [
                .pass, .pass,
            ])
    }

    @Test(arguments: ["Subject: no author\n\nx", "no field\nFrom: a@example.org\n\n", "", "\n", "\n\n"])
    func refuses(text: String) {
        #expect(throws: SigningError.malformed) { try sign(Samples.lines(text)) }
    }

    @Test func expiry() async throws {
        let message = Samples.lines(Samples.letter)
        let fields = try sign(message, expiry: 1_000)
        #expect(await verify(fields + message, now: 1_000).map(\.result) == [.pass, .pass])
        #expect(await verify(fields + message, now: 1_001).map(\.result) == [.permerror, .permerror])
    }

    @Test func weakKeysAreNotBelieved() {
        // 512 bits
        let text =
            "v=DKIM1; p=MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBALz7JoLxCAMFKgzgHWTy0mAtTDqeylYbS5zRcbBZZaGzaX6iNMLSmxAqwMcTmiWFEjUlQl3ADXHAJDGKnEJdqLMCAwEAAQ=="
        #expect(DKIMKeyRecord(text) == nil)
    }

    @Test func recordTexts() throws {
        let key = try SigningKey(ed25519: Samples.seed)
        let identity = try #require(SigningIdentity(domain: "football.example.com", selector: "brisbane", key: key))
        #expect(identity.recordName == "brisbane._domainkey.football.example.com")
        #expect(Samples.zone.texts[identity.recordName] == [identity.recordText])
        #expect(SigningIdentity(domain: "a..b", selector: "x", key: key) == nil)
        #expect(SigningIdentity(domain: "example.com", selector: "", key: key) == nil)
    }

    private func sign(_ message: [UInt8], expiry: Int? = nil) throws -> [UInt8] {
        var signer = DKIMSigner(Self.identities, time: 900, expiry: expiry)
        for start in stride(from: 0, to: message.count, by: 7) {
            signer.consume(Array(message[start..<min(start + 7, message.count)]))
        }
        return try signer.finish()
    }

    private func verify(_ message: [UInt8], now: Int = 1_000) async -> [DKIMResult] {
        var signed = SignedMessage()
        signed.consume(message)
        signed.finish()
        return await DKIMVerifier(Self.zone, now: now).results(of: signed)
    }
}
