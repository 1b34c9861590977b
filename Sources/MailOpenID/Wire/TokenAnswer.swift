/// What the token endpoint said (RFC 6749 §5, OpenID Connect Core §3.1.3.3).
struct TokenAnswer: Sendable, Equatable {
    let identity: String
    /// For what else the provider says of the person; nil: none that can be shown.
    let access: String?

    init(status: Int, _ octets: [UInt8]) throws(OpenIDFailure) {
        let document = JSONDocument(octets)
        guard status == 200, let document else { throw Self.failure(status, document) }
        guard let identity = document.text("id_token"), identity.utf8.count <= OpenIDLimits.token else {
            throw .unavailable("the provider gave no identity token")
        }
        self.identity = identity
        let isBearer = document.text("token_type")?.lowercased() == "bearer"
        access = document.text("access_token").flatMap { isBearer && Self.isShown($0) ? $0 : nil }
    }

    /// §5.2: a code that is too old, was used, or is not ours is the matter of one sign-in; the rest is everybody's.
    private static func failure(_ status: Int, _ document: JSONDocument?) -> OpenIDFailure {
        let error = (document?.text("error") ?? "").filter { $0.isASCII && ($0.isLetter || $0 == "_") }.prefix(40)
        if status == 400, error == "invalid_grant" { return .notTaken("the code was not taken") }
        return .unavailable("the token endpoint answered \(status)" + (error.isEmpty ? "" : ", \(error)"))
    }

    /// b64token (RFC 6750 §2.1), which stands in a header field.
    private static func isShown(_ token: String) -> Bool {
        !token.isEmpty && token.utf8.count <= OpenIDLimits.token
            && token.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\"") }
    }
}
