package import MailShared

/// Whether the server can take a mail now, and if not why, in one sentence each. Pure.
package struct Readiness: Sendable, Equatable {
    /// A worker that has been silent for longer than a few beats does no work, whatever the supervisor thinks of it.
    package static let longestSilence = 15

    package let problems: [String]
    package var isReady: Bool { problems.isEmpty }

    /// `roles`: each must have a live worker.
    package init(_ snapshot: MetricsSnapshot, roles: [MetricRole]) {
        problems = Self.missing(roles, in: snapshot) + Self.store(snapshot)
    }

    private static func missing(_ roles: [MetricRole], in snapshot: MetricsSnapshot) -> [String] {
        roles.compactMap { role in
            let lives = snapshot.workers.contains { $0.role == role && $0.silence <= longestSilence }
            return lives ? nil : "no worker for \(role) is alive"
        }
    }

    private static func store(_ snapshot: MetricsSnapshot) -> [String] {
        var problems: [String] = []
        switch snapshot.value(.storeWritable) {
        case 2: break
        case nil: problems.append("nobody has looked at the store yet")
        default: problems.append("the store cannot be written")
        }
        if let free = snapshot.value(.diskFree), let floor = snapshot.value(.diskFloor), free < floor {
            problems.append("the disk has \(free) bytes left, less than the floor of \(floor)")
        }
        return problems
    }

    package var text: String { isReady ? "ready\n" : problems.map { $0 + "\n" }.joined() }
}
