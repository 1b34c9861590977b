/// What the operator says of the organisation's provider.
package struct OpenIDSettings: Sendable, Equatable {
    package var issuer: String
    package var client: String
    /// Read when the provider is asked: it may be replaced meanwhile. Empty: a public client.
    package var secretFile: String
    package var scope: String
    /// What of the token is somebody's login here.
    package var claim: String
    /// Empty: the system's authorities.
    package var authorities: String

    package init(
        issuer: String, client: String, secretFile: String = "", scope: String = "openid profile",
        claim: String = "preferred_username", authorities: String = ""
    ) {
        (self.issuer, self.client, self.secretFile) = (issuer, client, secretFile)
        (self.scope, self.claim, self.authorities) = (scope, claim, authorities)
    }

    /// What is wrong with them: the key's name and words about it.
    package var problem: (key: String, words: String)? {
        guard let address = WebAddress(issuer), !address.hasQuery else {
            return ("oidc_issuer", issuer.isEmpty ? "is not set" : "is no https address without a query")
        }
        if client.isEmpty { return ("oidc_client", "is not set") }
        guard scope.split(separator: " ").contains("openid") else {
            return ("oidc_scope", "lacks \"openid\"")  // OpenID Connect Core §3.1.2.1
        }
        return claim.isEmpty ? ("oidc_claim", "is not set") : nil
    }
}

/// Bounds of what is taken from a provider.
package enum OpenIDLimits {
    /// Discovery, keys, and what it says of a person.
    package static let document = 262_144
    /// A token of either kind.
    package static let token = 32_768
    package static let keys = 64
    /// Of the name by which somebody is found.
    package static let claim = 320
    package static let seconds = 15
    /// For what is known already, only older than it should be.
    package static let refreshSeconds = 3
    /// For so long discovery and keys are believed.
    package static let rememberedSeconds: Int64 = 3_600
    /// Between two questions for keys that a token names and we do not know, and between two that came to nothing.
    package static let keyPause: Int64 = 30
    package static let failurePause: Int64 = 5
    /// Between the provider's clock and ours.
    package static let skewSeconds: Int64 = 120
    /// So old a fresh token may be.
    package static let oldestTokenSeconds: Int64 = 600
}
