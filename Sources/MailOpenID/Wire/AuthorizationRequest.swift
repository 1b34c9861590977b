internal import MailWire

/// What a browser is sent to the provider with (RFC 6749 §4.1.1, OpenID Connect Core §3.1.2.1).
package struct AuthorizationRequest: Sendable, Equatable {
    package let client: String
    package let redirect: String
    package let scope: String
    package let state: String
    package let nonce: String
    /// Of the verifier that we keep.
    package let challenge: String

    package init(
        client: String, redirect: String, scope: String, state: String, nonce: String, challenge: String
    ) {
        (self.client, self.redirect, self.scope) = (client, redirect, scope)
        (self.state, self.nonce, self.challenge) = (state, nonce, challenge)
    }

    /// An endpoint keeps the query that it has (RFC 6749 §3.1).
    package func place(at endpoint: WebAddress) -> String {
        let query = FormPairs([
            ("response_type", "code"), ("client_id", client), ("redirect_uri", redirect), ("scope", scope),
            ("state", state), ("nonce", nonce), ("code_challenge", challenge),
            ("code_challenge_method", CodeChallenge.method),
        ])
        return endpoint.text + (endpoint.hasQuery ? "&" : "?") + query.encoded
    }
}
