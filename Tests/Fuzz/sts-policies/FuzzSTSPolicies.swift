import MailDomainAuth

/// What a stranger's web server and DNS say about TLS to his hosts.
enum FuzzSTSPolicies: FuzzTarget {
    static let name = "sts-policies"
    static var memoryPerByte: Int { 400 }

    static func check(_ input: [UInt8]) -> String? {
        var rules = Rules()
        rules.none(STSPolicy(input).flatMap(broken))
        rules.none(brokenRecord(String(decoding: input, as: UTF8.self)))
        return rules.broken
    }

    private static func broken(_ policy: STSPolicy) -> String? {
        var rules = Rules()
        rules.that(policy.mode == .none || !policy.hosts.isEmpty, "a policy without hosts")
        rules.that(policy.maximumAge <= 31_557_600, "\(policy.maximumAge) seconds")
        rules.that(policy.lines.allSatisfy { !$0.utf8.contains(0x0a) }, "a line that is two")
        let again = STSPolicy(Array(policy.lines.joined(separator: "\r\n").utf8))
        rules.that(again == policy, "read as \(String(describing: again)) when written again")
        for host in policy.hosts { rules.none(brokenPattern(host, policy)) }
        return rules.broken
    }

    /// RFC 8461 §4.1: the star is one label, never none and never two.
    private static func brokenPattern(_ host: String, _ policy: STSPolicy) -> String? {
        guard host.hasPrefix("*.") else { return policy.allows(host) ? nil : "\(host) does not fit itself" }
        let above = String(host.dropFirst(2))
        var rules = Rules()
        rules.that(policy.allows("one." + above), "one label does not fit \(host)")
        let only = STSPolicy.allows("one.two." + above, by: [host]) || STSPolicy.allows("." + above, by: [host])
        rules.that(!only, "two labels or none fit \(host)")
        return rules.broken
    }

    private static func brokenRecord(_ text: String) -> String? {
        guard let id = STSRecord.id(among: [text]) else { return nil }
        var rules = Rules()
        rules.that((1...32).contains(id.utf8.count), "an id of \(id.utf8.count)")
        rules.that(STSRecord.id(among: [text, text]) == nil, "two records are one")
        rules.that(STSRecord.id(among: ["v=STSv1; id=\(id);"]) == id, "\(id) is read as something else")
        return rules.broken
    }
}
