import MailMessage
import MailStore
import MailTool

enum QueueColumns {
    static let list: [Column<QueueLine>] = [
        Column("queue_id") { .text($0.entry.description) }, Column("state") { .text($0.state.rawValue) },
        Column("sender") { .text($0.sender) }, Column("recipient") { .text($0.recipient) },
        Column("size_bytes") { .number($0.size, shown: SizeText.format($0.size)) },
        Column("received_at") { .time($0.receivedAt) },
        Column("next_attempt_at") { .time($0.state == .waiting ? $0.nextAttemptAt : nil) },
        Column("attempts") { .number(Int64($0.attempts)) }, Column("last_error") { .text($0.lastError) },
        Column("destination", isShown: false) { .text($0.destination.isEmpty ? nil : $0.destination) },
        Column("expires_at", isShown: false) { .time($0.expiresAt) },
        Column("id", isShown: false) { .text($0.trailID.isEmpty ? nil : $0.trailID) },
        Column("message_id", isShown: false) { .text($0.messageID.isEmpty ? nil : $0.messageID) },
        Column("client", isShown: false) { .text($0.client.isEmpty ? nil : $0.client) },
    ]

    /// Of one message everything is shown.
    static let show = list.map { Column($0.name, $0.field) }
}
