import ArgumentParser
import MailAdmin
import MailCommand
import MailConfig
import MailMessage
import MailStore
import MailTool

struct DNSCommand: AsyncParsableCommand {
    enum Format: String, CaseIterable, ExpressibleByArgument { case table, tsv, csv, json, ndjson, zone }

    static let configuration = CommandConfiguration(
        commandName: "dns", abstract: "Every record that a domain needs, and whether DNS has it.",
        discussion: """
            zone is for a zone file; in it the policy for MTA-STS is a comment, as it belongs on a web server. With --check the exit code is
            1 where a needed record is missing or differs, and 75 where nobody could say.
            """)

    @OptionGroup var common: CommonOptions
    @Option(help: "table, tsv, csv, json, ndjson or zone.") var format = Format.table
    @ArgumentParser.Flag(help: "The same as --format ndjson.") var json = false
    @ArgumentParser.Flag(help: "Ask DNS, and say of each record whether it is right, missing or differs.") var check =
        false
    @Option(help: ArgumentHelp("Ask this name server.", valueName: "address:port")) var resolver: String?
    @Argument(help: ArgumentHelp("The domain.", valueName: "domain"), completion: .names(.domain)) var name: String

    private static let columns: [Column<WantedRecord>] = [
        Column("purpose") { .text($0.purpose.rawValue) }, Column("name") { .text($0.name) },
        Column("kind") { .text($0.kind.rawValue) }, Column("value") { .text($0.value) },
        Column("needed", isShown: false) { .flag($0.isNeeded) }, Column("note") { .text($0.note) },
    ]

    private static let checked: [Column<DomainCheck.Line>] = [
        Column("status") { .text($0.verdict.status.rawValue) }, Column("purpose") { .text($0.wanted.purpose.rawValue) },
        Column("name") { .text($0.wanted.name) }, Column("kind") { .text($0.wanted.kind.rawValue) },
        Column("value", isShown: false) { .text($0.wanted.value) },
        Column("needed", isShown: false) { .flag($0.wanted.isNeeded) },
        Column("found", isShown: false) { .list($0.verdict.found) }, Column("advice") { .text($0.verdict.advice) },
    ]

    func validate() throws {
        if check, format == .zone { throw ValidationError("--check and --format zone do not go together") }
    }

    func run() async throws {
        let domain = try Value.domain(name)
        let configuration = try common.configuration()
        let pin = CertificatePin(file: configuration.tls.certificate)
        let (host, offers) = (configuration.server.name, SettingsCommand.offers(configuration))
        let plan = try await common.withStore {
            try await $0.plan(for: domain, host: host, offers: offers, web: Self.presence(configuration), pin: pin)
        }
        if check { return try await check(plan, configuration) }
        guard format != .zone else {
            try StandardOutput.shared.write(plan.records.map(\.zoneLine).joined())
            return try StandardOutput.shared.flush()
        }
        try RecordWriter(Self.columns, try output()).write(plan.records)
    }

    /// As the server serves it.
    private static func presence(_ configuration: Configuration) -> WebPresence {
        let (web, section) = (configuration.web, configuration.listen[.https])
        return WebPresence(
            port: section.enabled ? section.port : nil,
            policy: TransportPolicy(
                mode: .init(rawValue: web.mtaSTS.rawValue) ?? .none,
                hosts: web.mtaSTSHosts.isEmpty ? [configuration.server.name] : web.mtaSTSHosts))
    }

    private func check(_ plan: DomainPlan, _ configuration: Configuration) async throws {
        let view: OutsideView
        do {
            view = try OutsideView(
                resolver: resolver ?? configuration.dns.resolver, authorities: configuration.relay.authorities)
        } catch {
            throw ToolError(error)
        }
        let lines = await DomainCheck(plan, view).lines()
        try RecordWriter(Self.checked, try output()).write(lines)
        let needed = lines.filter(\.wanted.isNeeded).map(\.verdict.status)
        if needed.contains(.missing) || needed.contains(.differs) { throw ToolExit(.finding) }
        if needed.contains(.unknown) { throw ToolExit(.tryAgain) }
    }

    private func output() throws -> OutputOptions {
        try OutputOptions.parse(json ? ["--json"] : ["--format", format.rawValue])
    }
}
