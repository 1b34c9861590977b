/// One question with all that it takes, the aliases that a server left to us included. Blocking.
struct NameChase: Sendable {
    struct Result: Sendable, Equatable {
        var answer: NameAnswer
        /// nil: nothing says how long it may be remembered.
        var seconds: UInt32?
    }

    /// nil: the system's.
    let servers: NameServers?
    let patience: Int

    func follow(_ name: DNSName, _ kind: DNSRecord.Kind) -> Result {
        follow(name, kind, by: .after(milliseconds: patience))
    }

    func follow(_ name: DNSName, _ kind: DNSRecord.Kind, by deadline: Deadline) -> Result {
        let servers = servers ?? NameServers()
        let exchange = NameExchange(servers: servers, deadline: deadline)
        var (name, seconds, isAuthentic) = (name, UInt32?.none, servers.areTrusted)
        for _ in 0...DNSResponse.longestChain {
            let response: DNSResponse
            switch exchange.ask(DNSQuestion(name: name, kind: kind)) {
            case .failed(let reason): return Result(answer: .failed(reason))
            case .answered(let heard): response = heard
            }
            seconds = [seconds, response.seconds].compactMap(\.self).min()
            isAuthentic = isAuthentic && response.isAuthentic
            guard response.isUnfinished, response.code == .done else {
                return Result(answer: Self.answer(response, isAuthentic), seconds: seconds)
            }
            guard let next = DNSName(response.owner) else { return Result(answer: .noName, seconds: seconds) }
            name = next
        }
        return Result(answer: .failed("too many aliases"))
    }

    private static func answer(_ response: DNSResponse, _ isAuthentic: Bool) -> NameAnswer {
        guard response.code == .done else { return .noName }
        guard !response.records.isEmpty else { return .noData }
        return .found(NameRecords(all: response.records, isAuthentic: isAuthentic, canonicalName: response.owner))
    }
}
