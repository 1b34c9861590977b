import Glibc
import Logging
import MailConfig
import MailSessions
import MailTool

/// The server's log: one line per event on stderr.
struct StderrLog: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level
    private let shape: LogShape

    /// `role`: which worker this is; nil in a server of one process.
    static func logger(_ section: LogSection, role: String? = nil) -> Logger {
        Logger(label: "mail-serve") { _ in StderrLog(section, role: role) }
    }

    init(_ section: LogSection, role: String? = nil) {
        logLevel = Logger.Level(rawValue: section.level.rawValue) ?? .info
        shape = LogShape(
            format: section.format, hasPrefix: section.prefix.applies(Journal.isStderr), role: role, pid: getpid())
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var record: LogRecord?
        if case .stringConvertible(let value)? = event.metadata?[SessionLog.recordKey] { record = value as? LogRecord }
        let known =
            record ?? LogRecord(service: "server", peer: nil, event: "note", fields: [("text", "\(event.message)")])
        StandardError.write(shape.line(known, event.level, at: Int64(Glibc.time(nil))))
    }
}

/// How a record becomes a line. Pure.
struct LogShape {
    let format: LogSection.Format
    /// `<6>` and so on, for journald, which then knows the time by itself.
    let hasPrefix: Bool
    let role: String?
    let pid: Int32

    func line(_ record: LogRecord, _ level: Logger.Level, at seconds: Int64) -> String {
        let prefix = hasPrefix ? "<\(Self.number(level))>" : ""
        switch format {
        case .json: return prefix + json(record, level, seconds) + "\n"
        case .text:
            let time = hasPrefix ? "" : "time=\(TimeText.machine(seconds)) "
            return prefix + time + "\(record)" + (role.map { " role=\($0) pid=\(pid)" } ?? "") + "\n"
        }
    }

    private func json(_ record: LogRecord, _ level: Logger.Level, _ seconds: Int64) -> String {
        let begin: [(String, JSONValue)] = [
            ("time", .text(TimeText.machine(seconds))), ("level", .text(level.rawValue)),
            ("svc", .text(record.service)),
            ("ip", record.peer.map { .text($0) } ?? .null), ("ev", .text(record.event)),
        ]
        let texts = record.fields.map { ($0.0, JSONValue.text(LogText.cut($0.1))) }
        let numbers = record.numbers.map { ($0.0, JSONValue.integer($0.1)) }
        let process: [(String, JSONValue)] = [("role", role.map { .text($0) } ?? .null), ("pid", .integer(Int64(pid)))]
        return JSONValue.object(begin + texts + numbers + process).compact
    }

    /// syslog(3)'s numbers.
    private static func number(_ level: Logger.Level) -> Int {
        switch level {
        case .critical: 2
        case .error: 3
        case .warning: 4
        case .notice: 5
        case .info: 6
        case .debug, .trace: 7
        }
    }
}

/// systemd.exec(5): JOURNAL_STREAM names the journal's socket by device and inode, for whoever inherits the variable alone.
enum Journal {
    static var isStderr: Bool {
        guard let text = getenv("JOURNAL_STREAM").map({ String(cString: $0) }) else { return false }
        let parts = text.split(separator: ":").map { UInt64($0) }
        var status = stat()
        guard parts.count == 2, fstat(STDERR_FILENO, &status) == 0 else { return false }
        return parts[0] == UInt64(status.st_dev) && parts[1] == UInt64(status.st_ino)
    }
}

extension LogSection.Prefix {
    func applies(_ isJournal: Bool) -> Bool {
        switch self {
        case .auto: isJournal
        case .always: true
        case .never: false
        }
    }
}
