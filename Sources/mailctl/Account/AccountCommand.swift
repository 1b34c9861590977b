import ArgumentParser
import MailMessage
import MailStore
import MailTool

struct AccountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "Accounts: who has mail here.",
        subcommands: [
            AccountAdd.self, AccountList.self, AccountShow.self, AccountExists.self, AccountSet.self,
            AccountRename.self, AccountSuspend.self, AccountResume.self, AccountRemove.self, AccountRestore.self,
            AccountForget.self, AccountImport.self, AccountFailures.self, AccountUnlock.self,
        ])

    /// The columns are frozen: new ones only at the end.
    static let columns: [Column<AccountEntry>] = [
        Column("address") { .text($0.address.description) }, Column("login") { .text($0.login.text) },
        Column("name") { .text($0.name) }, Column("org") { .text($0.organisation?.text) },
        Column("class") { .text($0.accountClass?.text) }, Column("status") { .text($0.status.rawValue) },
        Column("used_bytes") { .number($0.hints.bytesUsed, shown: SizeText.format($0.hints.bytesUsed)) },
        Column("quota_limit_bytes") { .number($0.quota.bytes, shown: $0.quota.bytes.map(SizeText.format) ?? "none") },
        Column("quota_source", isShown: false) { .text($0.quota.source.description) },
        Column("messages", isShown: false) { .number($0.hints.messageCount) },
        Column("created_at", isShown: false) { .time($0.createdAt) },
        Column("last_login_at", isShown: false) { .time($0.hints.lastLoginAt) },
        Column("expires_at", isShown: false) { .time($0.expiresAt) },
        Column("reason", isShown: false) { .text($0.reason.isEmpty ? nil : $0.reason) },
        Column("id", isShown: false) { .text($0.id.description) },
        Column("further_classes", isShown: false) { .list($0.furtherClasses.map(\.text)) },
        Column("language", isShown: false) { .text($0.language) },
        Column("expires_then", isShown: false) { .text($0.expiresThen?.description) },
        Column("person_disabled_at", isShown: false) { .time($0.disabledAt) },
    ]
}
