internal import MailDial
internal import MailNetwork

/// What only several endpoints together tell: pure.
enum RunJudge {
    /// Every endpoint's own findings, put right by what the others show, and what is between them.
    static func findings(_ evidence: [Evidence], _ policy: Policy) -> [Finding] {
        let isOnline = evidence.contains(where: \.isConnected)
        var all = evidence.flatMap { one in
            EndpointJudge.findings(one, policy).map { soften($0, of: one, isOnline: isOnline) }
        }
        // From the last to the first: what is said of several addresses is put before everything else.
        for endpoint in distinct(evidence.map(\.endpoint)).reversed() {
            all = judge(addresses: evidence.filter { $0.endpoint == endpoint }, all, policy)
        }
        return all + certificates(evidence)
    }

    private static func distinct(_ endpoints: [Endpoint]) -> [Endpoint] {
        endpoints.reduce(into: []) { all, one in
            if !all.contains(one) { all.append(one) }
        }
    }

    /// A provider that lets everything pass but port 25 is no fault of the server's; a machine without any way out knows nothing.
    private static func soften(_ finding: Finding, of evidence: Evidence, isOnline: Bool) -> Finding {
        var finding = finding
        if evidence.endpoint.port == 25, isOnline, finding.status == .critical,
            finding.check == "net.filtered" || finding.check == "net.unreachable"
        {
            return Finding(
                "net.port25-blocked", .warning, target: finding.target, address: finding.address, facts: finding.facts,
                milliseconds: finding.milliseconds)
        }
        if finding.check == "net.unreachable", !isOnline, case .failed(.noRoute, _) = evidence.connect {
            finding.status = .unknown
        }
        return finding
    }

    /// IPv4 and IPv6, or several machines behind one name.
    private static func judge(addresses group: [Evidence], _ findings: [Finding], _ policy: Policy) -> [Finding] {
        guard let endpoint = group.first?.endpoint else { return findings }
        var all = findings
        func say(_ check: CheckID, _ status: Status, _ facts: Facts) {
            let common: Facts = [
                "host": .text(endpoint.host), "port": .number(Int(endpoint.port)), "address": "-",
                "service": .text(endpoint.service.label),
            ]
            all.insert(Finding(check, status, target: endpoint.url, facts: common.adding(facts)), at: 0)
        }
        if !policy.isOnlyIPv6, IPAddress(endpoint.host) == nil, group.allSatisfy({ $0.address.family == .v6 }) {
            let status: Status = group.contains(where: \.isConnected) ? .warning : .critical
            say("dns.v6-only", status, ["addresses": .list(group.map(\.address.description))])
        }
        let failing = group.filter { $0.hasFailed }
        guard let works = group.first(where: { !$0.hasFailed }), let first = failing.first else { return all }
        // A machine without IPv6 is no fault of the server's.
        if failing.allSatisfy({ $0.isWithoutRoute }) {
            return quiet(all, failing, endpoint, as: .skipped, because: "net.unreachable")
        }
        let problem = all.first { $0.target == endpoint.url && $0.address == first.address && $0.isProblem }?.check
        let facts: Facts = [
            "works": .text(works.address.description), "fails": .text(first.address.description),
            "problem": .text(problem?.text ?? "?"),
        ]
        // Mail programs try the next address when one cannot be reached, never when its certificate is wrong.
        let isPassedOver = failing.allSatisfy { $0.tls == nil }
        if isPassedOver { all = quiet(all, failing, endpoint, as: .warning, because: nil) }
        say("dns.address-differs", isPassedOver ? .warning : .critical, facts)
        return all
    }

    /// What a mail program passes over, since another address works, is not critical.
    private static func quiet(
        _ findings: [Finding], _ failing: [Evidence], _ endpoint: Endpoint, as status: Status, because cause: CheckID?
    ) -> [Finding] {
        let addresses = Set(failing.map(\.address))
        return findings.map { finding in
            guard finding.target == endpoint.url, let address = finding.address, addresses.contains(address),
                finding.status == .critical
            else { return finding }
            var quieter = finding
            (quieter.status, quieter.because) = (status, cause ?? finding.because)
            return quieter
        }
    }

    /// One host that shows two certificates: one of its ports was left behind at a renewal.
    private static func certificates(_ evidence: [Evidence]) -> [Finding] {
        let hosts = Dictionary(grouping: evidence.filter { $0.tls?.leaf != nil }, by: \.endpoint.host)
        return hosts.keys.sorted().flatMap { host -> [Finding] in
            let group = (hosts[host] ?? []).sorted { $0.order < $1.order }
            guard let first = group.first, group.count > 1 else { return [] }
            let facts: Facts = [
                "host": .text(host), "port": .number(Int(first.endpoint.port)),
                "address": .text(first.address.description),
                "service": .text(first.endpoint.service.label),
            ]
            guard let other = group.first(where: { $0.leafDigest != first.leafDigest }) else {
                return [Finding("tls.cert.differs", .ok, target: first.endpoint.url, facts: facts)]
            }
            return [
                Finding(
                    "tls.cert.differs", .warning, target: first.endpoint.url, address: first.address,
                    facts: facts.adding([
                        "here": .text(first.leafWords), "there": .text(other.leafWords),
                        "other": .text("\(other.endpoint.url) (\(other.address))"),
                    ]))
            ]
        }
    }
}

extension Evidence {
    /// By the name after EHLO, or by ID.
    var hasHeardToken: Bool {
        endpoint.service.language == .smtp
            ? clearCapabilities != nil || capabilities != nil
            : capabilities?.contains("ID") == true
    }

    /// In milliseconds.
    var greetingTook: Int {
        guard case .line(_, let milliseconds) = greeting else { return 0 }
        return milliseconds
    }

    var isConnected: Bool {
        guard case .done = connect else { return false }
        return true
    }

    /// A mail program gets nowhere here.
    var hasFailed: Bool { !isConnected || (endpoint.security != .none && tls?.isVerified != true) }

    fileprivate var isWithoutRoute: Bool {
        guard case .failed(.noRoute, _) = connect else { return false }
        return true
    }

    fileprivate var order: String { "\(endpoint.port) \(address)" }
    fileprivate var leafDigest: String? { tls?.leaf?.whole.sha256 }
    fileprivate var leafWords: String {
        guard let leaf = tls?.leaf else { return "?" }
        return "\(leaf.subject), until \(SpanWords.time(leaf.notAfter))"
    }
}
