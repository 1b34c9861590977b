package import MailCrypto

/// A token in three parts (RFC 7515 §3.1, RFC 7519 §7.2), taken apart and not believed yet.
package struct SignedToken: Sendable {
    package enum Problem: Error, Sendable, Equatable {
        case malformed
        /// Not signed, signed with a shared secret, or in a way that we do not know: the name is the token's own.
        case algorithm(String)
        /// RFC 7515 §4.1.11: it wants something understood that is not.
        case extensions
    }

    package let algorithm: TokenKey.Algorithm
    /// `kid`.
    package let keyName: String?
    private let claims: JSONDocument
    /// What is signed: the first two parts as they came.
    private let signed: [UInt8]
    private let signature: [UInt8]

    package init(_ text: String) throws(Problem) {
        guard text.utf8.count <= OpenIDLimits.token else { throw .malformed }
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let head = Base64URL.decode(parts[0]).flatMap({ JSONDocument($0) }),
            let claims = Base64URL.decode(parts[1]).flatMap({ JSONDocument($0) }),
            let signature = Base64URL.decode(parts[2])
        else { throw .malformed }
        let name = head.text("alg") ?? ""
        guard let algorithm = TokenKey.Algorithm(rawValue: name) else { throw .algorithm(name) }
        guard !head.has("crit") else { throw .extensions }
        (self.algorithm, keyName, self.claims) = (algorithm, head.text("kid"), claims)
        signed = Array(parts[0]) + [UInt8(ascii: ".")] + Array(parts[1])
        self.signature = signature
    }

    /// What it says, once the key has shown who says it.
    func claims(signedBy key: TokenKey) -> JSONDocument? {
        key.algorithm == algorithm && key.verify(signature, of: signed) ? claims : nil
    }
}
