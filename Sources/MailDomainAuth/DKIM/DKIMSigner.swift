/// Signs one message: all of it goes in, the lines to put on top come out (RFC 6376 §5).
package struct DKIMSigner: Sendable {
    private let identities: [SigningIdentity]
    private let time: Int
    private let expiry: Int?
    private var intake = MessageIntake()
    private var body = BodyHash(.relaxed)

    /// One signature for each identity; RFC 8463 §5 wants an RSA key beside Ed25519 for those who know only that. Times are seconds since
    /// 1970.
    package init(_ identities: [SigningIdentity], time: Int, expiry: Int? = nil) {
        (self.identities, self.time, self.expiry) = (identities, time, expiry)
    }

    package mutating func consume(_ bytes: UnsafeRawBufferPointer) {
        if let rest = intake.take(bytes) { body.consume(rest) }
    }

    package mutating func consume(_ bytes: [UInt8]) { bytes.withUnsafeBytes { consume($0) } }

    /// The fields with their line ends. Blocking: an RSA signature takes about a millisecond.
    package mutating func finish() throws(SigningError) -> [UInt8] {
        intake.finish()
        let header = SignedHeader(intake.header)
        guard header.isWhole, !intake.isTooLong, !header.fields("From").isEmpty else { throw .malformed }
        let digest = body.finish().digest
        var fields: [UInt8] = []
        for identity in identities {
            let writer = SignatureWriter(
                identity: identity, header: header, bodyHash: digest, time: time, expiry: expiry)
            fields += try writer.field(DKIMSignature.fieldName, first: "v=1")
        }
        return fields
    }
}
