import MailCrypto
package import MailStore

/// The server's side of SCRAM-SHA-256 and SCRAM-SHA-256-PLUS (RFC 5802, 7677): pure, one message at a time.
///
/// For an unknown user it goes the whole way with keys that nobody has, so that the failure comes at the same place.
package struct ScramServer: Sendable {
    private enum State {
        case start
        case waitsForKeys(ScramClientFirst)
        case waitsForProof(ScramClientFirst, serverFirst: [UInt8], nonce: [UInt8], keys: ScramKeys)
        case over
    }

    static let nonceLength = 18

    private let plus: Bool
    private let bindings: [ChannelBinding]
    private let nonce: [UInt8]
    private var state = State.start

    /// `bindings` not empty means that -PLUS was offered; `nonce` is printable and has no comma.
    package init(plus: Bool, bindings: [ChannelBinding], nonce: [UInt8] = ScramServer.freshNonce()) {
        self.plus = plus
        self.bindings = bindings
        self.nonce = nonce
    }

    package static func freshNonce() -> [UInt8] { Base64.encodedBytes(randomBytes(nonceLength)) }

    /// The user's name; the caller looks up the keys and goes on with `serverFirst`.
    package mutating func clientFirst(_ message: [UInt8]) throws(ScramError) -> String {
        guard case .start = state else { throw .malformed }
        state = .over
        let first = try ScramClientFirst(message)
        try check(first.binding)
        state = .waitsForKeys(first)
        return first.name
    }

    /// RFC 5802 §6: which flag goes with which mechanism.
    private func check(_ binding: ScramClientFirst.Binding) throws(ScramError) {
        switch (binding, plus) {
        case (.required(let name), true):
            guard bindings.contains(where: { $0.name == name }) else { throw .bindingTypeUnknown }
        case (.required, false), (_, true): throw .bindingNotSupported
        case (.unused, false): if !bindings.isEmpty { throw .downgraded }
        case (.unsupported, false): break
        }
    }

    /// `r=nonce,s=salt,i=iterations`; nil when it is not the time for it.
    package mutating func serverFirst(keys: ScramKeys) -> [UInt8]? {
        guard case .waitsForKeys(let first) = state else { return nil }
        let both = first.nonce + nonce
        var message = Array("r=".utf8) + both + Array(",s=".utf8)
        message += Base64.encodedBytes(keys.salt)
        message += Array(",i=\(keys.iterations)".utf8)
        state = .waitsForProof(first, serverFirst: message, nonce: both, keys: keys)
        return message
    }

    /// Checks binding, nonce and proof (RFC 5802 §3); the result is `v=signature`. `former`: keys that let nobody in.
    package mutating func clientFinal(
        _ message: [UInt8], former: ScramKeys? = nil
    ) throws(ScramError) -> [UInt8] {
        try clientFinal(message, former: former, beside: []).signature
    }

    /// `beside`: other passwords of the same account. RFC 5802 §5.1 sends the salt before the proof, and the proof does not say
    /// which password it is of; with one salt for all of them each can be tried. `index`: which of them it was, nil: the first.
    mutating func clientFinal(
        _ message: [UInt8], former: ScramKeys?, beside others: [ScramKeys]
    ) throws(ScramError) -> (signature: [UInt8], index: Int?) {
        guard case .waitsForProof(let first, let serverFirst, let nonce, let keys) = state else { throw .malformed }
        state = .over
        let final = try ScramClientFinal(message)
        guard final.binding == expectedBinding(first) else { throw .bindingMismatch }
        guard final.nonce.elementsEqual(nonce) else { throw .proofWrong }
        let comma = [UInt8(ascii: ",")]
        let authMessage = first.bare + comma + serverFirst + comma + final.withoutProof
        let isFormer = Self.proves(final.proof, former ?? keys, authMessage) && keys.hasSalt(of: former)
        func signature(_ keys: ScramKeys) -> [UInt8] {
            Array("v=".utf8) + Base64.encodedBytes(hmacSHA256(key: keys.serverKey, authMessage))
        }
        if Self.proves(final.proof, keys, authMessage) { return (signature(keys), nil) }
        for (index, other) in others.enumerated() where keys.hasSalt(of: other) {
            if Self.proves(final.proof, other, authMessage) { return (signature(other), index) }
        }
        throw isFormer ? .proofFormer : .proofWrong
    }

    private static func proves(_ proof: [UInt8], _ keys: ScramKeys, _ authMessage: [UInt8]) -> Bool {
        let clientKey = zip(hmacSHA256(key: keys.storedKey, authMessage), proof).map { $0 ^ $1 }
        return constantTimeEquals(sha256(clientKey), keys.storedKey)
    }

    private func expectedBinding(_ first: ScramClientFirst) -> [UInt8] {
        guard case .required(let name) = first.binding else { return first.header }
        return first.header + (bindings.first { $0.name == name }?.data ?? [])
    }
}

extension ScramKeys {
    /// Only then does a client make the same proof of the same password with both.
    func hasSalt(of other: ScramKeys?) -> Bool {
        other.map { $0.salt == salt && $0.iterations == iterations } ?? false
    }

    /// With the same salt, of a password that nobody has.
    var unknown: ScramKeys {
        ScramKeys(
            salt: salt, iterations: iterations, storedKey: randomBytes(ScramClientFinal.proofLength),
            serverKey: randomBytes(ScramClientFinal.proofLength))
    }
}
