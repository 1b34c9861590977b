import MailMessage

/// Days and instants.
extension IMAPParser {
    // date = date-text / DQUOTE date-text DQUOTE
    mutating func date() throws(SyntaxError) -> CalendarDay {
        let isQuoted = cursor.byte(UInt8(ascii: "\""))
        let day = try dateText()
        if isQuoted { try cursor.expectByte(UInt8(ascii: "\""), "a closing quote") }
        return day
    }

    // date-text = date-day "-" date-month "-" date-year ;  date-day = 1*2DIGIT
    private mutating func dateText() throws(SyntaxError) -> CalendarDay {
        let start = cursor.offset
        let day = try digits(1...2, "a day")
        try cursor.expectByte(UInt8(ascii: "-"), "a hyphen")
        let month = try self.month()
        try cursor.expectByte(UInt8(ascii: "-"), "a hyphen")
        let year = try digits(4...4, "a year of four digits")
        guard let date = CalendarDay(year: year, month: month, day: day) else {
            throw cursor.failure(.invalid, "a day of the calendar", at: start)
        }
        return date
    }

    // date-time = DQUOTE date-day-fixed "-" date-month "-" date-year SP time SP zone DQUOTE
    // date-day-fixed = (SP DIGIT) / 2DIGIT
    mutating func dateTime() throws(SyntaxError) -> IMAPDateTime {
        try cursor.expectByte(UInt8(ascii: "\""), "a date in quotes")
        _ = cursor.space()
        let day = try dateText()
        try cursor.expectSpace()
        let seconds = try time()
        try cursor.expectSpace()
        let minutesEast = try zone()
        try cursor.expectByte(UInt8(ascii: "\""), "a closing quote")
        let instant = day.startUTC + EpochSeconds(seconds - minutesEast * 60)
        return IMAPDateTime(instant: instant, minutesEast: minutesEast)
    }

    // time = 2DIGIT ":" 2DIGIT ":" 2DIGIT, a leap second included
    private mutating func time() throws(SyntaxError) -> Int {
        let start = cursor.offset
        let hour = try digits(2...2, "an hour")
        try cursor.expectByte(UInt8(ascii: ":"), "a colon")
        let minute = try digits(2...2, "a minute")
        try cursor.expectByte(UInt8(ascii: ":"), "a colon")
        let second = try digits(2...2, "a second")
        guard hour < 24, minute < 60, second <= 60 else { throw cursor.failure(.invalid, "a time of day", at: start) }
        return hour * 3_600 + minute * 60 + second
    }

    // zone = ("+" / "-") 4DIGIT
    private mutating func zone() throws(SyntaxError) -> Int {
        let start = cursor.offset
        let isWest = cursor.byte(UInt8(ascii: "-"))
        if !isWest { try cursor.expectByte(UInt8(ascii: "+"), "a zone such as +0100") }
        let value = try digits(4...4, "a zone of four digits")
        guard value / 100 < 24, value % 100 < 60 else { throw cursor.failure(.invalid, "a zone", at: start) }
        let minutes = value / 100 * 60 + value % 100
        return isWest ? -minutes : minutes
    }

    /// So many digits, as a number too small to overflow.
    private mutating func digits(_ count: ClosedRange<Int>, _ expected: String) throws(SyntaxError) -> Int {
        var trial = cursor
        guard let run = trial.run(of: .digit), count.contains(run.count), let value = UInt64(decimal: run) else {
            throw cursor.failure(expected)
        }
        cursor = trial
        return Int(clamping: value)
    }

    private mutating func month() throws(SyntaxError) -> Int {
        for (index, name) in CalendarDay.monthNames.enumerated() where cursor.text(name) { return index + 1 }
        throw cursor.failure("a month such as Jan")
    }
}
