import MailCrypto
import Testing

@testable import MailOpenID

/// What a provider might send, signed with a key of ours.
struct TokenMaker {
    static let now: Int64 = 1_700_000_000

    var head: [(String, String)] = [("alg", "\"RS256\""), ("kid", "\"one\"")]
    var claims: [(String, String)] = [
        ("iss", "\"https://id.example\""), ("aud", "\"mail\""), ("sub", "\"7\""), ("nonce", "\"n\""),
        ("iat", "\(now - 5)"), ("exp", "\(now + 60)"), ("preferred_username", "\"anna\""),
    ]

    func with(_ name: String, _ json: String?) -> TokenMaker {
        var changed = self
        changed.claims.removeAll { $0.0 == name }
        if let json { changed.claims.append((name, json)) }
        return changed
    }

    private static func object(_ pairs: [(String, String)]) -> [UInt8] {
        Array(("{" + pairs.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}").utf8)
    }

    func text() throws -> String {
        let signed = [Self.object(head), Self.object(claims)].map(Base64URL.encode).joined(separator: ".")
        let key = try TokenExamples.ownKey.get()
        return signed + "." + Base64URL.encode(try key.sign(Array(signed.utf8)))
    }

    static func key() throws -> TokenKey {
        try TokenExamples.ownPublicKey()
    }

    func check() throws -> IdentityToken {
        let wanted = IdentityToken.Expectation(issuer: "https://id.example", client: "mail", nonce: "n", now: Self.now)
        return try IdentityToken(SignedToken(text()), signedBy: Self.key(), wanted)
    }
}

@Suite struct TokenTests {
    /// RFC 7515 appendices A.2 and A.3.
    @Test func theExamplesOfTheStandard() throws {
        let modulus = try #require(Base64URL.decode(TokenExamples.rsaModulus))
        let rsa = try #require(TokenKey(modulus: modulus, exponent: [1, 0, 1]))
        let x = try #require(Base64URL.decode(TokenExamples.ecX))
        let y = try #require(Base64URL.decode(TokenExamples.ecY))
        let ec = try #require(TokenKey(p256: x, y))
        for (text, key, other) in [(TokenExamples.rsaToken, rsa, ec), (TokenExamples.ecToken, ec, rsa)] {
            let token = try SignedToken(text)
            #expect(token.claims(signedBy: key)?.text("iss") == "joe")
            #expect(token.claims(signedBy: key)?.moment("exp") == 1_300_819_380)
            #expect(token.claims(signedBy: other) == nil)
            let parts = text.split(separator: ".")
            let changed = "\(parts[0]).\(Base64URL.encode(Array("{\"iss\":\"eve\"}".utf8))).\(parts[2])"
            #expect(try SignedToken(changed).claims(signedBy: key) == nil)
        }
    }

    @Test func aRightToken() throws {
        let token = try TokenMaker().check()
        #expect(token.subject == "7" && token.name("preferred_username") == "anna")
        #expect(token.name("email") == nil)
    }

    private static let wrong: [(String, String?, IdentityToken.Problem)] = [
        ("iss", "\"https://id.example/\"", .issuer), ("iss", nil, .issuer),
        ("aud", "\"other\"", .audience), ("aud", "[]", .audience), ("aud", "[\"mail\",7]", .audience),
        ("aud", "[\"mail\",\"other\"]", .authorizedParty), ("azp", "\"other\"", .authorizedParty),
        ("azp", "7", .authorizedParty), ("exp", "\(TokenMaker.now - 120)", .expired), ("exp", nil, .expired),
        ("exp", "\"never\"", .expired), ("exp", "1e400", .expired), ("iat", "\(TokenMaker.now + 121)", .notYet),
        ("iat", nil, .notYet), ("nbf", "\(TokenMaker.now + 121)", .notYet),
        ("iat", "\(TokenMaker.now - 720)", .tooOld), ("nonce", "\"m\"", .nonce), ("nonce", nil, .nonce),
        ("sub", "\"\"", .subject), ("sub", nil, .subject),
    ]

    @Test(arguments: wrong)
    func wrongClaims(name: String, json: String?, problem: IdentityToken.Problem) throws {
        #expect(throws: problem) { try TokenMaker().with(name, json).check() }
    }

    @Test(arguments: [
        ("aud", "[\"mail\"]"), ("azp", "\"mail\""), ("exp", "\(TokenMaker.now - 119)"),
        ("iat", "\(TokenMaker.now + 120)"), ("iat", "\(TokenMaker.now - 719)"), ("exp", "\(TokenMaker.now).75"),
        ("exp", "1.7000001e9"), ("nbf", "\(TokenMaker.now + 120)"),
    ])
    func rightClaims(name: String, json: String) throws {
        #expect(try TokenMaker().with(name, json).check().subject == "7")
    }

    @Test func severalAudiencesWithAParty() throws {
        let token = TokenMaker().with("aud", "[\"mail\",\"other\"]").with("azp", "\"mail\"")
        #expect(try token.check().subject == "7")
    }

    private static let refused: [([(String, String)], SignedToken.Problem)] = [
        ([("alg", "\"none\"")], .algorithm("none")),
        ([("alg", "\"HS256\"")], .algorithm("HS256")), ([("alg", "\"rs256\"")], .algorithm("rs256")),
        ([("alg", "7")], .algorithm("")), ([], .algorithm("")),
        ([("alg", "\"RS256\""), ("crit", "[\"exp\"]")], .extensions),
        ([("alg", "\"none\""), ("alg", "\"RS256\"")], .malformed),
    ]

    @Test(arguments: refused)
    func heads(head: [(String, String)], problem: SignedToken.Problem) throws {
        var maker = TokenMaker()
        maker.head = head
        #expect(throws: problem) { try SignedToken(maker.text()) }
    }

    @Test(arguments: ["", "a.b", "a.b.c.d", "e30.e30.!", "e30=.e30.aa", "W10.e30.aa", "e30.W10.aa", "..", "e30.e30."])
    func noTokens(text: String) {
        #expect(throws: SignedToken.Problem.self) { try SignedToken(text) }
    }

    @Test func aTokenThatIsTooLong() {
        let text = "e30." + String(repeating: "a", count: OpenIDLimits.token) + ".aa"
        #expect(throws: SignedToken.Problem.malformed) { try SignedToken(text) }
    }

    @Test func aSignatureOfSomebodyElse() throws {
        let text = try TokenMaker().text()
        let broken = text.dropLast(8) + "AAAAAAAA"
        let token = try SignedToken(String(broken))
        #expect(token.claims(signedBy: try TokenMaker.key()) == nil)
    }

    @Test func names() throws {
        let maker = TokenMaker().with("email", "\"a@b.example\"")
        for json in [nil, "false", "\"false\"", "0", "1", "null", "\"\"", "\"TRUE\"", "[true]"] {
            #expect(try maker.with("email_verified", json).check().name("email") == nil, "\(json ?? "absent")")
        }
        for json in ["true", "\"true\""] {
            #expect(try maker.with("email_verified", json).check().name("email") == "a@b.example")
        }
        // It says nothing of another claim.
        #expect(try maker.with("email_verified", "false").check().name("preferred_username") == "anna")
        for json in ["\"\"", "\"a b\"", "\"a\\u0000\"", "7", "\"\(String(repeating: "x", count: 321))\""] {
            #expect(try maker.with("preferred_username", json).check().name("preferred_username") == nil, "\(json)")
        }
    }
}
