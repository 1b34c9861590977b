internal import MailMessage

/// One forwarder's three fields (RFC 8617 §4.1).
struct ARCSet: Sendable {
    let instance: Int
    /// ARC-Authentication-Results: what the forwarder found.
    let results: ArraySlice<UInt8>
    let messageField: ArraySlice<UInt8>
    let message: SignatureTags
    let sealField: ArraySlice<UInt8>
    let seal: ARCSeal
}

/// ARC-Seal (RFC 8617 §4.1.3).
struct ARCSeal: Sendable {
    let algorithm: SignatureAlgorithm
    let signature: [UInt8]
    let domain: String
    let selector: String
    /// `cv=`: what the chain was when it was sealed.
    let status: String

    init(_ tags: TagList) throws(CheckFault) {
        // RFC 8617 §4.1.3: a seal covers fixed fields, and h= in it is an error.
        guard tags["h"] == nil else { throw .failed("h= in a seal") }
        (domain, selector) = try SignatureTags.place(tags)
        algorithm = try SignatureAlgorithm(tag: tags["a"])
        signature = try SignatureTags.base64(tags, "b")
        guard let status = tags["cv"]?.text.lowercased(), ["none", "pass", "fail"].contains(status) else {
            throw .failed("a seal without cv=")
        }
        self.status = status
    }
}

/// The sets of a message, first one first.
struct ARCChain: Sendable {
    /// RFC 8617 §4.2.1.
    static let mostSets = 50

    static let resultsName = "ARC-Authentication-Results"
    static let messageName = "ARC-Message-Signature"
    static let sealName = "ARC-Seal"

    let sets: [ARCSet]
    /// Why it is none: sets are then empty, though fields of them are there.
    let fault: CheckFault?

    init(sets: [ARCSet], fault: CheckFault?) { (self.sets, self.fault) = (sets, fault) }

    init(_ header: SignedHeader) {
        do throws(CheckFault) {
            self.init(sets: try Self.sets(header), fault: nil)
        } catch {
            self.init(sets: [], fault: error)
        }
    }

    /// Of a broken chain: the highest number that stands anywhere; 0 without any. Nil where a seal says already that it is broken,
    /// and there it ends (RFC 8617 §5.1).
    static func lastInstance(_ header: SignedHeader) -> Int? {
        let seals = header.fields(sealName)
        guard !seals.contains(where: { TagList($0.rawValue)?["cv"]?.text.lowercased() == "fail" }) else { return nil }
        let all = header.fields(resultsName) + header.fields(messageName) + seals
        return all.compactMap(instance).max() ?? 0
    }

    // RFC 8617 §5.2, steps 1 to 3: one of each kind for every instance from 1 on, and nothing else.
    private static func sets(_ header: SignedHeader) throws(CheckFault) -> [ARCSet] {
        let results = try fields(resultsName, header)
        let messages = try fields(messageName, header)
        let seals = try fields(sealName, header)
        let count = seals.count
        guard results.count == count, messages.count == count else { throw .failed("the chain is not complete") }
        var sets: [ARCSet] = []
        for instance in stride(from: 1, through: count, by: 1) {
            guard let result = results[instance], let message = messages[instance], let seal = seals[instance] else {
                throw .failed("the chain has a gap")
            }
            sets.append(try set(instance, result, message, seal))
        }
        return sets
    }

    private static func set(
        _ instance: Int, _ result: HeaderField, _ message: HeaderField, _ seal: HeaderField
    ) throws(CheckFault) -> ARCSet {
        guard let messageTags = TagList(message.rawValue), let sealTags = TagList(seal.rawValue) else {
            throw .failed("a field of the chain makes no sense")
        }
        guard messageTags["v"] == nil else { throw .failed("v= in ARC-Message-Signature") }
        let tags = try SignatureTags(messageTags)
        // RFC 8617 §4.1.2
        guard !tags.names.contains(where: { $0.hasPrefix("arc-") }) else {
            throw .failed("a signature over the chain itself")
        }
        let seal = (field: seal.raw, tags: try ARCSeal(sealTags))
        guard seal.tags.status == (instance == 1 ? "none" : "pass") else {
            throw .failed("the chain was broken before")
        }
        return ARCSet(
            instance: instance, results: result.raw, messageField: message.raw, message: tags,
            sealField: seal.field, seal: seal.tags)
    }

    private static func fields(
        _ name: String, _ header: SignedHeader
    ) throws(CheckFault) -> [Int: HeaderField] {
        let all = header.fields(name)
        guard all.count <= mostSets else { throw .failed("the chain is too long") }
        var found: [Int: HeaderField] = [:]
        for field in all {
            guard let instance = instance(of: field) else { throw .failed("a field without its number") }
            guard found.updateValue(field, forKey: instance) == nil else { throw .failed("a number stands twice") }
        }
        return found
    }

    /// `i=1`: the first tag of the results, anywhere in the two others.
    private static func instance(of field: HeaderField) -> Int? {
        let isResults = ASCII.equal(field.name, resultsName.utf8)
        let tag: TagList.Tag?
        if isResults {
            tag = TagList(field.rawValue.prefix { $0 != UInt8(ascii: ";") })?["i"]
        } else {
            tag = TagList(field.rawValue)?["i"]
        }
        return tag.flatMap { ASCII.number($0.value, longest: 2) }.flatMap { (1...mostSets).contains($0) ? $0 : nil }
    }
}
