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

    @Flag(name: .shortAndLong, help: "Say more, on stderr.")
    var verbose: Int

    @Flag(help: "Never ask.")
    var noInput = false

    func validate() throws {
        if config == "-" { throw ValidationError("--config - is not possible: standard input is data") }
    }

    func configuration() throws(ToolError) -> Configuration {
        do {
            return try ConfigurationLoader(path: config, store: store).load()
        } catch {
            throw ToolError(
                .configuration, "configuration",
                error.problems.map(\.description).joined(separator: "\nmailctl: error: "))
        }
    }

    /// Opens the store, lets `body` work with it, closes it.
    func withStore<T>(_ body: (Administration) async throws -> T) async throws -> T {
        let path = try configuration().server.store
        try Privileges.become(ownerOf: path)
        let store: MailStore
        do {
            store = try MailStore(at: path)
        } catch {
            throw ToolError.opening(path, error)
        }
        let administration = Administration(store: store, actor: Privileges.actor, clock: MailStore.now)
        do {
            let value = try await body(administration)
            await store.close()
            return value
        } catch {
            await store.close()
            throw (error as? AdminError).map(ToolError.init) ?? error
        }
    }

    /// A line for people about what was done.
    func say(_ text: String) throws(ToolError) {
        if quiet == 0 { try StandardOutput.shared.write(text + "\n") }
    }
}

/// The environment's word on formats, for commands that change nothing.
enum Environment {
    static var format: String? { getenv("MAIL_FORMAT").map { String(cString: $0) } }
}

enum Privileges {
    /// Who asks, for the audit trail.
    static var actor: String {
        if let name = getenv("SUDO_USER") { return "\(String(cString: name)) (sudo)" }
        return getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } ?? "uid \(getuid())"
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
