import ArgumentParser
import MailAdmin
import MailConfig
import MailStore
import MailTool

struct StoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store", abstract: "Make a store.", subcommands: [StoreInit.self])
}

struct StoreInit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make a new store with its domains and the classes employee and student.")

    @OptionGroup var common: CommonOptions

    @Flag(help: "A store for tests: the tools' --now works on it.")
    var test = false

    @Argument(help: ArgumentHelp("Mail domains.", valueName: "domain"))
    var domains: [String] = []

    func run() async throws {
        let path = try common.configuration().server.store
        let names = try domains.map(Value.domain)
        do {
            try await StoreSetup(directory: path, domains: names, isTestStore: test)
                .run(actor: Privileges.actor, clock: MailStore.now)
        } catch .store(.exists) {
            throw ToolError(.cannotCreate, "exists", "there is a store at \(path) already; nothing was changed")
        } catch {
            throw ToolError(error)
        }
        try common.say(
            "made a store at \(path)" + (names.isEmpty ? "" : " for \(names.map(\.name).joined(separator: ", "))"))
    }
}
