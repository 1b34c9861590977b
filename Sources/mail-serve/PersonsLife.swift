import MailAdmin
import MailConfig
import MailSessions
import MailStore
import MailTool
import Synchronization

/// The identity worker: asks the directory of persons again and again who is still active, and tells the pages who somebody is.
/// It starts programs of the operator's and dials the organisation's provider, which no worker that speaks with strangers may.
final class PersonsLife: Sendable {
    private let configuration: Configuration
    private let log: SessionLog
    private let store: MailStore
    private let desk: IdentityDesk?
    private let task = Mutex<Task<Void, Never>?>(nil)
    private let socket = Mutex<ServiceSocket?>(nil)

    init(_ configuration: Configuration) throws(ToolError) {
        self.configuration = configuration
        log = SessionLog(StderrLog.logger(configuration.log, role: "identity"), service: "identity")
        let path = configuration.server.store
        let builder = IdentityDeskBuilder(configuration)
        desk = builder.isNeeded ? try builder.desk() : nil
        do { store = try MailStore(at: path) } catch {
            throw ToolError(.unavailable, "store", "cannot open the store at \(path): \(error)")
        }
    }

    func start() throws(ToolError) {
        do throws(StoreError) {
            let made = try desk?.open(store: configuration.server.store)
            socket.withLock { $0 = made }
        } catch {
            throw ToolError(.unavailable, "identity", "the pages cannot ask about people: \(error)")
        }
        if !configuration.identity.active.isEmpty { askAgainAndAgain() }
    }

    private func askAgainAndAgain() {
        let every = Duration.seconds(configuration.identity.activeInterval)
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
        socket.withLock { $0?.close() }
        let running = task.withLock { $0 }
        running?.cancel()
        await running?.value
        await store.close()
    }

    private func ask() async {
        let identity = configuration.identity
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
