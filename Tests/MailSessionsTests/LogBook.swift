import Logging
import Synchronization

@testable import MailSessions

/// A log that keeps what it is told.
final class LogBook: Sendable {
    struct Entry: Sendable {
        let level: Logger.Level
        let record: LogRecord?
        let line: String
    }

    private let kept = Mutex<[Entry]>([])

    var entries: [Entry] { kept.withLock { $0 } }
    var lines: [String] { entries.map(\.line) }
    var records: [LogRecord] { entries.compactMap(\.record) }

    var logger: Logger {
        var logger = Logger(label: "book") { _ in Handler(book: self) }
        logger.logLevel = .trace
        return logger
    }

    private struct Handler: LogHandler {
        let book: LogBook
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            var record: LogRecord?
            if case .stringConvertible(let value)? = event.metadata?[SessionLog.recordKey] {
                record = value as? LogRecord
            }
            let entry = Entry(level: event.level, record: record, line: "\(event.message)")
            book.kept.withLock { $0.append(entry) }
        }
    }
}
