import MailMessage
import MailStore

/// RFC 8474: names that outlive RENAME, MOVE and COPY. They say which account they are of, because others' mailboxes
/// may be in sight too.
enum ObjectIDs {
    static func mailbox(_ id: MailboxID, of account: AccountID) -> String { "F\(account.value)-\(id.value)" }
    static func email(_ id: ContentID, of account: AccountID) -> String { "M\(account.value)-\(id.value)" }
    static func thread(_ id: ThreadID, of account: AccountID) -> String { "T\(account.value)-\(id.value)" }

    /// Nil for what can be no name of ours in this account.
    static func content(_ text: String, of account: AccountID) -> ContentID? {
        number("M", text, account).map(ContentID.init)
    }

    static func thread(_ text: String, of account: AccountID) -> ThreadID? {
        number("T", text, account).map(ThreadID.init)
    }

    /// Only as we spell it: no two spellings of one name.
    private static func number(_ letter: Character, _ text: String, _ account: AccountID) -> Int64? {
        guard text.first == letter, let value = text.split(separator: "-").last.flatMap({ Int64($0) }) else {
            return nil
        }
        return text == "\(letter)\(account.value)-\(value)" ? value : nil
    }
}
