import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

struct RetentionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retention", abstract: "How long Trash and Junk keep mail, and what no purge may touch.",
        discussion: "What is said of an account goes before its organisation, its class, and the default.",
        subcommands: [
            RetentionShow.self, RetentionSet.self, RetentionUnset.self, RetentionHoldCommand.self,
            RetentionRelease.self,
        ])
}

/// Whom a rule is for.
struct RetentionScopeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("An organisation.", valueName: "org"), completion: .names(.org)) var org: String?
    @Option(help: ArgumentHelp("An account class.", valueName: "class"), completion: .names(.class)) var `class`:
        String?
    @ArgumentParser.Flag(help: "Everybody; of periods, who has none from elsewhere.") var `default` = false
    @Argument(help: ArgumentHelp("Address, login or alias.", valueName: "address"), completion: .names(.account))
    var names: [String] = []

    func validate() throws {
        let kinds = [org != nil, `class` != nil, `default`, !names.isEmpty].count { $0 }
        if kinds != 1 { throw ValidationError("say for whom: addresses, --org, --class or --default") }
    }

    func scopes(_ administration: Administration) async throws -> [RetentionScope] {
        if let org { return [.organisation(try Value.organisation(org))] }
        if let `class` { return [.accountClass(try Value.accountClass(`class`))] }
        if `default` { return [.standard] }
        var scopes: [RetentionScope] = []
        for name in names { scopes.append(.account(try await administration.account(name).id)) }
        return scopes
    }
}

extension CommonOptions {
    /// Changes the rules of everybody named, and says what came of each.
    func changeRetention(
        _ options: RetentionScopeOptions, _ result: ResultOptions,
        _ change: @escaping @Sendable (inout RetentionRule) -> Void
    ) async throws {
        let done = try await withStore { administration -> [(Outcome, String)] in
            var done: [(Outcome, String)] = []
            for scope in try await options.scopes(administration) {
                let outcome = try await administration.changeRetention(of: scope, change)
                done.append((outcome, try await administration.describe(scope)))
            }
            return done
        }
        for (outcome, name) in done { try tell(outcome, "scope", name, result) }
    }
}
