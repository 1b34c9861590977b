package import MailCrypto

/// `a=` of a signature: RFC 6376 §3.3 without SHA-1, which RFC 8301 §3.1 forbids, and RFC 8463 §3.
package enum SignatureAlgorithm: String, Sendable, CaseIterable {
    case rsaSHA256 = "rsa-sha256"
    case ed25519SHA256 = "ed25519-sha256"

    package init(_ kind: KeyKind) { self = kind == .rsa ? .rsaSHA256 : .ed25519SHA256 }

    var kind: KeyKind { self == .rsaSHA256 ? .rsa : .ed25519 }

    /// What the key signs: RSA hashes by itself, Ed25519 is given the hash.
    func signed(_ input: [UInt8]) -> [UInt8] { self == .rsaSHA256 ? input : sha256(input) }

    init(tag: TagList.Tag?) throws(CheckFault) {
        guard let tag else { throw .syntax("no a=") }
        let text = tag.text.lowercased()
        guard let algorithm = SignatureAlgorithm(rawValue: text) else {
            throw text == "rsa-sha1" ? .policy("SHA-1 is not believed") : .syntax("unknown algorithm")
        }
        self = algorithm
    }
}
