import MailMessage

/// Moments and spans of time in words.
extension Words {
    /// `29 Nov 2026 23:10 UTC`.
    func moment(_ seconds: EpochSeconds) -> String {
        let text = MailDate(seconds: seconds).isoText
        return String(text.prefix(10)) + " " + String(text.dropFirst(11).prefix(5)) + " UTC"
    }

    func day(_ seconds: EpochSeconds) -> String { MailDate(seconds: seconds).isoDay }

    /// `7 days`, `12 hours`, `5 minutes`: the largest unit that fits.
    func span(_ seconds: Int64) -> String {
        let units: [(Int64, String, String, String, String)] = [
            (86_400, "day", "days", "dag", "dagar"), (3_600, "hour", "hours", "timme", "timmar"),
            (60, "minute", "minutes", "minut", "minuter"), (1, "second", "seconds", "sekund", "sekunder"),
        ]
        for (length, one, many, en, flera) in units where seconds >= length || length == 1 {
            let count = max(0, seconds) / length
            return "\(count) " + (count == 1 ? self(one, en) : self(many, flera))
        }
        return ""
    }
}
