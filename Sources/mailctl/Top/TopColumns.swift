import MailAdmin
import MailTool

/// A snapshot for scripts: whole numbers, rates by the minute, spans in microseconds.
enum TopColumns {
    static let all: [Column<TopReading>] = state + rates + spans

    private static let state: [Column<TopReading>] = [
        Column("ready") { .flag($0.problems.isEmpty) }, Column("problems") { .list($0.problems) },
        Column("sessions_open") { whole($0.openSessions) }, Column("workers") { .number(Int64($0.workers.count)) },
        Column("resident_bytes") { whole($0.residentBytes) }, Column("queue_messages") { whole($0.queued) },
        Column("queue_oldest_seconds") { whole($0.oldestSeconds) }, Column("databases_open") { whole($0.databases) },
        Column("disk_free_bytes") { whole($0.diskFree) }, Column("disk_total_bytes") { whole($0.diskTotal) },
    ]

    private static let rates: [Column<TopReading>] = [
        Column("logins_per_minute") { whole($0.logins * 60) },
        Column("failed_logins_per_minute") { whole($0.failedLogins * 60) },
        Column("messages_per_minute") { whole($0.messages * 60) },
        Column("refused_messages_per_minute") { whole($0.refusedMessages * 60) },
        Column("refused_connections_per_minute") { whole($0.refusedConnections * 60) },
        Column("bytes_in_per_minute") { whole($0.octetsIn * 60) },
        Column("bytes_out_per_minute") { whole($0.octetsOut * 60) },
    ]

    private static let spans: [Column<TopReading>] = ["imap", "smtp", "pop3", "delivery", "commit", "loop lag"]
        .flatMap { name -> [Column<TopReading>] in
            let word = name.replacing(" ", with: "_")
            return [
                Column("\(word)_per_minute") { whole(($0.latency(name)?.perSecond ?? 0) * 60) },
                Column("\(word)_p50_microseconds") { microseconds($0.latency(name)?.median) },
                Column("\(word)_p95_microseconds") { microseconds($0.latency(name)?.slow) },
            ]
        }

    private static func whole(_ value: Double) -> Field {
        .number(value.isFinite ? Int64(max(-9e15, min(9e15, value.rounded()))) : nil)
    }

    private static func microseconds(_ seconds: Double?) -> Field {
        seconds.map { whole($0 * 1_000_000) } ?? .number(nil)
    }
}
