package import MailMessage

extension ReplyWriter {
    /// `1:3,7` (RFC 9051 `sequence-set`).
    package mutating func set(_ set: UIDSet) {
        numberRanges(set.ranges.map { $0.lowerBound.value...$0.upperBound.value })
    }

    /// Ranges in one line, so that it stays within what clients read: about 8 KiB (RFC 7162 §4).
    private static let rangesInLine = 400

    /// `* VANISHED (EARLIER) 41,43:116` (RFC 7162 §3.2.10), in as many lines as it takes; nothing for nothing.
    package mutating func vanished(_ set: UIDSet, earlier: Bool) {
        var rest = set.ranges[...]
        while !rest.isEmpty {
            raw(earlier ? "* VANISHED (EARLIER) " : "* VANISHED ")
            numberRanges(rest.prefix(Self.rangesInLine).map { $0.lowerBound.value...$0.upperBound.value })
            endLine()
            rest = rest.dropFirst(Self.rangesInLine)
        }
    }

    package mutating func numberRanges(_ ranges: [ClosedRange<UInt32>]) {
        var isFirst = true
        for range in ranges {
            if !isFirst { byte(UInt8(ascii: ",")) }
            isFirst = false
            number(range.lowerBound)
            guard range.upperBound > range.lowerBound else { continue }
            byte(UInt8(ascii: ":"))
            number(range.upperBound)
        }
    }

    /// `"17-Jul-1996 02:44:25 -0700"`, quoted (RFC 9051 `date-time`). Instants outside years 1 to 9999 become 1970.
    package mutating func dateTime(_ date: IMAPDateTime) {
        let day = CalendarDay(containing: date.instant, secondsEast: date.minutesEast * 60)
        guard let day else { return dateTime(IMAPDateTime(instant: 0)) }
        let seconds = date.instant + EpochSeconds(date.minutesEast * 60) - day.startUTC
        raw("\"")
        twoDigits(day.day, padding: 0x20)
        raw("-")
        raw(CalendarDay.monthNames[day.month - 1])
        raw("-")
        twoDigits(day.year / 100)
        twoDigits(day.year % 100)
        space()
        twoDigits(Int(seconds / 3_600))
        raw(":")
        twoDigits(Int(seconds / 60 % 60))
        raw(":")
        twoDigits(Int(seconds % 60))
        raw(date.minutesEast < 0 ? " -" : " +")
        twoDigits(abs(date.minutesEast) / 60)
        twoDigits(abs(date.minutesEast) % 60)
        raw("\"")
    }

    package mutating func dateTime(_ instant: EpochSeconds) { dateTime(IMAPDateTime(instant: instant)) }

    private mutating func twoDigits(_ value: Int, padding: UInt8 = 0x30) {
        byte(value < 10 ? padding : UInt8(truncatingIfNeeded: 0x30 + value / 10 % 10))
        byte(UInt8(truncatingIfNeeded: 0x30 + value % 10))
    }
}

extension CalendarDay {
    static let monthNames: [StaticString] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
