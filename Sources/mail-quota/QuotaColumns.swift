import MailAdmin
import MailMessage
import MailStore
import MailTool

/// The columns of accounts; frozen: new ones only at the end.
enum QuotaColumns {
    static let accounts: [Column<AccountEntry>] = [
        Column("address") { .text($0.address.description) },
        Column("used_bytes") { .number($0.hints.bytesUsed, shown: SizeText.format($0.hints.bytesUsed)) },
        Column("limit_bytes") { limit($0.quota.bytes) },
        Column("percent") { percent(of: $0) },
        Column("limit_mails") { mails($0.quota.bytes) },
        Column("source") { .text($0.quota.source.description) },
        Column("until_at") { .time($0.quota.until) },
        Column("messages", isShown: false) { .number($0.hints.messageCount) },
        Column("reason", isShown: false) { .text($0.quota.reason.isEmpty ? nil : $0.quota.reason) },
        Column("granted_by", isShown: false) { .text($0.quota.grantedBy.isEmpty ? nil : $0.quota.grantedBy) },
        Column("is_grace", isShown: false) { .flag($0.quota.isGrace) },
        Column("limit_afterwards_bytes", isShown: false) {
            limit($0.quota.until == nil ? nil : $0.quota.bytesAfterwards)
        },
        Column("login", isShown: false) { .text($0.login.text) },
        Column("org", isShown: false) { .text($0.organisation?.text) },
        Column("class", isShown: false) { .text($0.accountClass?.text) },
        Column("status", isShown: false) { .text($0.status.rawValue) },
    ]

    static let groups: [Column<QuotaGroup>] = [
        Column("group") { .text($0.name.isEmpty ? "(none)" : $0.name) }, Column("accounts") { .number($0.accounts) },
        Column("used_bytes") { size($0.used) }, Column("limit_bytes") { size($0.limit) },
        Column("pool_bytes") { .number($0.pool, shown: $0.pool.map(SizeText.format)) },
        Column("over_80") { .number($0.over80) }, Column("over_95") { .number($0.over95) },
        Column("full") { .number($0.full) }, Column("unlimited", isShown: false) { .number($0.unlimited) },
        Column("messages", isShown: false) { .number($0.messages) },
    ]

    static let forecasts: [Column<QuotaForecast>] = [
        Column("address") { .text($0.entry.address.description) }, Column("full_at") { .time($0.fullAt) },
        Column("used_bytes") { size($0.entry.hints.bytesUsed) }, Column("limit_bytes") { limit($0.entry.quota.bytes) },
        Column("bytes_per_day") { size($0.pace) }, Column("would_help") { .text($0.remedy) },
        Column("trash_bytes", isShown: false) { size($0.weight.trashBytes) },
        Column("large_messages", isShown: false) { .number(Int64($0.weight.largeMessages)) },
        Column("large_bytes", isShown: false) { size($0.weight.largeBytes) },
    ]

    static func size(_ bytes: Int64) -> Field { .number(bytes, shown: SizeText.format(bytes)) }

    static func limit(_ bytes: Int64?) -> Field { .number(bytes, shown: bytes.map(SizeText.format) ?? "none") }

    /// Of no limit there is no part.
    private static func percent(of entry: AccountEntry) -> Field {
        guard entry.quota.bytes != nil else { return .number(nil) }
        return .number(entry.percentUsed, shown: "\(entry.percentUsed)%")
    }

    private static func mails(_ limit: Int64?) -> Field {
        let count = limit.map(AverageMail.count)
        return .number(count, shown: count.map { NumberText.grouped($0) })
    }
}
