import Glibc
package import MailMessage

/// The line between two messages of an mbox: `From anna@example.org Thu Jan  1 00:00:00 1970`, in UTC (RFC 4155).
package struct MboxSeparator: Sendable, Equatable {
    package let sender: String
    package let date: EpochSeconds?

    static let start = Array("From ".utf8)
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]

    package init(sender: String, date: EpochSeconds?) {
        self.sender = sender
        self.date = date
    }

    /// Nil when the line does not begin with `From `.
    init?(_ line: some Collection<UInt8>) {
        guard line.starts(with: Self.start) else { return nil }
        let words = String(decoding: line.dropFirst(Self.start.count), as: UTF8.self)
            .split { $0 == " " || $0 == "\r" || $0 == "\n" || $0 == "\r\n" }.map(String.init)
        sender = words.first ?? ""
        date = Self.date(words.dropFirst())
    }

    /// `Thu Jan 1 00:00:00 1970`, with or without seconds, a zone before or behind the year.
    private static func date(_ words: ArraySlice<String>) -> EpochSeconds? {
        let words = Array(words)
        guard let at = words.firstIndex(where: { months.contains($0) }), let month = months.firstIndex(of: words[at]),
            let day = words.dropFirst(at + 1).first.flatMap({ Int32($0) }),
            let clock = words.dropFirst(at + 2).first?.split(separator: ":").map({ Int32($0) ?? -1 }), clock.count >= 2,
            let year = words.dropFirst(at + 3).compactMap({ $0.count == 4 ? Int32($0) : nil }).first
        else { return nil }
        guard (1...31).contains(day), (0...23).contains(clock[0]), (0...59).contains(clock[1]),
            (1900...9999).contains(year)
        else { return nil }
        var parts = tm()
        (parts.tm_year, parts.tm_mon, parts.tm_mday) = (year - 1900, Int32(month), day)
        (parts.tm_hour, parts.tm_min, parts.tm_sec) = (
            clock[0], clock[1], clock.count > 2 ? max(0, min(clock[2], 60)) : 0
        )
        return EpochSeconds(timegm(&parts))
    }

    package var line: String {
        var time = time_t(date ?? 0)
        var parts = tm()
        gmtime_r(&time, &parts)
        let day = Self.days[Int(parts.tm_wday) % 7]
        let month = Self.months[Int(parts.tm_mon) % 12]
        let number = parts.tm_mday < 10 ? " \(parts.tm_mday)" : "\(parts.tm_mday)"
        let clock = [parts.tm_hour, parts.tm_min, parts.tm_sec].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(
            separator: ":")
        return "From \(sender) \(day) \(month) \(number) \(clock) \(parts.tm_year + 1900)"
    }
}

/// "mboxrd" quoting: a line of `>`s and `From ` gets one `>` more in the file; so it can be taken away again exactly.
enum FromQuoting {
    static func isQuotable(_ line: ArraySlice<UInt8>) -> Bool {
        line.drop { $0 == UInt8(ascii: ">") }.starts(with: MboxSeparator.start)
    }

    static func isQuoted(_ line: ArraySlice<UInt8>) -> Bool { line.first == UInt8(ascii: ">") && isQuotable(line) }
}
