/// What a worker serves.
package enum WorkerRole: String, CaseIterable, Sendable {
    case smtp, imap, pop3, monitor, identity, relay, web

    /// By the names that the configuration gives them.
    package var services: [String] {
        switch self {
        case .smtp: ["smtp", "submission", "submissions"]
        case .imap: ["imap", "imaps"]
        case .pop3: ["pop3", "pop3s"]
        case .web: ["https"]
        case .monitor: ["monitor"]
        case .identity, .relay: []
        }
    }
}

/// A place that a configuration wants filled: one process serves it at a time.
package struct WorkerSeat: Hashable, Sendable, CustomStringConvertible {
    package let role: WorkerRole
    /// From 1, among the seats of this role.
    package let number: Int

    package init(_ role: WorkerRole, _ number: Int = 1) {
        self.role = role
        self.number = number
    }

    /// `imap-2`, as `ps` shows it.
    package var description: String { "\(role.rawValue)-\(number)" }
}
