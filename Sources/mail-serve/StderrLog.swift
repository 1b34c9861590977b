import Glibc
import Logging
import MailConfig
import MailTool

/// The server's log: one line per event on stderr, as text or as JSON; under journald with its level and without the time.
struct StderrLog: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level
    private let format: LogSection.Format
    private let isJournal: Bool

    static func logger(_ section: LogSection) -> Logger {
        Logger(label: "mail-serve") { _ in StderrLog(section) }
    }

    init(_ section: LogSection) {
        logLevel = Logger.Level(rawValue: section.level.rawValue) ?? .info
        format = section.format
        isJournal = getenv("JOURNAL_STREAM") != nil
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        StandardError.write(line(event.level, "\(event.message)"))
    }

    private func line(_ level: Logger.Level, _ message: String) -> String {
        let time = TimeText.machine(Int64(Glibc.time(nil)))
        switch format {
        case .json:
            let fields: [(String, JSONValue)] = [
                ("time", .text(time)), ("level", .text(level.rawValue)), ("message", .text(message)),
            ]
            return JSONValue.object(fields).compact + "\n"
        case .text where isJournal: return "<\(Self.number(level))>\(message)\n"
        case .text: return "time=\(time) \(message)\n"
        }
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
