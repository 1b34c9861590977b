import MailCrypto
import MailDomainAuth
import MailMessage

/// Messages that are signed and sealed: however they come, the same fields, and nothing but fields.
enum FuzzSignatures: FuzzTarget {
    static let name = "signatures"
    static var memoryPerByte: Int { 2_000 }  // "a:" is a field, which several lists name

    static func check(_ input: [UInt8]) -> String? {
        guard let choice = input.first, let identity else { return nil }
        let message = Array(input.dropFirst())
        var rules = Rules()
        rules.none(brokenSignature(message, choice, identity))
        rules.none(brokenSeal(message, choice, identity))
        rules.none(brokenBody(message, choice))
        return rules.broken
    }

    /// Ed25519: one text has one signature (RFC 8032 §5.1.6).
    private static let identity = (try? SigningKey(ed25519: [UInt8](repeating: 7, count: 32))).flatMap {
        SigningIdentity(domain: "example.org", selector: "s", key: $0)
    }

    private static func brokenSignature(_ message: [UInt8], _ choice: UInt8, _ identity: SigningIdentity) -> String? {
        let whole = signature([message[...]], identity)
        var rules = Rules()
        for pieces in Pieces.cuts(of: message, choice) {
            rules.that(signature(pieces, identity) == whole, "another signature when cut")
        }
        guard let whole else { return rules.broken }
        rules.that(Header(whole).count == 1, "not one field")
        var signed = SignedMessage()
        signed.consume(whole + message)
        signed.finish()
        rules.that(signed.header?.header.first("DKIM-Signature") != nil, "the signature is not found again")
        return rules.broken
    }

    private static func brokenSeal(_ message: [UInt8], _ choice: UInt8, _ identity: SigningIdentity) -> String? {
        let whole = seal([message[...]], identity)
        var rules = Rules()
        for pieces in Pieces.cuts(of: message, choice) {
            rules.that(seal(pieces, identity) == whole, "another seal when cut")
        }
        guard let fields = whole else { return rules.broken }
        rules.that(Header(fields).count == 3, "not three fields")
        return rules.broken
    }

    private static func brokenBody(_ body: [UInt8], _ choice: UInt8) -> String? {
        var rules = Rules()
        for form in Canonicalization.allCases {
            let limit = choice & 1 == 0 ? nil : Int(choice)
            var whole = BodyHash(form, limit: limit)
            whole.consume(body)
            let wanted = whole.finish()
            rules.that(wanted.length <= body.count + 2, "a canonical body of \(wanted.length)")
            for pieces in Pieces.cuts(of: body, choice) {
                var hash = BodyHash(form, limit: limit)
                for piece in pieces { hash.consume(Array(piece)) }
                rules.that(hash.finish() == wanted, "another \(form) hash when cut")
            }
        }
        return rules.broken
    }

    private static func signature(_ pieces: [ArraySlice<UInt8>], _ identity: SigningIdentity) -> [UInt8]? {
        var signer = DKIMSigner([identity], time: 1)
        for piece in pieces { signer.consume(Array(piece)) }
        return try? signer.finish()
    }

    private static func seal(_ pieces: [ArraySlice<UInt8>], _ identity: SigningIdentity) -> [UInt8]? {
        var sealer = ARCSealer(identity, authservID: "mx.example.org", time: 1)
        for piece in pieces { sealer.consume(Array(piece)) }
        return (try? sealer.finish()) ?? nil
    }
}
