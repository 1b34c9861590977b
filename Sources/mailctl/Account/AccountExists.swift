import ArgumentParser
import MailAdmin
import MailCommand
import MailStore
import MailTool

struct AccountExists: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exists", abstract: "Exit 0 when all of them exist, 1 when one does not; prints the missing ones.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @OptionGroup var list: NameList

    func run() async throws {
        let names = try list.all()
        let missing = try await common.withStore { administration in
            var missing: [String] = []
            for name in names {
                do { _ = try await administration.account(name) } catch AdminError.noSuch { missing.append(name) }
            }
            return missing
        }
        guard !missing.isEmpty else { return }
        for name in missing { try common.say(name, result, [("missing", .text(name))]) }
        throw ToolExit(.finding)
    }
}
