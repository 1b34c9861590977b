internal import MailDial
internal import MailMessage
internal import MailNetwork

/// One run: names, then all endpoints at all addresses at once, then judgement.
package struct ProbeRun: Sendable {
    /// A name with more addresses is looked at in part.
    private static let mostAddresses = 8
    private static let mostEndpoints = 64

    private let request: ProbeRequest

    package init(_ request: ProbeRequest) { self.request = request }

    package func run() async -> ProbeReport {
        let watch = Stopwatch()
        let deadline = Deadline.after(milliseconds: request.plan.patience.whole)
        let plan = await EndpointPlanner(request: request, deadline: deadline).plan()
        var policy = request.policy
        policy.documented = plan.documented
        let endpoints = Array(plan.endpoints.prefix(Self.mostEndpoints))
        let hosts = await lookUp(Set(endpoints.map(\.host)), by: deadline)
        let evidence = await gather(endpoints, hosts, by: deadline)
        var findings = request.typed.map { SettingsJudge.findings($0, policy.documented) } ?? []
        findings += hosts.values.sorted { $0.host < $1.host }.flatMap {
            NamesJudge.findings($0, documented: policy.documented)
        }
        if let discovery = plan.discovery {
            findings += AnnouncementJudge.findings(discovery, policy) + NamesJudge.skew(discovery, policy)
        }
        findings += RunJudge.findings(evidence, policy)
        findings += await dane(evidence, by: deadline)
        return ProbeReport(
            findings: selected(findings).map(cleaned), discovery: request.discover == nil ? nil : plan.discovery,
            token: request.plan.token, milliseconds: watch.milliseconds,
            hasSentToken: evidence.contains(where: \.hasHeardToken))
    }

    private func lookUp(_ hosts: Set<String>, by deadline: Deadline) async -> [String: HostLookup] {
        if let address = request.address {
            return hosts.reduce(into: [:]) { $0[$1] = HostLookup(host: $1, answer: .found([address])) }
        }
        let resolver = request.resolver
        let limit = deadline.within(milliseconds: request.plan.patience.answer)
        return await withTaskGroup { group in
            for host in hosts {
                group.addTask {
                    let answer = await BlockingThread.run { resolver.addresses(of: host, by: limit) }
                    return wanted(host, answer)
                }
            }
            return await group.reduce(into: [:]) { $0[$1.host] = $1 }
        }
    }

    /// A name without an address of the family that was asked for leads nowhere.
    private func wanted(_ host: String, _ answer: Lookup<[IPAddress]>) -> HostLookup {
        guard let all = answer.value else { return HostLookup(host: host, answer: answer) }
        let wanted = all.filter { request.family == nil || $0.family == request.family }
        guard wanted.isEmpty else { return HostLookup(host: host, answer: .found(wanted)) }
        return HostLookup(host: host, answer: .noData, lacking: all.isEmpty ? nil : request.family)
    }

    private func gather(_ endpoints: [Endpoint], _ hosts: [String: HostLookup], by deadline: Deadline) async
        -> [Evidence]
    {
        var probes: [EndpointProbe] = []
        for endpoint in endpoints {
            let addresses = (hosts[endpoint.host]?.answer.value ?? []).prefix(Self.mostAddresses)
            for (index, address) in addresses.enumerated() {
                var plan = request.plan
                // At most one login in a run for each protocol, and at one address.
                if index > 0 || !isFirst(endpoint, among: endpoints) { plan.login = nil }
                let peer = PeerAddress(ip: address, port: endpoint.port)
                let visit = Visit(endpoint: endpoint, peer: peer, plan: plan, deadline: deadline)
                probes.append(EndpointProbe(visit: visit, isFirst: index == 0))
            }
        }
        return await withTaskGroup { group in
            for (index, probe) in probes.enumerated() {
                group.addTask { (index, await BlockingThread.run { probe.run() }) }
            }
            let found = await group.reduce(into: [Int: Evidence]()) { $0[$1.0] = $1.1 }
            return probes.indices.compactMap { found[$0] }
        }
    }

    private func isFirst(_ endpoint: Endpoint, among all: [Endpoint]) -> Bool {
        all.first { $0.service == endpoint.service }?.url == endpoint.url
    }

    private func dane(_ evidence: [Evidence], by deadline: Deadline) async -> [Finding] {
        let resolver = request.resolver
        let limit = deadline.within(milliseconds: request.plan.patience.silence)
        let named = evidence.filter { $0.tls != nil && IPAddress($0.endpoint.host) == nil }
        return await withTaskGroup { group in
            for one in named {
                let name = "_\(one.endpoint.port)._tcp.\(one.endpoint.host)"
                group.addTask {
                    let records = await BlockingThread.run { resolver.records(.tlsa, of: name, by: limit) }
                    return records.value.map { DANEJudge.findings(one, $0) } ?? []
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
    }

    private func selected(_ findings: [Finding]) -> [Finding] {
        findings.filter {
            (request.only.isEmpty || request.only.contains($0.check)) && !request.leaveOut.contains($0.check)
        }
    }

    /// A server may say anything, the password that it was given too.
    private func cleaned(_ finding: Finding) -> Finding {
        guard let login = request.plan.login else { return finding }
        var finding = finding
        finding.facts = finding.facts.mapTexts(login.cleaned)
        return finding
    }
}

extension Login {
    private static let shortest = 4

    /// Without the password in any form that it may have gone out in.
    func cleaned(_ text: String) -> String {
        // A short one would show itself by what was left out around it.
        if password.count < Self.shortest, text.contains(passwordText) { return "***" }
        let forms = [IMAPTalk.quoted(passwordText), passwordText, plain, encodedPassword]
        return forms.filter { !$0.isEmpty }.reduce(text) {
            $0.replacing($1, with: "***")
        }
    }
}
