internal import MailCrypto
internal import MailMessage

/// What a chain of seals came to.
package struct ARCResult: Sendable, Equatable {
    /// `none` without a chain, `pass`, `fail`, and `temperror` when DNS did not answer.
    package var result: CheckResult
    package var reason: String?
    /// Who sealed, the first one first; empty unless it passes.
    package var sealers: [String] = []
    /// What each of them found, beside `sealers`.
    package var findings: [AuthenticationResultsReader] = []

    package init(
        result: CheckResult, reason: String? = nil, sealers: [String] = [], findings: [AuthenticationResultsReader] = []
    ) {
        (self.result, self.reason, self.sealers, self.findings) = (result, reason, sealers, findings)
    }

    package static func == (left: ARCResult, right: ARCResult) -> Bool {
        left.result == right.result && left.reason == right.reason && left.sealers == right.sealers
    }

    /// Whether a trusted forwarder saw the message pass DMARC for this author, and everybody who sealed it since is trusted as well.
    package func vouches(for author: String, trusted: [String]) -> Bool {
        guard result == .pass else { return false }
        for (sealer, finding) in zip(sealers, findings).reversed() {
            guard trusted.contains(where: { HostName.normal($0) == sealer }) else { return false }
            guard finding.result(of: "dmarc") == "pass" else { continue }
            return finding.property("header.from", of: "dmarc").flatMap(HostName.normal) == author
        }
        return false
    }
}

/// Checks the chain of ARC sets (RFC 8617 §5.2).
package struct ARCVerifier {
    private let records: any DomainRecords

    package init(_ records: any DomainRecords) { self.records = records }

    package func result(of message: SignedMessage) async -> ARCResult {
        let chain = message.chain
        do throws(CheckFault) {
            if let fault = chain.fault { throw fault }
            guard let latest = chain.sets.last else { return ARCResult(result: .none) }
            try await checkMessage(latest, message)
            try await checkSeals(chain.sets)
        } catch {
            return ARCResult(result: error.result == .temperror ? .temperror : .fail, reason: error.reason)
        }
        let findings = chain.sets.map { AuthenticationResultsReader($0.findings) }
        return ARCResult(result: .pass, sealers: chain.sets.map(\.seal.domain), findings: findings)
    }

    private func checkMessage(_ set: ARCSet, _ message: SignedMessage) async throws(CheckFault) {
        let check = SignatureCheck(message: message)
        try check.body(set.message)
        let key = try await KeyLookup(records: records).key((set.message.domain, set.message.selector))
        try check.signature(set.message, in: set.messageField, key.key)
    }

    private func checkSeals(_ sets: [ARCSet]) async throws(CheckFault) {
        var earlier: [UInt8] = []
        for set in sets {
            let key = try await KeyLookup(records: records).key((set.seal.domain, set.seal.selector))
            let input = ARCSealInput(earlier: earlier, results: set.results, message: set.messageField)
            try SignatureCheck.verify(
                set.seal.algorithm, set.seal.signature, input.bytes(sealing: set.sealField), key.key)
            earlier = input.bytes(behind: set.sealField)
        }
    }
}

/// What a seal signs: all sets up to its own, each as results, message signature, seal (RFC 8617 §5.1.1), in relaxed form.
struct ARCSealInput {
    let earlier: [UInt8]
    let results: ArraySlice<UInt8>
    let message: ArraySlice<UInt8>

    private var own: [UInt8] {
        earlier + Canonicalization.relaxed.field(results) + Canonicalization.relaxed.field(message)
    }

    func bytes(sealing seal: ArraySlice<UInt8>) -> [UInt8] {
        own + Canonicalization.relaxed.field(SignatureField.withoutSignature(seal)).dropLast(2)
    }

    func bytes(behind seal: ArraySlice<UInt8>) -> [UInt8] { own + Canonicalization.relaxed.field(seal) }
}

extension ARCSet {
    /// The value of ARC-Authentication-Results behind its instance.
    var findings: ArraySlice<UInt8> {
        let value = results.drop { $0 != UInt8(ascii: ":") }.dropFirst()
        return value.drop { $0 != UInt8(ascii: ";") }.dropFirst()
    }
}
