internal import MailCrypto

/// Proof Key for Code Exchange (RFC 7636): whoever has seen the code on its way cannot use it.
package enum CodeChallenge {
    package static let method = "S256"

    /// §4.2: of the verifier's letters, not of what they stand for.
    package static func of(_ verifier: String) -> String { Base64URL.encode(sha256(Array(verifier.utf8))) }
}
