internal import MailCrypto
internal import MailWire

/// A code for tokens (RFC 6749 §4.1.3).
struct TokenRequest: Sendable, Equatable {
    let form: [UInt8]
    let fields: [(name: String, value: String)]

    static func == (left: Self, right: Self) -> Bool {
        left.form == right.form && left.fields.elementsEqual(right.fields) { $0 == $1 }
    }

    /// `secret`: empty for a public client, which is told by its name alone.
    init(_ code: CodeGrant, client: String, secret: String, proof: ProviderMetadata.ClientProof) {
        var pairs = [
            ("grant_type", "authorization_code"), ("code", code.code), ("redirect_uri", code.redirect),
            ("code_verifier", code.verifier),
        ]
        let isBasic = !secret.isEmpty && proof == .basic
        if !isBasic { pairs.append(("client_id", client)) }
        if !isBasic, !secret.isEmpty { pairs.append(("client_secret", secret)) }
        form = Array(FormPairs(pairs).encoded.utf8)
        fields = isBasic ? [(name: "Authorization", value: Self.basic(client, secret))] : []
    }

    /// §2.3.1: each encoded as in a form before they become one.
    private static func basic(_ client: String, _ secret: String) -> String {
        "Basic " + Base64.encode(Array((PercentCoding.encoded(client) + ":" + PercentCoding.encoded(secret)).utf8))
    }
}

/// What came back from the provider by way of the browser, with what we kept for it.
package struct CodeGrant: Sendable, Equatable {
    package let code: String
    package let redirect: String
    package let verifier: String
    package let nonce: String

    package init(code: String, redirect: String, verifier: String, nonce: String) {
        (self.code, self.redirect, self.verifier, self.nonce) = (code, redirect, verifier, nonce)
    }
}
