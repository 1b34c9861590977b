internal import MailCrypto

/// What DKIM-Signature and ARC-Message-Signature are checked by alike (RFC 6376 §6.1).
struct SignatureCheck {
    let message: SignedMessage

    /// Before anybody asks for the key: what the message alone tells.
    func body(_ tags: SignatureTags) throws(CheckFault) {
        guard message.isSound else { throw .permanent("the header of the message is malformed") }
        guard let body = message.body(SignedMessage.BodyForm(tags)) else { throw .permanent("the body was not read") }
        guard body.digest == tags.bodyHash else { throw .failed("the body was changed") }
        guard let limit = tags.bodyLength else { return }
        guard limit <= body.length else { throw .permanent("l= is longer than the body") }
        // RFC 6376 §8.2: whoever adds text there speaks in the signer's name.
        guard limit == body.length else { throw .policy("text stands behind the signed part") }
    }

    func signature(_ tags: SignatureTags, in raw: ArraySlice<UInt8>, _ key: VerificationKey) throws(CheckFault) {
        let fields = message.header?.selected(tags.names) ?? []
        try Self.verify(tags.algorithm, tags.signature, SignatureField.input(fields, raw, tags.headerForm), key)
    }

    static func verify(
        _ algorithm: SignatureAlgorithm, _ signature: [UInt8], _ input: [UInt8], _ key: VerificationKey
    ) throws(CheckFault) {
        guard key.kind == algorithm.kind else { throw .permanent("the key is of another kind") }
        guard key.verify(signature, of: algorithm.signed(input)) else { throw .failed("the signature is wrong") }
    }
}
