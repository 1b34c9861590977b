/// Whether a message is from the domain in its From field, and what shall become of it otherwise (RFC 7489).
package struct DMARCResult: Sendable, Equatable {
    package var result: CheckResult
    /// The author's.
    package var domain = ""
    /// Whose policy it was: the same, or its organisation.
    package var policyDomain: String?
    /// What the owner wants for this name.
    package var policy = DMARCPolicy.none
    /// What is to be done: weaker where the owner names a percentage and this message is not among it; none unless it failed.
    package var disposition = DMARCPolicy.none
    package var reason: String?

    package init(
        result: CheckResult, domain: String = "", policyDomain: String? = nil, policy: DMARCPolicy = .none,
        disposition: DMARCPolicy = .none, reason: String? = nil
    ) {
        (self.result, self.domain, self.policyDomain) = (result, domain, policyDomain)
        (self.policy, self.disposition, self.reason) = (policy, disposition, reason)
    }
}

package struct DMARCChecker: Sendable {
    private let records: any DomainRecords
    private let suffixes: PublicSuffixList?

    /// Without a list, DNS is asked upwards for the organisation.
    package init(_ records: any DomainRecords, suffixes: PublicSuffixList?) {
        (self.records, self.suffixes) = (records, suffixes)
    }

    /// `authors` come from `AuthorDomains`; `draw`, 0 to 99, decides whether a percentage holds for this message. Of several domains the
    /// one that fares worst counts (RFC 7489 §6.6.1).
    package func check(authors: [String]?, spf: SPFResult, dkim: [DKIMResult], draw: Int) async -> DMARCResult {
        guard let authors, !authors.isEmpty else {
            return DMARCResult(result: .permerror, reason: "no author whose domain could be asked")
        }
        guard authors.count <= AuthorDomains.mostDomains else {
            // RFC 7489 §6.6.1 leaves it to the receiver; whose mail it is cannot be told, and nobody honest writes so.
            return DMARCResult(
                result: .permerror, domain: authors[0], disposition: .quarantine,
                reason: "authors of more than \(AuthorDomains.mostDomains) domains")
        }
        var worst: DMARCResult?
        var discovery = DMARCDiscovery(records: records, suffixes: suffixes)
        for author in authors {
            let result = await check(author, spf, dkim, draw, &discovery)
            if worst.map({ Self.rank($0) < Self.rank(result) }) ?? true { worst = result }
        }
        return worst ?? DMARCResult(result: .none)
    }

    private static func rank(_ result: DMARCResult) -> Int {
        let results: [CheckResult] = [.pass, .none, .permerror, .temperror, .fail]
        let policies = DMARCPolicy.allCases
        return (results.firstIndex(of: result.result) ?? 0) * policies.count
            + (policies.firstIndex(of: result.disposition) ?? 0)
    }

    private func check(
        _ author: String, _ spf: SPFResult, _ dkim: [DKIMResult], _ draw: Int, _ discovery: inout DMARCDiscovery
    ) async -> DMARCResult {
        var result = DMARCResult(result: .none, domain: author)
        do throws(CheckFault) {
            guard let found = try await discovery.policy(of: author) else { return result }
            result.policyDomain = found.domain
            result.policy = await policy(found, author, discovery)
            result.result = try await alignment(author, found.record, spf, dkim, &discovery)
            guard result.result == .fail else { return result }
            let isSpared = found.record.isTest || draw >= found.record.percentage
            result.disposition = isSpared ? result.policy.weaker : result.policy
            result.reason = "neither SPF nor DKIM speaks for \(author)"
        } catch {
            (result.result, result.reason) = (error.result, error.reason)
        }
        return result
    }

    private func policy(_ found: DMARCDiscovery.Step, _ author: String, _ discovery: DMARCDiscovery) async
        -> DMARCPolicy
    {
        let record = found.record
        guard found.domain != author else { return record.policy }
        guard record.missingPolicy != record.subdomainPolicy else { return record.subdomainPolicy }
        return await discovery.exists(author) ? record.subdomainPolicy : record.missingPolicy
    }

    /// Pass by one aligned identifier; temporary when one that might have passed could not be checked.
    private func alignment(
        _ author: String, _ record: DMARCRecord, _ spf: SPFResult, _ dkim: [DKIMResult],
        _ discovery: inout DMARCDiscovery
    ) async throws(CheckFault) -> CheckResult {
        let checks =
            [(spf.result, spf.domain, record.isStrictSPF)]
            + dkim.map { ($0.result, $0.domain, record.isStrictDKIM) }
        var isUncertain = false
        for (result, domain, isStrict) in checks where result == .pass || result == .temperror {
            guard try await isAligned(domain, author, isStrict, &discovery) else { continue }
            if result == .pass { return .pass }
            isUncertain = true
        }
        return isUncertain ? .temperror : .fail
    }

    // RFC 7489 §3.1
    private func isAligned(
        _ domain: String, _ author: String, _ isStrict: Bool, _ discovery: inout DMARCDiscovery
    ) async throws(CheckFault) -> Bool {
        if domain == author { return true }
        guard !isStrict, !domain.isEmpty else { return false }
        return try await discovery.organisation(of: domain) == discovery.organisation(of: author)
    }
}
