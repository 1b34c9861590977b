internal import MailMessage

/// One DKIM-Signature field (RFC 6376 §3.5).
struct DKIMSignature: Sendable {
    static let fieldName = "DKIM-Signature"

    let tags: SignatureTags
    /// `i=`, for whom the domain signs.
    let identity: String?
    private let isOfDomainItself: Bool

    init(_ list: TagList) throws(CheckFault) {
        guard list["v"]?.value == [UInt8(ascii: "1")] else { throw .syntax("not version 1") }
        tags = try SignatureTags(list)
        guard let tag = list["i"] else {
            (identity, isOfDomainItself) = (nil, true)
            return
        }
        guard let sign = tag.value.lastIndex(of: UInt8(ascii: "@")),
            let domain = HostName.normal(String(decoding: tag.value[(sign + 1)...], as: UTF8.self)),
            HostName.isSame(domain, orBelow: tags.domain)
        else { throw .syntax("i= is not of the domain in d=") }
        (identity, isOfDomainItself) = (tag.text, domain == tags.domain)
    }

    /// RFC 6376 §3.6.1, `t=s`.
    func isAllowed(by key: DKIMKeyRecord) -> Bool { !key.isStrict || isOfDomainItself }
}

/// The field that a signature stands in, as the signature itself covers it.
enum SignatureField {
    /// With what `b=` holds taken out, white space included (RFC 6376 §3.5).
    static func withoutSignature(_ raw: ArraySlice<UInt8>) -> [UInt8] {
        let field = Array(raw)
        guard let colon = field.firstIndex(of: UInt8(ascii: ":")) else { return field }
        var start = colon + 1
        while start < field.count {
            let end = field[start...].firstIndex(of: UInt8(ascii: ";")) ?? field.count
            if let sign = field[start..<end].firstIndex(of: UInt8(ascii: "=")),
                ASCII.trimmed(field[start..<sign]) == [UInt8(ascii: "b")]
            {
                let tail =
                    end == field.count
                    ? Array(field.suffix(2).filter { $0 == 0x0d || $0 == 0x0a }) : Array(field[end...])
                return field[...sign] + tail
            }
            start = end + 1
        }
        return field
    }

    /// What is signed: the selected fields, then this one without its line end (RFC 6376 §3.7).
    static func input(_ fields: [ArraySlice<UInt8>], _ own: ArraySlice<UInt8>, _ form: Canonicalization) -> [UInt8] {
        var input: [UInt8] = []
        for field in fields { input += form.field(field) }
        input += form.field(withoutSignature(own))
        return Array(input.dropLast(2))
    }
}
