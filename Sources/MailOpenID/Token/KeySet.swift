package import MailCrypto
internal import MailTool

/// The keys that a provider signs with (RFC 7517). What is not understood is left out (§5).
package struct KeySet: Sendable {
    package struct Entry: Sendable {
        /// `kid`: what a token calls it; nil where it has no name.
        package let name: String?
        package let key: TokenKey
    }

    package let entries: [Entry]

    package init?(_ octets: [UInt8]) {
        guard let items = JSONDocument(octets)?.list("keys") else { return nil }
        entries = items.prefix(OpenIDLimits.keys).compactMap(Self.entry)
    }

    /// The one that a token must be signed with. A token that names none is taken where there is no choice
    /// (OpenID Connect Core §10.1); nil: there is none, or which of several nobody can say.
    package func key(named name: String?, for algorithm: TokenKey.Algorithm) -> TokenKey? {
        let fitting = entries.filter { $0.key.algorithm == algorithm && (name == nil || $0.name == name) }
        return fitting.count == 1 ? fitting.first?.key : nil
    }

    private static func entry(_ value: JSONValue) -> Entry? {
        guard let document = JSONDocument(value), isForSignatures(document), let key = key(document),
            document.text("alg").map({ $0 == key.algorithm.rawValue }) ?? true
        else { return nil }
        return Entry(name: document.text("kid"), key: key)
    }

    /// RFC 7517 §4.2, §4.3.
    private static func isForSignatures(_ document: JSONDocument) -> Bool {
        (document.text("use").map { $0 == "sig" } ?? !document.has("use"))
            && (document.texts("key_ops").map { $0.contains("verify") } ?? !document.has("key_ops"))
    }

    private static func key(_ document: JSONDocument) -> TokenKey? {
        let most = TokenKey.rsaBits.upperBound / 6 + 4
        switch document.text("kty") {
        case "RSA":
            guard let modulus = document.octets("n", most: most), let exponent = document.octets("e", most: most)
            else { return nil }
            return TokenKey(modulus: modulus, exponent: exponent)
        case "EC":
            guard document.text("crv") == "P-256", let x = document.octets("x", most: most),
                let y = document.octets("y", most: most)
            else { return nil }
            return TokenKey(p256: x, y)
        default: return nil
        }
    }
}
