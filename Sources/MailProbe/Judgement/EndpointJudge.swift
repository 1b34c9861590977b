internal import MailDial
internal import MailNetwork

/// From evidence to findings: pure. The stages are judged in the order in which a connection meets them; the first that ends the
/// connection is the reason why the later ones were not looked at.
struct EndpointJudge {
    let evidence: Evidence
    let policy: Policy
    private(set) var findings: [Finding] = []

    init(_ evidence: Evidence, _ policy: Policy) {
        self.evidence = evidence
        self.policy = policy
    }

    static func findings(_ evidence: Evidence, _ policy: Policy) -> [Finding] {
        var judge = EndpointJudge(evidence, policy)
        judge.judge()
        return judge.findings
    }

    /// The checks of one stage, and what looks at them: it names the check that ended the connection there.
    private struct Stage {
        let checks: [CheckID]
        let judge: (inout EndpointJudge) -> CheckID?
    }

    private mutating func judge() {
        var cause: CheckID?
        for stage in stages {
            if cause == nil { cause = stage.judge(&self) }
            let said = Set(findings.map(\.check))
            for check in stage.checks where !said.contains(check) && concerns(check) {
                if let cause { skip(check, because: cause) } else { ok(check) }
            }
        }
    }

    /// A port can only be taken for the other kind than the one that it is asked as; a number leads nowhere else, and IMAP and
    /// POP3 greet without a name.
    private func concerns(_ check: CheckID) -> Bool {
        switch check {
        case "tls.mode.plain-on-ssl-port": evidence.endpoint.security == .tls
        case "tls.mode.ssl-on-starttls-port": evidence.endpoint.security != .tls
        case "dns.private-address": IPAddress(evidence.endpoint.host) == nil
        case "proto.banner-name": evidence.endpoint.service.language == .smtp
        default: true
        }
    }

    private var stages: [Stage] {
        let network = Stage(checks: Self.networkChecks) { $0.judgeNetwork() }
        let greeting = Stage(checks: Self.greetingChecks) { $0.judgeGreeting() }
        let start = Stage(checks: Self.startTLSChecks) { $0.judgeStartTLS() }
        let handshake = Stage(checks: handshakeChecks) { $0.judgeHandshake() }
        let certificate = Stage(checks: Self.certificateChecks) { $0.judgeCertificate() }
        let offers = Stage(checks: offerChecks) { $0.judgeOffers() }
        let logins = Stage(checks: loginChecks) { $0.judgeLogin() }
        let mailboxes = Stage(checks: mailboxChecks) { $0.judgeMailbox() }
        let encrypted = [handshake, certificate]
        let behind = [offers, logins, mailboxes]
        switch evidence.endpoint.security {
        case .tls: return [network] + encrypted + [greeting] + behind
        case .starttls: return [network, greeting, start] + encrypted + behind
        case .none: return [network, greeting]
        }
    }

    // MARK: - what the stages say

    mutating func ok(_ check: CheckID, _ facts: Facts = [:]) { say(check, .ok, facts) }

    mutating func say(_ check: CheckID, _ status: Status, _ facts: Facts = [:]) {
        // What an earlier stage found well may go wrong later: a connection that was cut, a server that is busy.
        findings.removeAll { $0.check == check && $0.status == .ok }
        findings.append(
            Finding(
                check, status, target: evidence.endpoint.url, address: evidence.address, facts: common.adding(facts),
                milliseconds: evidence.elapsed))
    }

    /// A fault behind which nothing more can be looked at.
    mutating func stop(_ check: CheckID, _ facts: Facts = [:]) -> CheckID {
        say(check, .critical, facts)
        return check
    }

    mutating func skipLogin(because cause: CheckID) { skip("auth.failed", because: cause) }

    /// Without a cause: what was seen does not tell.
    mutating func skip(_ check: CheckID, because cause: CheckID? = nil) {
        findings.append(
            Finding(
                check, .skipped, target: evidence.endpoint.url, address: evidence.address, facts: common,
                because: cause,
                milliseconds: evidence.elapsed))
    }

    private var common: Facts {
        [
            "host": .text(evidence.endpoint.host), "port": .number(Int(evidence.endpoint.port)),
            "address": .text(evidence.address.description), "service": .text(evidence.endpoint.service.label),
        ]
    }

    /// The documented port of the same service, when it is another one.
    var rightPort: Fact? {
        let endpoint = evidence.endpoint
        guard let right = policy.documented.endpoint(endpoint.service), right.port != endpoint.port else { return nil }
        return .text("\(right.port) (\(SettingsJudge.label(right.security)))")
    }
}

extension Facts {
    func adding(_ others: Facts) -> Facts {
        var all = self
        for (name, value) in others.pairs { all[name] = value }
        return all
    }

    /// Without those that are nil.
    init(some pairs: [(String, Fact?)]) {
        self.init(pairs.compactMap { pair in pair.1.map { (pair.0, $0) } })
    }
}
