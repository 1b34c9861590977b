import MailMessage
import Testing

@testable import MailWire

@Suite("IMAP dates")
struct IMAPDateTests {
    @Test(
        "days and seconds",
        arguments: [
            (1970, 1, 1, 0), (1969, 12, 31, -1), (2000, 2, 29, 11_016), (2026, 11, 23, 20_780), (1, 1, 1, -719_162),
            (9999, 12, 31, 2_932_896), (1600, 3, 1, -135_080),
        ])
    func days(year: Int, month: Int, day: Int, since: Int) throws {
        let date = try #require(CalendarDay(year: year, month: month, day: day))
        #expect(date.daysSinceEpoch == since)
        #expect(CalendarDay(containing: date.startUTC) == date)
        #expect(CalendarDay(containing: date.startUTC + 86_399) == date)
    }

    @Test("every day of four centuries goes there and back")
    func everyDay() throws {
        var previous = try #require(CalendarDay(year: 1799, month: 12, day: 31))
        for number in previous.daysSinceEpoch + 1...146_097 {
            let day = try #require(CalendarDay(containing: EpochSeconds(number) * 86_400))
            guard day.daysSinceEpoch == number, previous < day else { return fail("\(number) is \(day)") }
            previous = day
        }
    }

    @Test(
        "days the calendar does not have",
        arguments: [
            (2025, 2, 29), (1900, 2, 29), (2026, 4, 31), (2026, 13, 1), (2026, 0, 1), (2026, 1, 0), (0, 1, 1),
            (10_000, 1, 1),
        ])
    func impossible(year: Int, month: Int, day: Int) { #expect(CalendarDay(year: year, month: month, day: day) == nil) }

    @Test("instants outside the calendar", arguments: [EpochSeconds.max, .min, 253_402_300_800, -62_135_596_801])
    func outside(instant: EpochSeconds) {
        #expect(CalendarDay(containing: instant) == nil)
        var writer = ReplyWriter()
        writer.dateTime(instant)
        #expect(String(decoding: writer.bytes, as: UTF8.self) == "\" 1-Jan-1970 00:00:00 +0000\"")
    }

    @Test(
        "date-time both ways",
        arguments: [
            ("\"17-Jul-1996 02:44:25 -0700\"", 837_596_665, -420), ("\" 1-Jan-1970 00:00:00 +0000\"", 0, 0),
            ("\"31-Dec-1969 23:59:59 +0000\"", -1, 0), ("\" 1-Jan-1970 05:30:00 +0530\"", 0, 330),
            ("\"29-Feb-2024 23:00:00 -0130\"", 1_709_253_000, -90),
        ] as [(String, EpochSeconds, Int)])
    func dateTime(text: String, instant: EpochSeconds, minutesEast: Int) throws {
        let date = IMAPDateTime(instant: instant, minutesEast: minutesEast)
        var writer = ReplyWriter()
        writer.dateTime(date)
        #expect(String(decoding: writer.bytes, as: UTF8.self) == text)
        guard case .append(let append) = try parse("a APPEND x \(text) {1}\r\n").body else { return fail("no APPEND") }
        #expect(append.pieces.first == .message(flags: [], date: date))
    }
}
