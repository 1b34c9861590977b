package import MailDial
package import MailMessage
package import MailNetwork

/// What is to be looked at, and how.
package struct ProbeRequest: Sendable {
    package var targets: [Target] = []
    package var typed: ClientSettings?
    /// A domain whose every announcement is to be shown.
    package var discover: String?
    package var services: Set<Service> = []
    package var family: IPAddress.Family?
    /// Instead of what the names say.
    package var address: IPAddress?
    package var resolver: Resolver
    package var plan: ProbePlan
    package var policy: Policy
    package var only: Set<CheckID> = []
    package var leaveOut: Set<CheckID> = []

    package init(resolver: Resolver, plan: ProbePlan, policy: Policy) {
        (self.resolver, self.plan, self.policy) = (resolver, plan, policy)
    }
}

/// What came of it.
package struct ProbeReport: Sendable {
    package var findings: [Finding]
    package var discovery: Discovery?
    package let token: ProbeToken
    package let milliseconds: Int
    /// Some server can have heard the token: its postmaster finds this run.
    package let hasSentToken: Bool

    /// The worst of all; a run that looked at nothing is no success.
    package var status: Status {
        guard let worst = findings.map(\.status).max(by: { $0.weight < $1.weight }) else { return .unknown }
        return worst.weight < Status.unknown.weight ? .ok : worst
    }

    package func count(_ status: Status) -> Int { findings.count { $0.status == status } }

    /// What to mend first.
    package var root: Finding? { findings.first { $0.status == status && $0.isProblem } }
}

extension Status {
    var weight: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
