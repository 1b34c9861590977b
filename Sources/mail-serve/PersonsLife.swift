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
    private let store: MailStore
    private let desk: IdentityDesk?
    private let watch: PersonsWatch
    private let socket = Mutex<ServiceSocket?>(nil)

    init(_ configuration: Configuration) throws(ToolError) {
        self.configuration = configuration
        let path = configuration.server.store
        let builder = IdentityDeskBuilder(configuration)
        desk = builder.isNeeded ? try builder.desk() : nil
        do { store = try MailStore(at: path) } catch {
            throw ToolError(.unavailable, "store", "cannot open the store at \(path): \(error)")
        }
        let log = SessionLog(StderrLog.logger(configuration.log, role: "identity"), service: "identity")
        watch = PersonsWatch(configuration.identity, store, log)
    }

    func start() throws(ToolError) {
        do throws(StoreError) {
            let made = try desk?.open(store: configuration.server.store)
            socket.withLock { $0 = made }
        } catch {
            throw ToolError(.unavailable, "identity", "the pages cannot ask about people: \(error)")
        }
        watch.start()
    }

    func stop() async {
        socket.withLock { $0?.close() }
        await watch.stop()
        await store.close()
    }
}
