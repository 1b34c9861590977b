package import MailMessage

/// Which attempts a worker is asked for.
package enum AttemptChoice: Sendable, Equatable {
    case token(ProbeToken)
    /// An address or a network in CIDR notation, and from when to when, both included.
    case from(String, since: EpochSeconds, until: EpochSeconds)
}

/// How far a worker's memory of attempts reaches back, and where it would see them.
package struct AttemptMemory: Sendable, Equatable {
    package struct Port: Sendable, Hashable {
        package let service: String
        package let number: Int

        package init(service: String, number: Int) {
            self.service = service
            self.number = number
        }
    }

    /// Whatever came since then is known.
    package let since: EpochSeconds
    /// So many of the latest are kept.
    package let limit: Int
    package let ports: [Port]

    package init(since: EpochSeconds, limit: Int, ports: [Port]) {
        self.since = since
        self.limit = limit
        self.ports = ports
    }

    package var line: String {
        PresenceFields.line([
            ("since", String(since)), ("limit", String(limit)),
            ("ports", ports.map { "\($0.service):\($0.number)" }.joined(separator: ",")),
        ])
    }

    init?(line: Substring) {
        let fields = PresenceFields(line)
        guard let since = fields["since"].flatMap(EpochSeconds.init), let limit = fields.number("limit") else {
            return nil
        }
        let ports = (fields["ports"] ?? "").split(separator: ",").compactMap { Port(text: $0) }
        self.init(since: since, limit: limit, ports: ports)
    }
}

extension AttemptMemory.Port {
    fileprivate init?(text: Substring) {
        let parts = text.split(separator: ":")
        guard parts.count == 2, let number = Int(parts[1]) else { return nil }
        self.init(service: String(parts[0]), number: number)
    }
}
