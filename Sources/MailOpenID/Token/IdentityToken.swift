package import MailCrypto
internal import MailTool

/// Whom the provider has let in: the claims of a token that has passed every check (OpenID Connect Core §3.1.3.7).
package struct IdentityToken: Sendable {
    package enum Problem: Error, Sendable, Equatable {
        case signature, issuer, audience, authorizedParty, expired, notYet, tooOld, nonce, subject
    }

    package let subject: String
    private let claims: JSONDocument

    /// What a token has to say.
    package struct Expectation: Sendable {
        package let issuer: String
        package let client: String
        package let nonce: String
        package let now: Int64

        package init(issuer: String, client: String, nonce: String, now: Int64) {
            (self.issuer, self.client, self.nonce, self.now) = (issuer, client, nonce, now)
        }
    }

    package init(_ token: SignedToken, signedBy key: TokenKey, _ wanted: Expectation) throws(Problem) {
        guard let claims = token.claims(signedBy: key) else { throw .signature }
        guard claims.text("iss") == wanted.issuer else { throw .issuer }
        try Self.checkAudience(claims, wanted.client)
        try Self.checkTime(claims, wanted.now)
        guard let nonce = claims.text("nonce"),
            constantTimeEquals(Array(nonce.utf8), Array(wanted.nonce.utf8))
        else { throw .nonce }
        guard let subject = claims.text("sub"), !subject.isEmpty, subject.utf8.count <= 255 else { throw .subject }
        (self.subject, self.claims) = (subject, claims)
    }

    /// For us, and where it is for others too, asked for by us.
    private static func checkAudience(_ claims: JSONDocument, _ client: String) throws(Problem) {
        let audience = claims.text("aud").map { [$0] } ?? claims.texts("aud") ?? []
        guard audience.contains(client) else { throw .audience }
        let party = claims.text("azp")
        guard party == client || (party == nil && !claims.has("azp") && audience.count == 1) else {
            throw .authorizedParty
        }
    }

    private static func checkTime(_ claims: JSONDocument, _ now: Int64) throws(Problem) {
        let (early, late) = (now - OpenIDLimits.skewSeconds, now + OpenIDLimits.skewSeconds)
        guard let end = claims.moment("exp"), end > early else { throw .expired }
        guard let start = claims.moment("iat"), start <= late, claims.moment("nbf").map({ $0 <= late }) ?? true else {
            throw .notYet
        }
        guard start > early - OpenIDLimits.oldestTokenSeconds else { throw .tooOld }
    }

    /// Somebody's login by the claim that the operator has named; nil: the token does not hold it.
    package func name(_ claim: String) -> String? { PersonClaim.name(claim, of: claims) }
}

/// The claim that is somebody's login.
enum PersonClaim {
    static let email = "email"

    static func name(_ claim: String, of document: JSONDocument) -> String? {
        guard let name = document.text(claim), !name.isEmpty, name.utf8.count <= OpenIDLimits.claim,
            name.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7f })
        else { return nil }
        return claim == email && !isVerified(document) ? nil : name
    }

    /// OpenID Connect Core §5.1: an address that nobody has looked at is what somebody typed. Some providers say it as text.
    private static func isVerified(_ document: JSONDocument) -> Bool {
        document.flag("email_verified") ?? (document.text("email_verified") == "true")
    }
}
