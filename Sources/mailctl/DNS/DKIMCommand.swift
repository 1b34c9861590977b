import ArgumentParser
import MailAdmin
import MailCommand
import MailConfig
import MailMessage
import MailStore
import MailTool

struct DKIMCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dkim", abstract: "Keys that sign a domain's mail.",
        discussion: """
            A new key signs nothing until its record is in DNS and rotate has seen it there. The key before it is retired then; its record
            stays for a week, until the mail that it has signed has arrived.
            """,
        subcommands: [DKIMCreate.self, DKIMList.self, DKIMRotate.self, DKIMRetire.self])
}

/// The lines for the zone, or objects for scripts.
enum DKIMOutput {
    static let columns: [Column<DKIMLine>] = [
        Column("domain") { .text($0.domain.name) }, Column("selector") { .text($0.selector) },
        Column("kind") { .text($0.kind) }, Column("state") { .text($0.state) },
        Column("created_at") { .time($0.createdAt) }, Column("changed_at") { .time($0.changedAt) },
        Column("record_name", isShown: false) { .text($0.recordName) },
        Column("record", isShown: false) { .text($0.record) },
    ]

    static func write(_ lines: [DKIMLine], asJSON: Bool) throws {
        guard !asJSON else {
            return try RecordWriter(columns, try OutputOptions.parse(["--json"])).write(lines)
        }
        try StandardOutput.shared.write(lines.map(\.zoneLine).joined())
        try StandardOutput.shared.flush()
    }
}

extension DKIMKinds: ExpressibleByArgument {}

struct DKIMCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make keys, and print their records for DNS.")
    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @Option(help: "both, rsa or ed25519.") var kind = DKIMKinds.both
    @Option(
        help: ArgumentHelp("The name of the key, with --kind rsa or ed25519; else one is made up.", valueName: "name"))
    var selector: String?
    @ArgumentParser.Flag(help: "They sign at once, whatever DNS says.") var unchecked = false
    @Argument(help: ArgumentHelp("The domain.", valueName: "domain"), completion: .names(.domain)) var name: String

    func validate() throws {
        if selector != nil, kind == .both {
            throw ValidationError("--selector names one key: give --kind rsa or ed25519")
        }
    }

    func run() async throws {
        let domain = try Value.domain(name)
        let lines = try await common.withStore {
            try await $0.createDKIM(for: domain, kinds: kind, selector: selector, isChecked: !unchecked)
        }
        try DKIMOutput.write(lines, asJSON: result.json)
        if !unchecked { common.tellPeople("put these into DNS, then: mailctl dkim rotate \(domain)") }
    }
}

struct DKIMList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "The keys of a domain, or of all.")
    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: ArgumentHelp("The domain.", valueName: "domain"), completion: .names(.domain)) var name: String?

    func run() async throws {
        let domain = try name.map { text throws(ToolError) in try Value.domain(text) }
        let writer = try RecordWriter(DKIMOutput.columns, output, environment: Environment.format)
        try writer.write(try await common.withStore { try await $0.dkimKeys(of: domain) })
    }
}

struct DKIMRotate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: "One step of a change of keys: make new ones, or sign with those that DNS shows now.",
        discussion: "Safe to repeat, also from cron(8). Exit code 75 while DNS does not show the new keys.")
    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @Option(help: "both, rsa or ed25519.") var kind = DKIMKinds.both
    @Option(help: ArgumentHelp("Ask this name server.", valueName: "address:port")) var resolver: String?
    @ArgumentParser.Flag(help: "Believe that DNS shows them.") var unchecked = false
    @Argument(help: ArgumentHelp("The domain.", valueName: "domain"), completion: .names(.domain)) var name: String

    func run() async throws {
        let domain = try Value.domain(name)
        let server = try resolver ?? common.configuration().dns.resolver
        let rotation = try await common.withStore { administration in
            let view = unchecked ? nil : try OutsideView(resolver: server)
            return try await administration.rotateDKIM(of: domain, kinds: kind, view: view)
        }
        switch rotation {
        case .made(let lines):
            try DKIMOutput.write(lines, asJSON: result.json)
            common.tellPeople("put these into DNS, then: mailctl dkim rotate \(domain)")
        case .waiting(let lines):
            try DKIMOutput.write(lines, asJSON: result.json)
            common.tellPeople("DNS does not show these yet; nothing was changed")
            throw ToolExit(.tryAgain)
        case .changed(let active, let retired):
            if result.json { return try DKIMOutput.write(active + retired, asJSON: true) }
            for line in active { try common.say("\(line.recordName) signs now") }
            for line in retired { try common.say("\(line.recordName) is retired; remove its record in a week") }
        }
    }
}

struct DKIMRetire: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retire", abstract: "Sign no more with a key, and destroy its private half.")
    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @ArgumentParser.Flag(name: .shortAndLong, help: "Even if it is the last one that signs.") var yes = false
    @Argument(help: ArgumentHelp("The domain.", valueName: "domain"), completion: .names(.domain)) var name: String
    @Argument(help: ArgumentHelp("The key's name.", valueName: "selector")) var selector: String

    func run() async throws {
        let domain = try Value.domain(name)
        let line = try await common.withStore {
            try await $0.retireDKIM(selector, of: domain, isLastAllowed: yes)
        }
        try common.say(
            "\(line.recordName) is retired; remove its record in a week", result,
            [("outcome", .text("retired")), ("domain", .text(domain.name)), ("selector", .text(selector))])
    }
}
