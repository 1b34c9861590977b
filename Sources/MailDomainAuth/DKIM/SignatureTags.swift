/// What DKIM-Signature and ARC-Message-Signature have in common (RFC 6376 §3.5, RFC 8617 §4.1.2).
struct SignatureTags: Sendable {
    /// Names in `h=`.
    static let mostNames = 1_000
    /// `b=` and `bh=`: of a key of 8192 bits, with room.
    static let longestSignature = 2_048

    let algorithm: SignatureAlgorithm
    let signature: [UInt8]
    let bodyHash: [UInt8]
    let headerForm: Canonicalization
    let bodyForm: Canonicalization
    let domain: String
    let selector: String
    /// In lower case.
    let names: [String]
    let bodyLength: Int?
    let time: Int?
    let expiry: Int?

    init(_ tags: TagList) throws(CheckFault) {
        (domain, selector) = try Self.place(tags)
        algorithm = try SignatureAlgorithm(tag: tags["a"])
        signature = try Self.base64(tags, "b")
        bodyHash = try Self.base64(tags, "bh")
        (headerForm, bodyForm) = try Self.forms(tags["c"])
        names = try Self.names(tags["h"])
        bodyLength = try Self.number(tags, "l", longest: 76)
        time = try Self.number(tags, "t", longest: 12)
        expiry = try Self.number(tags, "x", longest: 12)
        if let time, let expiry, expiry <= time { throw .syntax("x= is not later than t=") }
        if let methods = tags["q"], !Self.list(methods).contains("dns/txt") { throw .syntax("q= without dns/txt") }
    }

    /// `d=` and `s=`, which name the key.
    static func place(_ tags: TagList) throws(CheckFault) -> (domain: String, selector: String) {
        guard let domain = tags["d"].flatMap({ HostName.normal($0.text) }) else { throw .syntax("no domain in d=") }
        guard let selector = tags["s"].flatMap({ HostName.normal($0.text) }) else { throw .syntax("no selector in s=") }
        return (domain, selector)
    }

    static func base64(_ tags: TagList, _ name: String) throws(CheckFault) -> [UInt8] {
        guard let tag = tags[name] else { throw .syntax("no \(name)=") }
        guard let bytes = LooseBase64.decode(tag.solid), (1...longestSignature).contains(bytes.count) else {
            throw .syntax("\(name)= is not Base64")
        }
        return bytes
    }

    /// sig-l-tag allows 76 digits; a number that no message reaches is as good as any other.
    private static func number(_ tags: TagList, _ name: String, longest: Int) throws(CheckFault) -> Int? {
        guard let tag = tags[name] else { return nil }
        guard (1...longest).contains(tag.value.count), tag.value.allSatisfy(ASCII.isDigit) else {
            throw .syntax("\(name)= is not a number")
        }
        return ASCII.number(tag.value) ?? Int.max
    }

    // sig-c-tag-alg ["/" sig-c-tag-alg]
    private static func forms(_ tag: TagList.Tag?) throws(CheckFault) -> (Canonicalization, Canonicalization) {
        guard let tag else { return (.simple, .simple) }
        let parts = tag.text.lowercased().split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard let first = parts.first, let header = Canonicalization(rawValue: first), parts.count <= 2,
            let body = parts.count == 2 ? parts.last.flatMap(Canonicalization.init) : .simple
        else { throw .syntax("unknown canonicalization") }
        return (header, body)
    }

    private static func names(_ tag: TagList.Tag?) throws(CheckFault) -> [String] {
        guard let tag else { throw .syntax("no h=") }
        let names = list(tag)
        guard names.count <= mostNames, names.allSatisfy({ !$0.isEmpty }) else { throw .syntax("h= makes no sense") }
        // RFC 6376 §5.4
        guard names.contains("from") else { throw .permanent("the From field is not signed") }
        return names
    }

    /// Of words with colons between.
    static func list(_ tag: TagList.Tag) -> [String] {
        tag.value.split(separator: UInt8(ascii: ":"), maxSplits: mostNames, omittingEmptySubsequences: false).map {
            String(decoding: ASCII.trimmed($0).map(ASCII.lower), as: UTF8.self)
        }
    }
}
