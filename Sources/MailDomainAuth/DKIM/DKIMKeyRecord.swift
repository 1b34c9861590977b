package import MailCrypto

/// What `SELECTOR._domainkey.DOMAIN` says (RFC 6376 §3.6.1).
package struct DKIMKeyRecord: Sendable {
    /// RFC 8301 §3.2: shorter ones are not believed, longer ones need not be.
    package static let rsaBits = 1_024...4_096

    package let key: VerificationKey
    /// `t=y`: the domain is trying it out.
    package let isTest: Bool
    /// `t=s`: not for names below the domain.
    let isStrict: Bool

    static func name(selector: String, domain: String) -> String { "\(selector)._domainkey.\(domain)" }

    package init?(_ text: String) {
        do { try self.init(parsing: text) } catch { return nil }
    }

    init(parsing text: String) throws(CheckFault) {
        guard let tags = TagList(text.utf8) else { throw .permanent("the key's record makes no sense") }
        if let version = tags["v"], version.text != "DKIM1" || tags.tags.first != version {
            throw .permanent("the key's record is not of DKIM")
        }
        guard let data = tags["p"] else { throw .permanent("the key's record has no key") }
        guard !data.solid.isEmpty else { throw .permanent("the key is revoked") }
        if let hashes = tags["h"], !SignatureTags.list(hashes).contains("sha256") {
            throw .permanent("the key is not for SHA-256")
        }
        if let services = tags["s"], !SignatureTags.list(services).contains(where: { $0 == "*" || $0 == "email" }) {
            throw .permanent("the key is not for mail")
        }
        key = try Self.key(tags["k"]?.text.lowercased() ?? "rsa", data.solid)
        let flags = tags["t"].map(SignatureTags.list) ?? []
        (isTest, isStrict) = (flags.contains("y"), flags.contains("s"))
    }

    private static func key(_ kind: String, _ data: [UInt8]) throws(CheckFault) -> VerificationKey {
        guard let kind = KeyKind(rawValue: kind) else { throw .permanent("the key is of an unknown kind") }
        guard let bytes = LooseBase64.decode(data),
            let key = kind == .rsa ? VerificationKey(rsa: bytes) : VerificationKey(ed25519: bytes)
        else { throw .permanent("the key cannot be read") }
        guard kind != .rsa || rsaBits.contains(key.bits) else {
            throw .policy("a key of \(key.bits) bits is not believed")
        }
        return key
    }

    /// For DNS: `v=DKIM1; k=rsa; p=...`
    package static func text(for key: VerificationKey) -> String {
        "v=DKIM1; k=\(key.kind.rawValue); p=\(Base64.encode(key.bytes))"
    }
}
