import MailConfig
import MailFilter
import MailSessions

/// `[filter]` in the server's own values, as far as lists and programs go.
struct FilterPlanBuilder {
    /// DNS servers are asked by TCP where an answer does not fit into a datagram (RFC 7766 §5).
    private static let domainPort: UInt16 = 53

    private let configuration: Configuration

    init(_ configuration: Configuration) { self.configuration = configuration }

    func apply(to plan: inout ServerPlan) {
        let filter = configuration.filter
        plan.filters.blockLists = filter.blocklists.compactMap(BlockList.init)
        plan.filters.usesGreylist = filter.greylist
        plan.filters.greylistSeconds = filter.greylistDelay
        plan.filters.greylistExempt = filter.greylistExempt.map { $0.lowercased() }
        plan.filters.milters = milters
        plan.filters.milterPolicy = policy
        plan.filters.senders = senders
        plan.filters.publicSuffixes = filter.publicSuffixes
        plan.filters.junkHeaders = filter.junkHeaders.compactMap(JunkHeader.init)
    }

    /// All that the process which faces the world may connect to: names, and the filters' own ports. Sockets with a name are
    /// subject to the rights of their files alone.
    var dialledPorts: [UInt16] {
        let filters = milters.compactMap { address -> UInt16? in
            guard case .tcp(_, let port) = address else { return nil }
            return UInt16(exactly: port)
        }
        let names = configuration.dns.place.map { UInt16(clamping: $0.port) } ?? Self.domainPort
        return Array(Set(filters + [names])).sorted()
    }

    private var senders: SenderPolicy {
        let filter = configuration.filter
        var policy = SenderPolicy(
            authservID: filter.authservID.isEmpty ? configuration.server.name : filter.authservID)
        policy.spf = Self.check(filter.spf)
        policy.checksDKIM = filter.dkim != .off
        policy.dmarc = Self.check(filter.dmarc)
        policy.checksARC = filter.arc != .off
        policy.trustedSealers = filter.arcTrusted
        return policy
    }

    private static func check(_ check: FilterSection.Check) -> SenderPolicy.Check {
        switch check {
        case .off: .off
        case .mark: .mark
        case .obey: .obey
        }
    }

    private var milters: [MilterAddress] { configuration.filter.milters.compactMap(MilterAddress.init) }

    private var policy: MilterPolicy {
        let filter = configuration.filter
        var policy = MilterPolicy()
        policy.seconds = filter.milterTimeout
        policy.finalSeconds = filter.milterTimeout * 4
        policy.longestFinalSeconds = max(policy.longestFinalSeconds, policy.finalSeconds)
        policy.largestBody = configuration.limits.messageSize
        policy.fallback =
            switch filter.milterDefault {
            case .accept: .accept
            case .tempfail: .tempfail
            case .reject: .reject
            }
        return policy
    }
}
