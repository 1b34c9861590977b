internal import MailTool

/// Spans and moments as sentences have them.
enum SpanWords {
    static func time(_ seconds: Int64) -> String { TimeText.machine(seconds) }

    /// "2 d 3 h", "3 h 12 min", "7 min".
    static func text(_ seconds: Int64) -> Text {
        let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60)
        if days > 0 { return Text("\(days) d \(hours) h", sv: "\(days) d \(hours) h") }
        if hours > 0 { return Text("\(hours) h \(minutes) min", sv: "\(hours) h \(minutes) min") }
        return Text("\(minutes) min", sv: "\(minutes) min")
    }
}
