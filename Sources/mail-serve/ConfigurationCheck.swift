import Glibc
import MailConfig
import MailCrypto
import MailSessions
import MailStore
import MailSupervisor
import MailTool
import MailTransport

/// `--check-config`: everything that would keep the server from starting, or soon will.
struct ConfigurationCheck {
    private enum Verdict: String {
        case good = "✓"
        case warning = "!"
        case bad = "✗"
    }

    static let warningDays = 21

    private let configuration: Configuration
    private let path: String
    private var findings: [(verdict: Verdict, topic: String, text: String)] = []

    init(_ configuration: Configuration, path: String) {
        self.configuration = configuration
        self.path = path
    }

    func run(quiet: Bool) throws {
        var check = self
        check.add(.good, "config", access(path, R_OK) == 0 ? path : "defaults; there is no \(path)")
        check.checkStore()
        check.checkIdentities()
        check.checkProfiles()
        check.checkLogin()
        check.checkCapabilities()
        check.checkPorts()
        check.checkProcess()
        for finding in check.findings where !quiet || finding.verdict != .good {
            let topic = finding.topic + String(repeating: " ", count: max(0, 11 - finding.topic.count))
            try StandardOutput.shared.write("\(finding.verdict.rawValue) \(topic) \(finding.text)\n")
        }
        let errors = check.findings.count { $0.verdict == .bad }
        let warnings = check.findings.count { $0.verdict == .warning }
        if errors + warnings > 0 {
            let words = [(errors, "error"), (warnings, "warning")].map { "\($0) \($1)" + ($0 == 1 ? "" : "s") }
            StandardError.write("mail-serve: \(words.joined(separator: ", "))\n")
        }
        if errors > 0 { throw ToolExit(.configuration) }
    }

    private mutating func add(_ verdict: Verdict, _ topic: String, _ text: String) {
        findings.append((verdict, topic, text))
    }

    private mutating func checkStore() {
        let folder = configuration.server.store
        guard access(folder + "/directory.db", F_OK) == 0 else {
            return add(.bad, "store", "\(folder): \(String(cString: strerror(errno))); make it with mailctl store init")
        }
        guard access(folder, R_OK | W_OK | X_OK) == 0 else { return add(.bad, "store", "\(folder) cannot be written") }
        add(.good, "store", folder)
    }

    private mutating func checkIdentities() {
        let identities = PlanBuilder.identities(configuration)
        guard !identities.isEmpty else {
            return add(Startup.needsTLS(configuration) ? .bad : .warning, "certificate", "none: nobody can log in")
        }
        for identity in identities {
            if let problem = KeyFile.problem(identity.keyFile) {
                add(.bad, "key", problem)
                continue
            }
            do {
                _ = try TLSServerContext(identities: [identity])
                let facts = try CertificateFacts(file: identity.certificateFile)
                let verdict: Verdict = facts.daysLeft < 0 ? .bad : facts.daysLeft < Self.warningDays ? .warning : .good
                let days = facts.daysLeft < 0 ? "has expired" : "\(facts.daysLeft) days left"
                add(
                    verdict, "certificate",
                    "\(identity.certificateFile): \(facts.subject), \(days), chain of \(facts.chainLength)")
            } catch {
                add(.bad, "certificate", error.description)
            }
        }
    }

    private mutating func checkProfiles() {
        guard let signer = WebPlanBuilder(configuration).profileSigner else { return }
        if let problem = KeyFile.problem(signer.keyFile) { return add(.bad, "profiles", problem) }
        do throws(ContentSignerError) {
            _ = try signer.sign([])
            add(.good, "profiles", "signed with \(signer.certificateFile)")
        } catch {
            let problem =
                switch error {
                case .unreadable(let file): "\(file) cannot be read, or is not PEM"
                case .mismatch: "\(signer.keyFile) is not the key of \(signer.certificateFile)"
                }
            add(.bad, "profiles", problem)
        }
    }

    private mutating func checkLogin() {
        guard configuration.identity.login != .mail else { return }
        do throws(ToolError) {
            try IdentityDeskBuilder(configuration).check()
            add(.good, "login", "to the pages by \(configuration.identity.login.rawValue)")
        } catch {
            add(.bad, "login", error.message)
        }
    }

    private mutating func checkCapabilities() {
        let known = IMAPCapabilities.switchable
        for name in CapabilitySwitches(configuration.imap.without).rules.flatMap(\.names) where !known.contains(name) {
            add(.warning, "imap", "without: \(name) is no capability that can be kept from anybody")
        }
    }

    private mutating func checkProcess() {
        DescriptorLimit.raise()
        if let problem = DescriptorLimit.problem(configuration) { add(.warning, "descriptors", problem) }
        if let problem = Startup.rootProblem(configuration) { add(.warning, "user", problem) }
    }

    private mutating func checkPorts() {
        let server = RunningServer(store: configuration.server.store)
        for port in PlanBuilder.wantedPorts(configuration) {
            for host in PortSocket.hosts(port.host) where port.port != 0 {
                let name = "\(port.service) \(host):\(port.port)"
                do {
                    close(try PortSocket.bind(host: host, port: port.port))
                    add(.good, "listener", name)
                } catch {
                    let isOurs = error.code == EADDRINUSE && server.owns(port: port.port)
                    add(isOurs ? .good : .bad, "listener", "\(name) \(error.words)")
                }
            }
        }
    }
}

/// The server that serves this store now, if there is one: its ports are in use, and that is right.
private struct RunningServer {
    private let processes: Set<Int32>

    init(store: String) {
        let status = try? ControlCall.ask(.status, store: store, timeout: .seconds(5))
        let workers = status?["workers"]?.items ?? []
        processes = Set((workers + [status].compactMap { $0 }).compactMap { $0["pid"]?.int.map(Int32.init(clamping:)) })
    }

    func owns(port: Int) -> Bool { PortOwner.find(port: port).map { processes.contains($0.pid) } ?? false }
}

/// A private key that everybody can read is none.
enum KeyFile {
    static func problem(_ path: String) -> String? {
        guard !path.isEmpty else { return "tls.key is not set" }
        guard !CredentialPath.isOpen(path) else {
            return "\(path): \(CredentialPath.variable) is not set; only a service that systemd starts has it"
        }
        var status = stat()
        guard stat(path, &status) == 0 else { return "\(path): \(String(cString: strerror(errno)))" }
        guard status.st_mode & 0o007 == 0 else { return "\(path) can be read by everybody; chmod 640 \(path)" }
        guard access(path, R_OK) == 0 else { return "\(path): \(String(cString: strerror(errno)))" }
        return nil
    }
}
