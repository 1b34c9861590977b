import ArgumentParser
import MailTool

/// Arguments -> value -> one call -> output. What happens is in MailAdmin; how it looks is in MailTool.
@main
struct MailPurge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail-purge", abstract: "Expire what has lain in the trash for long enough.", version: "posthus 0.1")

    static func main() { ToolMain.start(MailPurge.self) }
}
