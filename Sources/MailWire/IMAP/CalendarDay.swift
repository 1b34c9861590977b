package import MailMessage

/// A day of the calendar without a zone, as SEARCH uses it (RFC 9051 `date`).
package struct CalendarDay: Sendable, Hashable, Comparable {
    package let year: Int
    package let month: Int
    package let day: Int

    /// Nil for days the calendar does not have.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
        guard (1...Self.length(ofMonth: month, year: year)).contains(day) else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// The day on which an instant falls in UTC, or in a zone so many seconds east of it; nil outside years 1 to 9999.
    package init?(containing instant: EpochSeconds, secondsEast: Int = 0) {
        let (local, overflow) = instant.addingReportingOverflow(EpochSeconds(secondsEast))
        guard !overflow, (-62_135_596_800...253_402_300_799).contains(local) else { return nil }
        // Civil from days: years begin in March and eras of 400 years repeat.
        let days = Int((local - Self.floorModulo(local, 86_400)) / 86_400) + 719_468
        let era = days / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        self.init(
            year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
            day: dayOfYear - (153 * shifted + 2) / 5 + 1)
    }

    private static func floorModulo(_ value: EpochSeconds, _ divisor: EpochSeconds) -> EpochSeconds {
        let rest = value % divisor
        return rest < 0 ? rest + divisor : rest
    }

    static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970-01-01, negative before it.
    package var daysSinceEpoch: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The first second of the day in UTC.
    package var startUTC: EpochSeconds { EpochSeconds(daysSinceEpoch) * 86_400 }

    package static func < (left: CalendarDay, right: CalendarDay) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}

/// RFC 9051 `date-time`: an instant and the zone it was written in.
package struct IMAPDateTime: Sendable, Hashable {
    package let instant: EpochSeconds
    package let minutesEast: Int

    package init(instant: EpochSeconds, minutesEast: Int = 0) {
        self.instant = instant
        self.minutesEast = minutesEast
    }
}
