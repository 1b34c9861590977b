import ArgumentParser
import Glibc
import MailAdmin
import MailConfig
import MailStore
import MailTool

/// What every command takes.
struct CommonOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Configuration file.", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("Folder of the store.", valueName: "dir"))
    var store: String?

    @Flag(name: .shortAndLong, help: "Only errors; twice: not even those.")
    var quiet: Int

    @Flag(name: .shortAndLong, help: "Say on stderr which configuration and store are used.")
    var verbose: Int

    @Option(help: ArgumentHelp("Work as if it were then; only on a test store.", valueName: "time"))
    var now: String?

    @Flag(help: "Never ask.")
    var noInput = false

    func validate() throws {
        if config == "-" { throw ValidationError("--config - is not possible: standard input is data") }
    }

    var loader: ConfigurationLoader { ConfigurationLoader(path: config, store: store) }

    func configuration() throws(ToolError) -> Configuration {
        let loader = loader
        do {
            let configuration = try loader.load()
            note("configuration \(loader.file.path)\(access(loader.file.path, F_OK) == 0 ? "" : " (absent: defaults)")")
            return configuration
        } catch {
            throw ToolError(error)
        }
    }

    /// Opens the store, lets `body` work with it, closes it.
    func withStore<T>(_ body: (Administration) async throws -> T) async throws -> T {
        let path = try configuration().server.store
        let actor = Privileges.actor
        try Privileges.become(ownerOf: path)
        let clock = try clock()
        let store: MailStore
        do {
            store = try MailStore(at: path, clock: clock)
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
    func clock() throws(ToolError) -> @Sendable () -> Int64 {
        guard let now else { return MailStore.now }
        guard let moment = TimeText.parse(now) else {
            throw .usage("--now \(now): a time such as 2027-02-01 or 2027-02-01T12:00:00Z")
        }
        return { moment }
    }

    /// What a change came to: a line for people, or an object for scripts.
    func tell(_ outcome: Outcome, _ kind: String, _ name: String, _ options: ResultOptions) throws(ToolError) {
        try say("\(outcome.rawValue) \(name)", options, [("outcome", .text(outcome.rawValue)), (kind, .text(name))])
    }

    func say(_ text: String, _ options: ResultOptions, _ fields: [(String, JSONValue)]) throws(ToolError) {
        try say(options.json ? JSONValue.object([("v", .integer(1))] + fields).compact : text)
    }

    /// A sum for people, on stderr: stdout carries records.
    func tellPeople(_ text: String) {
        if quiet == 0 { StandardError.write("mailctl: \(text)\n") }
    }

    /// For `-v`, on stderr.
    func note(_ text: String) {
        if verbose > 0 { StandardError.write("mailctl: \(text)\n") }
    }

    /// A line for people about what was done.
    func say(_ text: String) throws(ToolError) {
        if quiet == 0 { try StandardOutput.shared.write(text + "\n") }
    }
}

/// How commands that change something answer.
struct ResultOptions: ParsableArguments {
    @Flag(help: "Answer with one JSON object; errors too.")
    var json = false
}

enum TestClock {
    static let refusal = ToolError.usage(
        "--now works only on a test store", hint: "mailctl store init --test makes one")
}

/// The environment's word on formats, for commands that change nothing.
enum Environment {
    static var format: String? { getenv("MAIL_FORMAT").map { String(cString: $0) } }
}

enum Privileges {
    /// Before a store is made by root: the folder for the user and group the configuration names, where they exist.
    static func prepare(_ path: String, for server: ServerSection) throws(ToolError) {
        guard geteuid() == 0, !server.user.isEmpty, access(path, F_OK) != 0,
            let user = getpwnam(server.user)?.pointee.pw_uid
        else { return }
        let group = getgrnam(server.group)?.pointee.gr_gid ?? gid_t.max
        guard mkdir(path, 0o700) == 0, chown(path, user, group) == 0 else { throw .file(path, errno: errno) }
    }

    /// Who asks, for the audit trail.
    static var actor: AuditActor {
        // Anybody may set these variables; only root is believed, whom nobody could hold to a name anyway.
        if getuid() == 0, let name = getenv("SUDO_USER"), let uid = getenv("SUDO_UID") {
            return AuditActor(
                name: "\(String(cString: name).prefix(64)) (sudo)", uid: Int64(String(cString: uid)), tool: "mailctl")
        }
        let name = getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } ?? "uid \(getuid())"
        return AuditActor(name: name, uid: Int64(getuid()), tool: "mailctl")
    }

    /// Root works as the store's owner: what root makes in it the server could not read.
    static func become(ownerOf path: String) throws(ToolError) {
        var status = stat()
        guard geteuid() == 0, stat(path, &status) == 0, status.st_uid != 0 else { return }
        guard setgroups(0, nil) == 0, setgid(status.st_gid) == 0, setuid(status.st_uid) == 0 else {
            throw ToolError(
                .permission, "privileges", "cannot become the owner of \(path): \(String(cString: strerror(errno)))")
        }
    }
}
