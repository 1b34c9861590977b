/// What became of TLS with other domains' hosts in one day, counted for reports (RFC 8460 §4).
struct TLSReportDay: Sendable, Equatable {
    struct Failure: Sendable, Hashable {
        /// RFC 8460 §4.3
        let kind: String
        let host: String
        let address: String
    }

    struct Counts: Sendable, Equatable {
        var successes = 0
        var failures: [Failure: Int] = [:]

        var allFailures: Int { failures.values.reduce(0, +) }
    }

    /// Domains of one day: the ones beyond are not reported about.
    static let mostDomains = 20_000
    /// Policies of one domain in a day, and kinds of failures with one policy.
    static let mostPolicies = 20
    static let mostFailures = 200

    /// By the domain of the recipients, then by policy.
    private(set) var domains: [String: [TLSPolicy: Counts]] = [:]

    var isEmpty: Bool { domains.isEmpty }

    mutating func note(_ domain: String, _ policy: TLSPolicy, _ failure: Failure?, count: Int = 1) {
        guard domains[domain] != nil || domains.count < Self.mostDomains else { return }
        var policies = domains[domain] ?? [:]
        guard policies[policy] != nil || policies.count < Self.mostPolicies else { return }
        var counts = policies[policy] ?? Counts()
        if let failure {
            guard counts.failures[failure] != nil || counts.failures.count < Self.mostFailures else { return }
            counts.failures[failure] = Self.sum(counts.failures[failure] ?? 0, count)
        } else {
            counts.successes = Self.sum(counts.successes, count)
        }
        policies[policy] = counts
        domains[domain] = policies
    }

    /// It has been reported to that domain.
    mutating func forget(_ domain: String) { domains[domain] = nil }

    private static func sum(_ left: Int, _ right: Int) -> Int {
        let (sum, isTooLarge) = left.addingReportingOverflow(max(0, right))
        return isTooLarge ? .max : sum
    }
}

/// A day as lines: one for each count, its parts between tabs.
extension TLSReportDay {
    private static let inner: Character = "\u{1f}"

    var text: String {
        domains.sorted { $0.key < $1.key }.flatMap { domain, policies in
            policies.flatMap { policy, counts in
                let head = [
                    domain, policy.kind.rawValue, policy.domain, Self.joined(policy.lines), Self.joined(policy.hosts),
                ]
                return [head + ["", "", "", String(counts.successes)]]
                    + counts.failures.map { head + [$0.kind, $0.host, $0.address, String($1)] }
            }
        }.map { $0.map(Self.plain).joined(separator: "\t") + "\n" }.joined()
    }

    /// Lines that make no sense are left out.
    init(_ text: String) {
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 9, let kind = TLSPolicy.Kind(rawValue: parts[1]), let count = Int(parts[8]) else {
                continue
            }
            let policy = TLSPolicy(kind, domain: parts[2], lines: Self.split(parts[3]), hosts: Self.split(parts[4]))
            let failure = parts[5].isEmpty ? nil : Failure(kind: parts[5], host: parts[6], address: parts[7])
            note(parts[0], policy, failure, count: count)
        }
    }

    private static func joined(_ items: [String]) -> String { items.joined(separator: String(inner)) }
    private static func split(_ text: String) -> [String] { text.split(separator: inner).map(String.init) }
    /// By scalars: CR LF is one character.
    private static func plain(_ text: String) -> String {
        let scalars = text.unicodeScalars.map { $0.value < 0x1f || $0.value == 0x7f ? " " : $0 }
        return String(String.UnicodeScalarView(scalars))
    }
}
