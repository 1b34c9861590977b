internal import MailCrypto
internal import MailMessage

/// Seals a message that is forwarded: all of it goes in, as it leaves, and the lines to put on top come out (RFC 8617 §5.1).
///
/// What was found when it came in stands in our own Authentication-Results field on top of it; nothing is asked of DNS again.
package struct ARCSealer: Sendable {
    private let identity: SigningIdentity
    private let authservID: String
    private let time: Int
    private var intake = MessageIntake()
    private var body = BodyHash(.relaxed)

    /// `time` are seconds since 1970.
    package init(_ identity: SigningIdentity, authservID: String, time: Int) {
        (self.identity, self.authservID, self.time) = (identity, authservID, time)
    }

    package mutating func consume(_ bytes: UnsafeRawBufferPointer) {
        if let rest = intake.take(bytes) { body.consume(rest) }
    }

    package mutating func consume(_ bytes: [UInt8]) { bytes.withUnsafeBytes { consume($0) } }

    /// The three fields with their line ends; nil where a seal would say nothing: the chain is unchecked or full, or somebody has
    /// already said that it is broken.
    package mutating func finish() throws(SigningError) -> [UInt8]? {
        intake.finish()
        let header = SignedHeader(intake.header)
        guard header.isWhole, !intake.isTooLong, !header.fields("From").isEmpty else { throw .malformed }
        let chain = ARCChain(header)
        let own = header.fields(AuthenticationResults.fieldName).first {
            AuthenticationResultsReader.claims($0.rawValue, authservID: authservID)
        }
        let checked = own.map { AuthenticationResultsReader($0.rawValue) }?.result(of: "arc")
        if chain.fault != nil || checked == "fail" && !chain.sets.isEmpty {
            guard let last = ARCChain.lastInstance(header), last < ARCChain.mostSets else { return nil }
            return try seal(header, last + 1, "fail", over: [], findings: own)
        }
        guard chain.sets.isEmpty || checked == "pass", chain.sets.count < ARCChain.mostSets else { return nil }
        let status = chain.sets.isEmpty ? "none" : "pass"
        return try seal(header, chain.sets.count + 1, status, over: chain.sets, findings: own)
    }

    /// `sets`: those below, which the seal covers; none of a chain that is broken (RFC 8617 §5.1.2).
    private mutating func seal(
        _ header: SignedHeader, _ instance: Int, _ status: String, over sets: [ARCSet], findings: HeaderField?
    ) throws(SigningError) -> [UInt8] {
        let results = Self.results(instance, findings, authservID)
        let writer = SignatureWriter(
            identity: identity, header: header, bodyHash: body.finish().digest, time: time,
            extraNames: [DKIMSignature.fieldName])
        let message = try writer.field(ARCChain.messageName, first: "i=\(instance)")
        var earlier: [UInt8] = []
        for set in sets {
            earlier = ARCSealInput(earlier: earlier, results: set.results, message: set.messageField).bytes(
                behind: set.sealField)
        }
        var field = FoldedField(ARCChain.sealName)
        let tags = ["a=\(identity.algorithm.rawValue);", "t=\(time);", "cv=\(status);"]
        for tag in ["i=\(instance);"] + tags + ["d=\(identity.domain);", "s=\(identity.selector);", "b="] {
            field.add(tag)
        }
        let input = ARCSealInput(earlier: earlier, results: results[...], message: message[...])
        field.append(base64: try SignatureWriter.signature(of: input.bytes(sealing: field.bytes[...]), identity))
        return field.bytes + message + results
    }

    private static func results(_ instance: Int, _ findings: HeaderField?, _ authservID: String) -> [UInt8] {
        let start = Array("\(ARCChain.resultsName): i=\(instance);".utf8)
        let value =
            findings.map { Array($0.rawValue) }
            ?? Array(" \(AuthenticationResults(authservID: authservID).text)\r\n".utf8)
        return start + value + (value.last == 0x0a ? [] : [0x0d, 0x0a])
    }
}
