import MailCrypto
import MailMessage
import Testing

@testable import MailDomainAuth

@Suite struct ARCTests {
    private static let forwarders: [SigningIdentity] = ["one.example", "two.example", "three.example"].compactMap {
        domain in
        (try? SigningKey.generate(domain == "two.example" ? .ed25519 : .rsa)).flatMap {
            SigningIdentity(domain: domain, selector: "arc", key: $0)
        }
    }
    private static let zone = Zone(texts: Dictionary(forwarders.map { ($0.recordName, [$0.recordText]) }) { $1 })
    private static let letter = Samples.lines(Samples.letter)

    @Test func noChain() async {
        #expect(await verify(Self.letter) == ARCResult(result: .none))
    }

    /// RFC 8617 §5: each forwarder changes something before it seals.
    @Test(arguments: 1...3) func chains(hops: Int) async throws {
        let message = try await forwarded(hops)
        let found = await verify(message)
        #expect(
            found
                == ARCResult(
                    result: .pass, sealers: Array(["one.example", "two.example", "three.example"].prefix(hops))))
        #expect(found.findings.first?.result(of: "dmarc") == "pass")
        #expect(String(decoding: message, as: UTF8.self).contains(hops == 1 ? "cv=none;" : "cv=pass;"))
    }

    @Test(arguments: [
        ("Joe.\r\n", "Eve.\r\n"), ("Subject: Is", "Subject: Was"), ("dmarc=pass", "dmarc=none"),
        ("i=2; a=ed", "i=2; x=1; a=ed"),
        ("ARC-Seal: i=1;", "ARC-Seal: i=4;"), ("ARC-Seal: i=1;", "X-Seal: i=1;"), ("ARC-Seal: i=1;", "ARC-Seal: i=2;"),
        ("ARC-Seal: i=1;", "ARC-Seal: i=0;"), ("ARC-Seal: i=1;", "ARC-Seal: i=51;"),
        ("ARC-Seal: i=1;", "ARC-Seal: i=999999999999999999999;"),
        ("cv=none", "cv=pass"), ("cv=none", "cv=fail"), ("cv=none;", ""), ("cv=none", "h=from; cv=none"),
        ("ARC-Seal: i=1;", "ARC-Seal:"),
        ("ARC-Authentication-Results: i=2;", "X-Results: i=2;"),
        ("ARC-Authentication-Results: i=2;", "ARC-Authentication-Results: "),
        ("ARC-Message-Signature: i=1;", "X-Signature: i=1;"),
        ("ARC-Message-Signature: i=2;", "ARC-Message-Signature: i=2; v=1;"),
        ("ARC-Seal: i=2; a=", "ARC-Seal: i=2; a=x"), ("d=one.example", "d=none.example"),
    ]) func broken(text: String, other: String) async throws {
        let message = try await String(decoding: forwarded(2), as: UTF8.self)
        try #require(message.contains(text), "\(message)")
        let found = await verify(Array(message.replacing(text, with: other).utf8))
        #expect(found.result == .fail, "\(found)")
        #expect(found.reason != nil)
        #expect(found.sealers.isEmpty)
    }

    /// Only what the last forwarder saw must still be there: earlier message signatures may be broken.
    @Test func earlierBodiesDoNotMatter() async throws {
        let message = try await forwarded(3)
        #expect(await verify(message + Array("added\r\n".utf8)).result == .fail)
        #expect(await verify(Array("Received: later\r\n".utf8) + message).result == .pass)
    }

    @Test func noAnswerIsTemporary() async throws {
        var zone = Self.zone
        zone.broken = ["arc._domainkey.one.example"]
        #expect(await verify(try forwarded(2), zone).result == .temperror)
    }

    @Test func vouching() async throws {
        let found = await verify(try forwarded(2))
        #expect(found.vouches(for: "football.example.com", trusted: ["One.example", "two.example."]))
        #expect(!found.vouches(for: "football.example.com", trusted: ["one.example"]))
        #expect(!found.vouches(for: "football.example.com", trusted: []))
        #expect(!found.vouches(for: "example.net", trusted: ["one.example", "two.example"]))
        #expect(!ARCResult(result: .fail, sealers: ["one.example"]).vouches(for: "x", trusted: ["one.example"]))
    }

    /// RFC 8617 §5.1.2: the seal of a broken chain covers its own set alone, and is the last one.
    @Test(arguments: [
        ("Joe.\r\n", "Eve.\r\n", 3), ("ARC-Seal: i=1;", "ARC-Seal: i=7;", 8), ("ARC-Seal: i=1;", "X-Seal: i=1;", 3),
    ]) func aBrokenChainIsSealedOnce(text: String, other: String, instance: Int) async throws {
        let whole = try await String(decoding: forwarded(2), as: UTF8.self)
        let message = Array(whole.replacing(text, with: other).utf8)
        #expect(await verify(message).result == .fail)
        let field = results("mx.three.example", arc: "fail")
        let set = try #require(try seal(message, 2, field: field))
        let lines = String(decoding: set, as: UTF8.self)
        #expect(lines.contains("ARC-Seal: i=\(instance);") && lines.contains("cv=fail;"), "\(lines)")
        try await checkSeal(of: set)
        let sealed = set + Array(field.utf8) + message
        #expect(await verify(sealed).result == .fail)
        #expect(try seal(sealed, 1, field: results("mx.two.example", arc: "fail")) == nil)
    }

    /// A chain that nobody checked is not sealed; nor is one of fifty.
    @Test func whatIsNotSealed() async throws {
        let once = try await forwarded(1)
        #expect(try seal(once, 1, field: "") == nil)
        #expect(try seal(once, 1, field: results("two.example", arc: "fail")) == nil)
        #expect(try seal(once, 1, field: results("other.example", arc: "pass")) == nil)
        #expect(try seal(once, 1, field: results("mx.two.example", arc: "pass")) != nil)
        #expect(throws: SigningError.malformed) { try seal(Array("x\r\n\r\n".utf8), 0, field: "") }
    }

    @Test func atMostFiftySets() async throws {
        var message = Self.letter
        for _ in 1...50 {
            let lines = try #require(try seal(message, 1, field: results("mx.two.example", arc: "pass")))
            message = lines + Array(results("mx.two.example", arc: "pass").utf8) + message
        }
        #expect(await verify(message).result == .pass)
        #expect(try seal(message, 1, field: results("mx.two.example", arc: "pass")) == nil)
    }

    @Test func mutations() async throws {
        var random = SplitMix(state: 8_617)
        let message = try await forwarded(2)
        for _ in 0..<1_000 { _ = await verify(random.mutate(message)) }
    }

    /// Of a set alone.
    private func checkSeal(of set: [UInt8]) async throws {
        let header = SignedHeader(set + [0x0d, 0x0a])
        let field = try #require(header.fields(ARCChain.sealName).first)
        let seal = try ARCSeal(try #require(TagList(field.rawValue)))
        let input = ARCSealInput(
            earlier: [], results: try #require(header.fields(ARCChain.resultsName).first).raw,
            message: try #require(header.fields(ARCChain.messageName).first).raw)
        let key = try await KeyLookup(records: Self.zone).key((seal.domain, seal.selector))
        try SignatureCheck.verify(seal.algorithm, seal.signature, input.bytes(sealing: field.raw), key.key)
    }

    private func results(_ name: String, arc: String) -> String {
        "Authentication-Results: \(name);\r\n\tdmarc=pass (p=reject) header.from=football.example.com;\r\n\tarc=\(arc)\r\n"
    }

    private func seal(_ message: [UInt8], _ place: Int, field: String) throws -> [UInt8]? {
        let identity = try #require(Self.forwarders.dropFirst(place).first)
        var sealer = ARCSealer(identity, authservID: "mx.\(identity.domain)", time: 1_000)
        sealer.consume(Array(field.utf8) + message)
        return try sealer.finish()
    }

    /// Through some forwarders, each of which adds a line to the body.
    private func forwarded(_ hops: Int) async throws -> [UInt8] {
        var message = Self.letter
        for place in 0..<hops {
            let field = results("mx.\(Self.forwarders[place].domain)", arc: await verify(message).result.rawValue)
            message += Array("-- \r\nforwarded\r\n".utf8)
            message = try #require(try seal(message, place, field: field)) + Array(field.utf8) + message
        }
        return message
    }

    private func verify(_ message: [UInt8], _ zone: Zone = zone) async -> ARCResult {
        var signed = SignedMessage()
        signed.consume(message)
        signed.finish()
        return await ARCVerifier(zone).result(of: signed)
    }
}
