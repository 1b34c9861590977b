/// The proleptic Gregorian calendar.
enum Calendar {
    static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    private static let monthKeys = months.map { $0.utf8.reduce(0) { $0 << 8 | UInt32($1.asciiLowercased) } }
    static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]  // 1970-01-01 was a Thursday
    static let secondsPerDay = 86_400
    static let years = 1...9_999

    /// Days since 1970-01-01; nil when there is no such day.
    static func day(year: Int, month: Int, day: Int) -> Int? {
        guard years.contains(year), (1...12).contains(month), day >= 1, day <= length(of: month, in: year) else {
            return nil
        }
        let shifted = month > 2 ? year : year - 1  // years that begin in March
        let (era, yearOfEra) = (shifted / 400, shifted % 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func length(of month: Int, in year: Int) -> Int {
        if month == 2 { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28 }
        return [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    static func date(ofDay day: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = day + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthIndex = (5 * dayOfYear + 2) / 153
        let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthIndex + 2) / 5 + 1)
    }

    static func weekday(ofDay day: Int) -> String { weekdays[day - floorDivide(day, 7) * 7] }

    static func floorDivide(_ value: Int, _ by: Int) -> Int {
        value >= 0 || value % by == 0 ? value / by : value / by - 1
    }

    /// From the first three letters, in whatever case.
    static func month(named name: ArraySlice<UInt8>) -> Int? {
        guard name.count >= 3 else { return nil }
        let key = name.prefix(3).reduce(0) { $0 << 8 | UInt32($1.asciiLowercased) }
        return monthKeys.firstIndex(of: key).map { $0 + 1 }
    }
}
