/// What became of one signature.
package struct DKIMResult: Sendable, Equatable {
    package var result: CheckResult
    /// For people, in English; nil for a pass.
    package var reason: String?
    /// `d=`, empty when it could not be read.
    package var domain = ""
    package var selector = ""
    /// `i=`
    package var identity: String?
    /// `a=`
    package var algorithm = ""
    /// How `b=` begins: it tells several of one domain apart (RFC 6008).
    package var signatureStart = ""
    /// `t=y` of the key.
    package var isTest = false

    package init(
        result: CheckResult, reason: String? = nil, domain: String = "", selector: String = "",
        identity: String? = nil, algorithm: String = "", signatureStart: String = ""
    ) {
        (self.result, self.reason, self.domain, self.selector) = (result, reason, domain, selector)
        (self.identity, self.algorithm, self.signatureStart) = (identity, algorithm, signatureStart)
    }
}

/// Checks the DKIM signatures of a message (RFC 6376 §6).
package struct DKIMVerifier {
    /// RFC 6376 §8.4: signatures cost DNS and arithmetic. More than these are not looked at, from the top.
    package static let mostSignatures = 8

    private let records: any DomainRecords
    /// Seconds since 1970.
    private let now: Int

    package init(_ records: any DomainRecords, now: Int) { (self.records, self.now) = (records, now) }

    /// One for each signature, topmost first; none for a message without.
    package func results(of message: SignedMessage) async -> [DKIMResult] {
        var results: [DKIMResult] = []
        for signature in message.signatures {
            var result = Self.outline(signature.tags)
            do throws(CheckFault) {
                result.isTest = try await check(signature.parsed.get(), in: signature.raw, message)
            } catch {
                (result.result, result.reason) = (error.result, error.reason)
            }
            results.append(result)
        }
        return results
    }

    /// True when the key's owner is trying it out.
    private func check(
        _ signature: DKIMSignature, in raw: ArraySlice<UInt8>, _ message: SignedMessage
    ) async throws(CheckFault) -> Bool {
        let tags = signature.tags
        if let expiry = tags.expiry, expiry < now { throw .permanent("the signature has expired") }
        let check = SignatureCheck(message: message)
        try check.body(tags)
        let key = try await KeyLookup(records: records).key((tags.domain, tags.selector))
        guard signature.isAllowed(by: key) else { throw .permanent("the key is for its domain alone") }
        do throws(CheckFault) {
            try check.signature(tags, in: raw, key.key)
        } catch {
            // RFC 6376 §3.6.1: as if it were not signed.
            throw key.isTest ? CheckFault(result: .neutral, reason: error.reason + " (testing)") : error
        }
        return key.isTest
    }

    private static func outline(_ tags: TagList?) -> DKIMResult {
        var result = DKIMResult(result: .pass)
        guard let tags else { return result }
        result.domain = tags["d"].flatMap { HostName.normal($0.text) } ?? ""
        result.selector = tags["s"].flatMap { HostName.normal($0.text) } ?? ""
        result.identity = tags["i"]?.text
        result.algorithm = tags["a"]?.text ?? ""
        result.signatureStart = String(decoding: (tags["b"]?.solid ?? []).prefix(8), as: UTF8.self)
        return result
    }
}
