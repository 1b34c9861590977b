/// What a provider says of itself (OpenID Connect Discovery §3).
package struct ProviderMetadata: Sendable, Equatable {
    /// How a client shows who it is (OpenID Connect Core §9).
    package enum ClientProof: Sendable, Equatable { case basic, post }

    package let issuer: String
    package let authorization: WebAddress
    package let token: WebAddress
    package let keys: WebAddress
    package let userInfo: WebAddress?
    package let proof: ClientProof
    /// RFC 9207 §2.3: it says in each answer who it is.
    package let namesItself: Bool

    package struct Problem: Error, Sendable, Equatable {
        package let words: String
    }

    /// Discovery §4.1: below the issuer, whose slash at the end goes.
    package static func place(of issuer: String) -> WebAddress? {
        WebAddress((issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer) + "/.well-known/openid-configuration")
    }

    /// `issuer`: who was asked, to the letter (§4.3): whoever answers in another's name could be anybody.
    package init(_ octets: [UInt8], from issuer: String) throws(Problem) {
        guard let document = JSONDocument(octets) else {
            throw Problem(words: "what it says of itself is no JSON object")
        }
        guard document.text("issuer") == issuer else {
            throw Problem(words: "it calls itself another than identity.oidc_issuer")
        }
        self.issuer = issuer
        authorization = try Self.address("authorization_endpoint", document)
        token = try Self.address("token_endpoint", document)
        keys = try Self.address("jwks_uri", document)
        userInfo = document.text("userinfo_endpoint").flatMap { WebAddress($0) }
        // Basic is what holds where nothing is said (§3).
        let proofs = document.texts("token_endpoint_auth_methods_supported") ?? []
        let isPostOnly = !proofs.contains("client_secret_basic") && proofs.contains("client_secret_post")
        proof = isPostOnly ? .post : .basic
        namesItself = document.flag("authorization_response_iss_parameter_supported") ?? false
        if let methods = document.texts("code_challenge_methods_supported"), !methods.contains("S256") {
            throw Problem(words: "it does not know the code challenge S256 (RFC 7636)")
        }
    }

    private static func address(_ name: String, _ document: JSONDocument) throws(Problem) -> WebAddress {
        guard let address = document.text(name).flatMap({ WebAddress($0) }) else {
            throw Problem(words: "its \(name) is no https address")
        }
        return address
    }
}
