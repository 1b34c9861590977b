internal import MailDial
internal import MailNetwork

extension EndpointJudge {
    static let networkChecks: [CheckID] = [
        "net.refused", "net.filtered", "net.unreachable", "net.slow-connect", "dns.private-address",
    ]

    mutating func judgeNetwork() -> CheckID? {
        switch evidence.connect {
        case .done(let milliseconds):
            if evidence.address.isPrivate, IPAddress(evidence.endpoint.host) == nil {
                say("dns.private-address", .info)
            }
            if milliseconds >= policy.slowConnect {
                say("net.slow-connect", .warning, ["took": .milliseconds(milliseconds)])
            }
            return nil
        case .failed(let failure, let milliseconds): return judgeFailure(failure, milliseconds)
        }
    }

    private mutating func judgeFailure(_ failure: DialFailure, _ milliseconds: Int) -> CheckID {
        if evidence.address.isPrivate, failure != .refused, failure != .reset { say("dns.private-address", weight) }
        let (check, facts): (CheckID, Facts) =
            switch failure {
            case .refused: ("net.refused", Facts(some: [("right", rightPort)]))
            case .timedOut: ("net.filtered", ["after": .milliseconds(milliseconds)])
            case .reset, .closed: ("net.reset", ["stage": "connect", "stage_words": stageWords("connect")])
            case .noRoute, .unreachable, .tooLong, .system: ("net.unreachable", ["reason": .text(failure.words)])
            }
        say(check, weight, facts)
        return check
    }

    /// A port that nobody promised may be closed, or behind a firewall.
    private var weight: Status { evidence.endpoint.isOptional ? .info : .critical }

    /// What was cut off while something was going on.
    mutating func judgeCut(_ stage: String) -> CheckID {
        stop("net.reset", ["stage": .text(stage), "stage_words": stageWords(stage)])
    }

    /// The same behind a greeting: cut, or silent until the end of our patience.
    mutating func judgeLost() -> CheckID {
        guard evidence.broken == DialFailure.timedOut.words else { return judgeCut("after") }
        let hasTalked = evidence.clearCapabilities != nil || evidence.capabilities != nil
        let moment = hasTalked ? Text("more", sv: "mer") : Text("after its greeting", sv: "efter sin hälsning")
        return stop("proto.silent", ["after": .milliseconds(evidence.brokenAfter), "after_what": .words(moment)])
    }

    private func stageWords(_ stage: String) -> Fact {
        switch stage {
        case "connect": .words(Text("while connecting", sv: "under uppkopplingen"))
        case "handshake": .words(Text("during the handshake", sv: "medan krypteringen förhandlades"))
        case "greeting": .words(Text("before the server's greeting", sv: "innan servern hälsade"))
        default: .words(Text("after the server's greeting", sv: "efter serverns hälsning"))
        }
    }
}
