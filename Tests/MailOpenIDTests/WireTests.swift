import MailCrypto
import Testing

@testable import MailOpenID

@Suite struct WireTests {
    /// RFC 7636 appendix B.
    @Test func theChallenge() {
        #expect(
            CodeChallenge.of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
                == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    }

    @Test(arguments: [
        ("https://id.example", "id.example", UInt16(443), "/"),
        ("https://ID.example:8443/a/b?c=d", "id.example", 8_443, "/a/b?c=d"),
        ("https://127.0.0.1:1?x", "127.0.0.1", 1, "/?x"),
    ])
    func addresses(text: String, host: String, port: UInt16, path: String) throws {
        let address = try #require(WebAddress(text))
        #expect(address.host == host && address.port == port && address.path == path && address.text == text)
    }

    @Test(arguments: [
        "", "http://id.example/", "https://", "https:///a", "https://a b/", "https://a/#b", "https://u@a/",
        "https://a:0/",
        "https://a:65536/", "https://a:+1/", "https://a:/", "https://[::1]/", "https://a/\r\nX: y", "https://ä/",
        "https://a/" + String(repeating: "x", count: WebAddress.longest),
    ])
    func noAddresses(text: String) { #expect(WebAddress(text) == nil) }

    @Test func theRequest() throws {
        let request = AuthorizationRequest(
            client: "mail & more", redirect: "https://mail.example/login/callback", scope: "openid profile", state: "s",
            nonce: "n", challenge: "c")
        let query =
            "response_type=code&client_id=mail%20%26%20more&redirect_uri=https%3A%2F%2Fmail.example%2Flogin%2Fcallback"
            + "&scope=openid%20profile&state=s&nonce=n&code_challenge=c&code_challenge_method=S256"
        for (text, mark) in [("https://id.example/auth", "?"), ("https://id.example/auth?realm=x", "&")] {
            let endpoint = try #require(WebAddress(text))
            #expect(request.place(at: endpoint) == text + mark + query)
        }
    }

    @Test func whoAsksForTokens() {
        let grant = CodeGrant(code: "c/d", redirect: "https://a/", verifier: "v", nonce: "n")
        let start = "grant_type=authorization_code&code=c%2Fd&redirect_uri=https%3A%2F%2Fa%2F&code_verifier=v"
        let rows: [(String, ProviderMetadata.ClientProof, String, [String])] = [
            ("", .basic, "&client_id=a%20b", []), ("s:t", .post, "&client_id=a%20b&client_secret=s%3At", []),
            // RFC 6749 §2.3.1
            ("s:t", .basic, "", ["Basic " + Base64.encode(Array("a%20b:s%3At".utf8))]),
        ]
        for (secret, proof, end, fields) in rows {
            let request = TokenRequest(grant, client: "a b", secret: secret, proof: proof)
            #expect(request.form == Array((start + end).utf8))
            #expect(request.fields.map(\.value) == fields)
        }
    }

    private static func answer(_ status: Int, _ text: String) throws(OpenIDFailure) -> TokenAnswer {
        try TokenAnswer(status: status, Array(text.utf8))
    }

    @Test func whatIsAnswered() throws {
        let answer = try Self.answer(200, "{\"id_token\":\"a.b.c\",\"token_type\":\"bearer\",\"access_token\":\"x\"}")
        #expect(answer.identity == "a.b.c" && answer.access == "x")
        #expect(try Self.answer(200, "{\"id_token\":\"a\",\"access_token\":\"x\"}").access == nil)
        #expect(
            try Self.answer(200, "{\"id_token\":\"a\",\"token_type\":\"Bearer\",\"access_token\":\"x\\r\\nY: z\"}")
                .access
                == nil)
        #expect(throws: OpenIDFailure.notTaken("the code was not taken")) {
            try Self.answer(400, "{\"error\":\"invalid_grant\"}")
        }
        #expect(throws: OpenIDFailure.unavailable("the token endpoint answered 401, invalid_client")) {
            try Self.answer(401, "{\"error\":\"invalid_client\"}")
        }
        #expect(throws: OpenIDFailure.unavailable("the token endpoint answered 502")) { try Self.answer(502, "<html>") }
        #expect(throws: OpenIDFailure.self) { try Self.answer(200, "{}") }
    }

    @Test func aVeryDeepAnswer() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(throws: OpenIDFailure.self) { try Self.answer(200, "{\"id_token\":\(deep)") }
        #expect(KeySet(Array("{\"keys\":\(deep)".utf8)) == nil)
    }

    private static func metadata(_ changes: (String, String?)...) throws -> ProviderMetadata {
        var pairs = [
            "issuer": "\"https://id.example/x\"", "authorization_endpoint": "\"https://id.example/auth\"",
            "token_endpoint": "\"https://id.example/token\"", "jwks_uri": "\"https://id.example/keys\"",
        ]
        for (name, json) in changes { pairs[name] = json }
        let text = "{" + pairs.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
        return try ProviderMetadata(Array(text.utf8), from: "https://id.example/x")
    }

    @Test func whatAProviderSays() throws {
        let plain = try Self.metadata()
        #expect(plain.proof == .basic && !plain.namesItself && plain.userInfo == nil)
        let full = try Self.metadata(
            ("token_endpoint_auth_methods_supported", "[\"client_secret_post\"]"),
            ("authorization_response_iss_parameter_supported", "true"),
            ("userinfo_endpoint", "\"https://id.example/me\""), ("code_challenge_methods_supported", "[\"S256\"]"))
        #expect(full.proof == .post && full.namesItself && full.userInfo?.path == "/me")
        #expect(
            ProviderMetadata.place(of: "https://id.example/x/")?.text
                == "https://id.example/x/.well-known/openid-configuration")
    }

    @Test func whatIsNotTaken() {
        let rows: [(String, String?)] = [
            ("issuer", "\"https://id.example/x/\""), ("issuer", nil), ("token_endpoint", "\"http://id.example/token\""),
            ("jwks_uri", nil), ("authorization_endpoint", "7"), ("code_challenge_methods_supported", "[\"plain\"]"),
        ]
        for row in rows { #expect(throws: ProviderMetadata.Problem.self, "\(row)") { try Self.metadata(row) } }
    }

    @Test func settings() {
        var settings = OpenIDSettings(issuer: "https://id.example", client: "mail")
        #expect(settings.problem == nil)
        settings.scope = "profile"
        #expect(settings.problem?.key == "oidc_scope")
        settings = OpenIDSettings(issuer: "https://id.example/?a=b", client: "mail")
        #expect(settings.problem?.key == "oidc_issuer")
        settings = OpenIDSettings(issuer: "https://id.example", client: "")
        #expect(settings.problem?.key == "oidc_client")
    }

    @Test func whatIsRemembered() {
        var memory = Remembered<Int>()
        #expect(memory.fresh(now: 5) == nil && memory.recentFailure(now: 5) == nil && memory.mayAskAgain(now: 30))
        memory.took(7, now: 100)
        #expect(memory.fresh(now: 3_699) == 7 && memory.fresh(now: 3_700) == nil && memory.fresh(now: 99) == nil)
        #expect(!memory.mayAskAgain(now: 129) && memory.mayAskAgain(now: 130))
        memory.failed(.unavailable("x"), now: 4_000)
        #expect(memory.recentFailure(now: 4_004) == .unavailable("x") && memory.recentFailure(now: 4_005) == nil)
        #expect(memory.value == 7)
    }
}
