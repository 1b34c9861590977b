/// What other servers may expect of ours (MTA-STS, RFC 8461 §3.2); the same for each domain.
package struct TransportPolicy: Sendable, Equatable {
    package enum Mode: String, CaseIterable, Sendable { case enforce, testing, none }

    package let mode: Mode
    /// Where mail for the domains goes.
    package let hosts: [String]

    package init(mode: Mode = .enforce, hosts: [String]) { (self.mode, self.hosts) = (mode, hosts) }

    /// Months, as the RFC advises: so long nobody can talk senders out of it.
    private static let seconds = 7_776_000

    package var text: String {
        let names = mode == .none ? [] : hosts.map { "mx: \($0)" }
        return (["version: STSv1", "mode: \(mode.rawValue)"] + names + ["max_age: \(Self.seconds)"])
            .map { $0 + "\r\n" }.joined()
    }
}

/// What the server's own pages do for its domains.
package struct WebPresence: Sendable, Equatable {
    /// nil: it has none, and everything that programs fetch lies on another web server.
    package let port: Int?
    package let policy: TransportPolicy

    package init(port: Int?, policy: TransportPolicy) { (self.port, self.policy) = (port, policy) }
}
