import MailAdmin
import MailConfig
import MailSessions
import MailStore
import Synchronization

/// Asks the directory of persons again and again who is still active (`identity.active`), and acts on it.
final class PersonsWatch: Sendable {
    private let identity: IdentitySection
    private let store: MailStore
    private let log: SessionLog
    private let task = Mutex<Task<Void, Never>?>(nil)

    init(_ identity: IdentitySection, _ store: MailStore, _ log: SessionLog) {
        (self.identity, self.store, self.log) = (identity, store, log)
    }

    /// Does nothing where nobody is to be asked.
    func start() {
        guard !identity.active.isEmpty else { return }
        let every = Duration.seconds(identity.activeInterval)
        task.withLock { task in
            task = Task.detached {
                while !Task.isCancelled {
                    await self.ask()
                    try? await Task.sleep(for: every)
                }
            }
        }
    }

    func stop() async {
        let running = task.withLock { $0 }
        running?.cancel()
        await running?.value
    }

    private func ask() async {
        let program = ActiveProgram(identity.active, timeout: identity.programTimeout)
        let actor = AuditActor(name: "directory of persons", tool: "mail-serve")
        let administration = Administration(store: store, actor: actor, clock: MailStore.now)
        do {
            let report = try await administration.syncPersons(guardPercent: identity.activeGuard, program.ask)
            for address in report.disabled { log.event("person_disabled", peer: "-", [("user", "\(address)")]) }
            for address in report.enabled { log.event("person_active", peer: "-", [("user", "\(address)")]) }
        } catch {
            log.problem("persons", peer: "-", [("cause", error.words)])
        }
    }
}
