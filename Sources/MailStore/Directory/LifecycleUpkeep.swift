internal import MailMessage

extension Directory {
    /// So many in each durable write.
    static let expiriesAtOnce = 200

    /// Does what was decided for the last days that have come, and says whom it was done to. Run again, it goes on.
    @discardableResult
    package func carryOutExpiries(by actor: AuditActor) async throws(StoreError) -> [AccountEntry] {
        var done: [AccountEntry] = []
        while true {
            let due = try await read { try $0.dueExpiries() }.prefix(Self.expiriesAtOnce).map(\.id)
            guard !due.isEmpty else { return done }
            done += try await write(by: actor) { transaction in
                // Somebody else may have been quicker.
                let still = try transaction.dueExpiries().filter { due.contains($0.id) }
                for entry in still { try transaction.carryOutExpiry(of: entry.id) }
                return still
            }
        }
    }
}

/// Looks once a minute whose last day has come; one process of a server does.
struct LifecycleUpkeep: Sendable {
    static let period = Duration.seconds(60)
    static let actor = AuditActor(name: "life cycle", tool: "mail-serve")

    let directory: Directory

    func run() async {
        while !Task.isCancelled {
            _ = try? await directory.carryOutExpiries(by: Self.actor)
            try? await Task.sleep(for: Self.period)
        }
    }
}
