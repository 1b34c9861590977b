package import ArgumentParser
import Glibc
package import MailAdmin
package import MailConfig
import MailStore
package import MailTool

/// What every command takes.
package struct CommonOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Configuration file.", valueName: "file"), completion: .file())
    package var config: String?

    @Option(help: ArgumentHelp("Folder of the store.", valueName: "dir"), completion: .directory)
    package var store: String?

    @Flag(name: .shortAndLong, help: "Only errors; twice: not even those.")
    package var quiet: Int

    @Flag(name: .shortAndLong, help: "Say on stderr which configuration and store are used.")
    package var verbose: Int

    @Option(help: ArgumentHelp("Work as if it were then; only on a test store.", valueName: "time"))
    package var now: String?

    @Flag(help: "Never ask.")
    package var noInput = false

    package init() {}

    package func validate() throws {
        if config == "-" { throw ValidationError("--config - is not possible: standard input is data") }
    }

    package var loader: ConfigurationLoader { ConfigurationLoader(path: config, store: store) }

    package func configuration() throws(ToolError) -> Configuration {
        let loader = loader
        do {
            let configuration = try loader.load()
            note("configuration \(loader.file.path)\(access(loader.file.path, F_OK) == 0 ? "" : " (absent: defaults)")")
            return configuration
        } catch {
            throw ToolError(error)
        }
    }

    /// Opens the store, lets `body` work with it, closes it. `openAccounts`: databases at the same time.
    package func withStore<T>(
        openAccounts: Int? = nil, threads: Int? = nil, _ body: (Administration) async throws -> T
    ) async throws -> T {
        let configuration = try configuration()
        let path = configuration.server.store
        let actor = Privileges.actor
        try Privileges.become(ownerOf: path)
        let clock = try clock()
        let store: MailStore
        do {
            var options = configuration.storeOptions
            if let openAccounts { options.openAccounts = openAccounts }
            if let threads { options.threads = threads }
            store = try MailStore(at: path, options: options, clock: clock)
        } catch {
            throw ToolError.opening(path, error)
        }
        note("store \(path)\(store.isTestStore ? " (for tests)" : ""), as \(actor)")
        let administration = Administration(store: store, actor: actor, clock: clock)
        do {
            if now != nil, !store.isTestStore { throw TestClock.refusal }
            let value = try await body(administration)
            await store.close()
            return value
        } catch {
            await store.close()
            throw (error as? AdminError).map(ToolError.init) ?? error
        }
    }

    /// The system's clock, or the moment of `--now`.
    package func clock() throws(ToolError) -> @Sendable () -> Int64 {
        guard let now else { return MailStore.now }
        guard let moment = TimeText.parse(now) else {
            throw .usage("--now \(now): a time such as 2027-02-01 or 2027-02-01T12:00:00Z")
        }
        return { moment }
    }

    /// What a change came to: a line for people, or an object for scripts.
    package func tell(_ outcome: Outcome, _ kind: String, _ name: String, _ options: ResultOptions) throws(ToolError) {
        try say("\(outcome.rawValue) \(name)", options, [("outcome", .text(outcome.rawValue)), (kind, .text(name))])
    }

    package func say(_ text: String, _ options: ResultOptions, _ fields: [(String, JSONValue)]) throws(ToolError) {
        try say(options.json ? JSONValue.object([("v", .integer(1))] + fields).compact : text)
    }

    /// A sum for people, on stderr: stdout carries records.
    package func tellPeople(_ text: String) {
        if quiet == 0 { StandardError.write("\(ToolMain.name): \(text)\n") }
    }

    /// For `-v`, on stderr.
    package func note(_ text: String) {
        if verbose > 0 { StandardError.write("\(ToolMain.name): \(text)\n") }
    }

    /// A line for people about what was done.
    package func say(_ text: String) throws(ToolError) {
        if quiet == 0 { try StandardOutput.shared.write(text + "\n") }
    }
}

extension Configuration {
    /// For tools that change mail: what they remove is kept as the server keeps it.
    var storeOptions: MailStore.Options {
        var options = MailStore.Options()
        options.restore = RestorePolicy(seconds: Int64(retention.restorable), bytes: retention.restorableSize)
        options.sendingOfPersons = sending.persons
        options.sendingOfHosts = sending.hosts
        return options
    }
}
