import MailMessage
package import MailStore
package import MailTool

package enum QuotaColumn {
    /// The limit somebody set at this level: null = inherited, 0 is never written for "none".
    package static func of<Item>(_ rule: @escaping @Sendable (Item) -> QuotaRule?) -> Column<Item> {
        Column("quota_limit_bytes") { item in
            switch rule(item)?.bytes {
            case .limit(let bytes): .number(bytes, shown: SizeText.format(bytes))
            case .unlimited: .number(nil, shown: "none")
            case nil: .number(nil, shown: "default")
            }
        }
    }
}
