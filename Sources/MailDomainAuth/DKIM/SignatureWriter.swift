internal import MailCrypto

/// Writes DKIM-Signature and ARC-Message-Signature: relaxed in both parts, the body whole.
struct SignatureWriter {
    let identity: SigningIdentity
    let header: SignedHeader
    let bodyHash: [UInt8]
    let time: Int
    var expiry: Int?
    /// Signed as often as they are there, beside the usual ones.
    var extraNames: [String] = []

    /// `first` is the tag that stands in front: `v=1`, `i=2`.
    func field(_ name: String, first: String) throws(SigningError) -> [UInt8] {
        let names = SignedFields.names(in: header, extra: extraNames)
        var field = outline(name, first, names)
        let selected = header.selected(names.map { $0.lowercased() })
        let input = SignatureField.input(selected, field.bytes[...], .relaxed)
        field.append(base64: try Self.signature(of: input, identity))
        return field.bytes
    }

    static func signature(of input: [UInt8], _ identity: SigningIdentity) throws(SigningError) -> String {
        do { return Base64.encode(try identity.key.sign(identity.algorithm.signed(input))) } catch {
            throw .unavailable
        }
    }

    private func outline(_ name: String, _ first: String, _ names: [String]) -> FoldedField {
        var field = FoldedField(name)
        let expiry = expiry.map { ["x=\($0);"] } ?? []
        let tags = [
            "a=\(identity.algorithm.rawValue);", "c=relaxed/relaxed;", "d=\(identity.domain);",
            "s=\(identity.selector);",
        ]
        for tag in ["\(first);"] + tags + ["t=\(time);"] + expiry { field.add(tag) }
        for (place, name) in names.enumerated() {
            let text = (place == 0 ? "h=" : "") + name + (place == names.count - 1 ? ";" : ":")
            if place == 0 { field.add(text) } else { field.append(text) }
        }
        field.add("bh=\(Base64.encode(bodyHash));")
        field.add("b=")
        return field
    }
}
