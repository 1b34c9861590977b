internal import MailDial
internal import MailNetwork

/// Where a host's name leads, or why it leads nowhere.
struct HostLookup: Sendable {
    let host: String
    let answer: Lookup<[IPAddress]>
    /// The family that alone was asked for, where the name has addresses of the other.
    var lacking: IPAddress.Family?
}

/// What names and published settings amount to: pure.
enum NamesJudge {
    static func findings(_ lookup: HostLookup, documented: DocumentedSettings) -> [Finding] {
        let facts: Facts = ["host": .text(lookup.host), "port": "-", "address": "-", "service": "-"]
        func say(_ check: CheckID, _ status: Status, _ more: Facts = [:]) -> Finding {
            Finding(check, status, target: lookup.host, facts: facts.adding(more))
        }
        switch lookup.answer {
        case .found: return IPAddress(lookup.host) == nil ? [say("dns.none", .ok)] : []
        case .noName, .noData:
            if let family = lookup.lacking {
                return [say("dns.none", .critical, ["family": .text(family == .v4 ? "IPv4" : "IPv6")])]
            }
            let right = documented.endpoints.map(\.host).first { $0 != lookup.host && !$0.isEmpty }
            return [say("dns.none", .critical, Facts(some: [("suggested", right.map { .text($0) })]))]
        case .failed(let reason): return [say("dns.servfail", .unknown, ["reason": .text(reason)])]
        }
    }

    static func skew(_ discovery: Discovery, _ policy: Policy) -> [Finding] {
        guard let clock = discovery.clock else { return [] }
        let facts: Facts = ["host": .text(discovery.domain), "port": "-", "address": "-", "service": "-"]
        let skew = abs(clock.seconds - policy.now)
        guard skew > policy.mostSkew else {
            return [Finding("clock.skew", .ok, target: discovery.domain, facts: facts)]
        }
        return [
            Finding(
                "clock.skew", .warning, target: discovery.domain,
                facts: facts.adding([
                    "skew": .words(SpanWords.text(skew)), "server_time": .text(SpanWords.time(clock.seconds)),
                    "source": .text(clock.source),
                ]))
        ]
    }
}
