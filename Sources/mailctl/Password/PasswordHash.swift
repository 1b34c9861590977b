import ArgumentParser
import MailAdmin
import MailCommand
import MailConfig
import MailStore
import MailTool

struct PasswordHash: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hash", abstract: "Print a password's hash and SCRAM keys for a list of accounts.",
        discussion: "One line: the hash, a tab, the keys; the columns password_hash and scram_keys of account import.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var password: NewPasswordOptions

    func run() async throws {
        guard common.now == nil else { throw TestClock.refusal }
        let credential = try password.credential(common, names: [])
        let fields = [credential.hash ?? "", Passwords.scramText(credential) ?? ""]
        try StandardOutput.shared.write(fields.joined(separator: "\t") + "\n")
    }
}
