import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

struct FeatureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "feature", abstract: "What is switched off for whom.",
        discussion: """
            imap, pop, webmail, send-outside, forward-outside and app-passwords are on unless somebody says otherwise. What an
            account's own rule says counts before its organisation's, then its class's, then the default. sent-copy is off unless
            somebody says so: the server then puts what an account sends into its Sent folder, for programs that do not.
            """, subcommands: [FeatureShow.self, FeatureSet.self, FeatureUnset.self])
}

extension Feature: ExpressibleByArgument {}

/// Whose rules: accounts, or one group.
struct FeatureTarget: ParsableArguments {
    @Option(help: "Of an organisation.", completion: .names(.org)) var org: String?
    @Option(name: .customLong("class"), help: "Of a class.", completion: .names(.class)) var accountClass: String?
    @ArgumentParser.Flag(name: .customLong("default"), help: "Of everybody for whom nothing else is said.")
    var isDefault = false
    @Argument(help: ArgumentHelp("Address, login or alias.", valueName: "address"), completion: .names(.account))
    var names: [String] = []

    func validate() throws {
        let given = [org != nil, accountClass != nil, isDefault, !names.isEmpty].filter { $0 }.count
        if given != 1 { throw ValidationError("give addresses, or one of --org, --class and --default") }
    }

    /// nil: accounts are named.
    func group() throws(ToolError) -> RuleScope? {
        if let org { return .organisation(try Value.organisation(org)) }
        if let accountClass { return .accountClass(try Value.accountClass(accountClass)) }
        return isDefault ? .standard : nil
    }
}

struct FeatureShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "What is on and off for an account and who said so, or the rules of a group.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var target: FeatureTarget

    private static let columns: [Column<FeatureLine>] = [
        Column("feature") { .text($0.feature.rawValue) },
        Column("state") { .text($0.isOn.map { $0 ? "on" : "off" } ?? "inherited") },
        Column("source") { .text($0.source?.description) },
    ]

    func validate() throws {
        if target.names.count > 1 { throw ValidationError("give one address") }
    }

    func run() async throws {
        let writer = try RecordWriter(Self.columns, output, environment: Environment.format)
        let group = try target.group()
        try writer.write(
            try await common.withStore { administration in
                if let group { return try await administration.features(at: group) }
                return try await administration.features(of: try await administration.account(target.names.first ?? ""))
            })
    }
}

struct FeatureSet: AsyncParsableCommand {
    enum Position: String, CaseIterable, ExpressibleByArgument { case on, off }

    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Switch something on or off.",
        discussion: "Sessions that may be no longer end within two seconds.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @Argument(help: ArgumentHelp("Such as imap or app-passwords.", valueName: "feature")) var feature: Feature
    @Argument(help: "on or off.") var position: Position
    @OptionGroup var target: FeatureTarget

    func run() async throws {
        try await FeatureChange(feature: feature, isOn: position == .on).run(common, result, target)
    }
}

struct FeatureUnset: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unset", abstract: "Take a rule away: what is said of the group counts again.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @Argument(help: ArgumentHelp("Such as imap or app-passwords.", valueName: "feature")) var feature: Feature
    @OptionGroup var target: FeatureTarget

    func run() async throws {
        try await FeatureChange(feature: feature, isOn: nil).run(common, result, target)
    }
}

private struct FeatureChange {
    let feature: Feature
    let isOn: Bool?

    func run(_ common: CommonOptions, _ result: ResultOptions, _ target: FeatureTarget) async throws {
        guard let group = try target.group() else {
            return try await EachAccount.run(common, result, target.names) {
                try await $0.setFeature(feature, isOn, for: .account($1.id))
            }
        }
        let outcome = try await common.withStore { try await $0.setFeature(feature, isOn, for: group) }
        try common.tell(outcome, "scope", "\(group)", result)
    }
}
