import ArgumentParser
import MailAdmin
import MailCommand
import MailConfig
import MailStore
import MailTool

struct StoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store", abstract: "Make a store, check and mend it, back it up.",
        subcommands: [
            StoreInit.self, StoreCheck.self, StoreIndex.self, StoreStats.self, StoreBackup.self, StoreBackups.self,
            StoreVerify.self, StoreRestore.self, StoreSnapshot.self, StoreRollbackCommand.self,
        ])
}

struct StoreInit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make a new store with its domains and the classes employee and student.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions

    @Flag(help: "A store for tests: the tools' --now works on it.")
    var test = false

    @Argument(help: ArgumentHelp("Mail domains.", valueName: "domain"))
    var domains: [String] = []

    func run() async throws {
        let server = try common.configuration().server
        let names = try domains.map(Value.domain)
        let clock = try common.clock()
        guard test || common.now == nil else { throw TestClock.refusal }
        let actor = Privileges.actor
        try Privileges.prepare(server.store, for: server)
        try Privileges.become(ownerOf: server.store)
        do {
            try await StoreSetup(directory: server.store, domains: names, isTestStore: test)
                .run(actor: actor, clock: clock)
        } catch .store(.exists) {
            throw ToolError(
                .cannotCreate, "exists", "there is a store at \(server.store) already; nothing was changed")
        } catch {
            throw ToolError(error)
        }
        let list = names.map(\.name)
        try common.say(
            "made a store at \(server.store)" + (list.isEmpty ? "" : " for \(list.joined(separator: ", "))"), result,
            [
                ("outcome", .text("created")), ("store", .text(server.store)),
                ("domains", .list(list.map { .text($0) })),
            ])
    }
}
