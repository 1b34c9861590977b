import ArgumentParser
import Glibc
import MailConfig
import MailTool

/// Options -> configuration -> one of: check it, print it, serve.
@main
struct MailServe: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail-serve", abstract: "The posthus mail server: SMTP, submission, IMAP and POP3.",
        discussion:
            "Runs in the foreground. SIGTERM lets sessions finish and ends; SIGHUP reads the certificates again.",
        version: "posthus 0.1")

    @Option(help: ArgumentHelp("Configuration file.", valueName: "file")) var config: String?
    @Option(help: ArgumentHelp("Folder of the store.", valueName: "dir")) var store: String?
    @Option(
        name: .customLong("set"), parsing: .singleValue,
        help: ArgumentHelp("Set a configuration key; may be repeated.", valueName: "key=value"))
    var overrides: [String] = []
    @Flag(help: "Say what is wrong with configuration, store, certificates and ports: 0 or 78.") var checkConfig = false
    @Flag(help: "Print the configuration in force.") var printConfig = false
    @Flag(help: "Print the listeners: protocol, address, port, TLS, login, separated by tabs.") var printListeners =
        false
    @Flag(help: "Print one line of JSON with the ports when all of them are open.") var readyJson = false
    @Flag(name: .shortAndLong, help: "With --check-config: print only what is wrong.") var quiet = false

    static func main() { ToolMain.start(MailServe.self) }

    func validate() throws {
        if [checkConfig, printConfig, printListeners].filter({ $0 }).count > 1 {
            throw ValidationError("--check-config, --print-config and --print-listeners exclude each other")
        }
        if config == "-" { throw ValidationError("--config - is not possible: standard input is data") }
    }

    func run() async throws {
        let loader = ConfigurationLoader(path: config, store: store, overrides: overrides)
        let configuration: Configuration
        do {
            configuration = try loader.load()
        } catch {
            throw ToolError(
                .configuration, "configuration",
                error.problems.map(\.description).joined(separator: "\nmail-serve: error: "))
        }
        if printConfig {
            try StandardOutput.shared.write(configuration.text)
        } else if printListeners {
            try StandardOutput.shared.write(ListenerList.text(configuration))
        } else if checkConfig {
            try ConfigurationCheck(configuration, path: loader.file.path).run(quiet: quiet)
        } else {
            try await Serving(configuration, loader: loader, announces: readyJson).run()
        }
    }
}

/// `--print-listeners`.
enum ListenerList {
    static func text(_ configuration: Configuration) -> String {
        var text = ""
        for service in Service.allCases where configuration.listen[service].enabled {
            for address in configuration.listen[service].addresses {
                let login = service == .smtp ? "after-tls" : "required"
                let fields = [
                    service.rawValue, address, String(configuration.listen[service].port), service.security.rawValue,
                    login,
                ]
                text += fields.joined(separator: "\t") + "\n"
            }
        }
        return text
    }
}
