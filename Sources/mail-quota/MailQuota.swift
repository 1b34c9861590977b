import ArgumentParser
import MailTool

/// Arguments -> value -> one call -> output. What happens is in MailAdmin; how it looks is in MailTool.
@main
struct MailQuota: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail-quota", abstract: "Report and set how much mail accounts may hold.", version: "posthus 0.1")

    static func main() { ToolMain.start(MailQuota.self) }
}
