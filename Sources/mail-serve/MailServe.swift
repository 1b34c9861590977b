import ArgumentParser
import Glibc
import MailConfig
import MailSupervisor
import MailTool

/// Options -> configuration -> one of: check it, print it, ask the running server, serve.
@main
struct MailServe: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail-serve", abstract: "The posthus mail server: SMTP, submission, IMAP and POP3.",
        discussion:
            "Runs in the foreground: a supervisor that starts worker processes and replaces those that die. SIGTERM lets "
            + "sessions finish and ends, a second one ends at once; SIGHUP reads the configuration again; SIGUSR2 goes over "
            + "to a newly installed version.",
        version: "posthus 0.1")

    @Option(help: ArgumentHelp("Configuration file.", valueName: "file"), completion: .file()) var config: String?
    @Option(help: ArgumentHelp("Folder of the store.", valueName: "dir"), completion: .directory) var store: String?
    @Option(
        name: .customLong("set"), parsing: .singleValue,
        help: ArgumentHelp("Set a configuration key; may be repeated.", valueName: "key=value"))
    var overrides: [String] = []
    @Flag(help: "Say what is wrong with configuration, store, certificates and ports: 0 or 78.") var checkConfig = false
    @Flag(help: "Print the configuration in force.") var printConfig = false
    @Flag(help: "Print the listeners: protocol, address, port, TLS, login, separated by tabs.") var printListeners =
        false
    @Flag(help: "Print every limit: value, default, key, RFC and reason.") var printLimits = false
    @Flag(help: "Print one line of JSON with the ports when all of them are open.") var readyJson = false
    @Flag(help: "Serve in this one process: for development.") var singleProcess = false
    @Flag(help: "Show the workers of the running server.") var status = false
    @Flag(help: "Make the running server read configuration and certificates again.") var reload = false
    @Flag(help: "Let the sessions of the running server finish, and end it.") var drain = false
    @Flag(help: "Make the running server go over to the program that is installed now.") var upgrade = false
    @Option(help: ArgumentHelp("With --drain, --reload, --upgrade: wait no longer.", valueName: "span")) var timeout:
        String?
    @Flag(help: "With --status and --print-limits: as JSON, an object on a line.") var json = false
    @Flag(name: .shortAndLong, help: "With --check-config: print only what is wrong.") var quiet = false
    @OptionGroup var tool: ToolOptions
    /// What a supervisor runs before it starts workers: see `Preflight`.
    @Flag(help: .hidden) var checkStart = false

    static func main() {
        Heap.keepSmall()
        if CommandLine.arguments.dropFirst().first == WorkerFiles.option { WorkerMain.start() }
        ToolMain.startOnThisThread(MailServe.self)
    }

    private var requests: [ControlRequest] {
        let flags: [(Bool, ControlRequest)] = [
            (status, .status), (reload, .reload), (drain, .drain), (upgrade, .upgrade),
        ]
        return flags.filter(\.0).map(\.1)
    }

    func validate() throws {
        if [checkConfig, printConfig, printListeners, printLimits].filter({ $0 }).count + requests.count > 1 {
            throw ValidationError(
                "--check-config, --print-config, --print-listeners, --print-limits, --status, --reload, --drain and "
                    + "--upgrade exclude each other")
        }
        if config == "-" { throw ValidationError("--config - is not possible: standard input is data") }
    }

    func run() throws {
        let loader = ConfigurationLoader(path: config, store: store, overrides: overrides)
        let configuration = try Startup.load(loader)
        if checkStart {
            try Startup.rehearse(configuration)
        } else if printConfig {
            try StandardOutput.shared.write(configuration.text)
        } else if printListeners {
            try StandardOutput.shared.write(ListenerList.text(configuration))
        } else if printLimits {
            try LimitList(configuration).write(asJSON: json)
        } else if checkConfig {
            try ConfigurationCheck(configuration, path: loader.file.path).run(quiet: quiet)
        } else if let request = requests.first {
            try ControlCommand(request, store: configuration.server.store, timeout: timeout, isJSON: json).run()
        } else if singleProcess {
            let serving = Serving(configuration, loader: loader, announces: readyJson)
            try MainThread.wait { try await serving.run() }
        } else {
            try Supervising(configuration, loader: loader, announces: readyJson).run()
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
