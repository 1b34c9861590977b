import MailMessage
import Testing

struct MailDateTests {
    private static let readsDateFieldsRows: [(field: String, seconds: Int64?, zone: Int)] = [
        ("Mon, 23 Nov 2026 00:13:46 +0000", 1_795_392_826, 0),
        ("Mon, 23 Nov 2026 01:13:46 +0100 (CET)", 1_795_392_826, 60),
        ("23 Nov 2026 00:13 GMT", 1_795_392_780, 0),
        ("Fri, 21 Nov 1997 09:55:06 -0600", 880_127_706, -360),
        ("21 Nov 97 09:55:06 GMT", 880_106_106, 0),
        ("Thu, 1 Jan 1970 00:00:00 UT", 0, 0),
        ("1 Jan 49 00:00:00 Z", 2_493_072_000, 0),
        ("1 Jan 50 00:00:00 Z", -631_152_000, 0),
        ("1 Jan 100 00:00:00 Z", 946_684_800, 0),
        ("1 Jan 2000 00:00:00 EST", 946_702_800, -300),
        ("1 Jan 2000 00:00:00 PDT", 946_710_000, -420),
        ("1 Jan 2000 00:00:00 A", 946_684_800, 0),
        ("1 Jan 2000 00:00:00 XYZ", 946_684_800, 0),
        ("1 Jan 2000 00:00:00", 946_684_800, 0),
        ("1 Jan 2000", 946_684_800, 0),
        ("Thu,\t13\n Feb\n  1969\n 23:32\n\t-0330 (Newfoundland Time)", -27_723_480, -210),
        ("Fri, 21 Nov 1997 09(comment):   55  :  06 -0600", nil, 0),
        ("Mon Nov 23 00:13:46 2026", 1_795_392_826, 0),
        ("23-Nov-2026 00:13:46 +0000", 1_795_392_826, 0),
        ("23 Nov 2026 00:13:46+0000", 1_795_392_826, 0),
        ("23 November 2026 00:13:46 -0000", 1_795_392_826, 0),
        ("31 Dec 2016 23:59:60 +0000", 1_483_228_800, 0),
        ("29 Feb 2024 00:00:00 +0000", 1_709_164_800, 0),
        ("1 Jan 2000 00:00:00 +9959", 946_684_800 - 359_940, 5_999),
        ("Sat, 1 Jan 2000 12:00:00.123 +0000", 946_728_000, 0),
        ("29 Feb 2023 00:00:00 +0000", nil, 0),
        ("32 Jan 2000 00:00:00 +0000", nil, 0),
        ("0 Jan 2000 00:00:00 +0000", nil, 0),
        ("1 Foo 2000 00:00:00 +0000", nil, 0),
        ("1 Jan 00000 00:00:00 +0000", nil, 0),
        ("", nil, 0), ("now", nil, 0), ("99999999999999999999 Jan 1", nil, 0), ("(((((", nil, 0), ("-+-+", nil, 0),
    ]

    @Test(arguments: readsDateFieldsRows)
    func readsDateFields(_ row: (field: String, seconds: Int64?, zone: Int)) {
        let date = MailDate(Array(row.field.utf8))
        if row.field.contains("comment") {  // white space inside the time is not read, the day is
            #expect(date?.localDay == 10_186)
            return
        }
        #expect(date?.seconds == row.seconds)
        if row.seconds != nil { #expect(date?.zoneMinutes == row.zone) }
    }

    private static let writesRows: [(seconds: Int64, zone: Int, header: String, imap: String)] = [
        (0, 0, "Thu, 1 Jan 1970 00:00:00 +0000", " 1-Jan-1970 00:00:00 +0000"),
        (1_795_392_826, 60, "Mon, 23 Nov 2026 01:13:46 +0100", "23-Nov-2026 01:13:46 +0100"),
        (-1, -210, "Wed, 31 Dec 1969 20:29:59 -0330", "31-Dec-1969 20:29:59 -0330"),
        (951_782_400, 0, "Tue, 29 Feb 2000 00:00:00 +0000", "29-Feb-2000 00:00:00 +0000"),
        (Int64.max, 0, "Fri, 31 Dec 9999 23:59:59 +0000", "31-Dec-9999 23:59:59 +0000"),
        (Int64.min, 0, "Mon, 1 Jan 0001 00:00:00 +0000", " 1-Jan-0001 00:00:00 +0000"),
    ]

    @Test(arguments: writesRows)
    func writes(_ row: (seconds: Int64, zone: Int, header: String, imap: String)) {
        let date = MailDate(seconds: row.seconds, zoneMinutes: row.zone)
        #expect(date.headerText == row.header)
        #expect(date.imapText == row.imap)
        #expect(MailDate(imapDateTime: Array(row.imap.utf8)) == date)
        #expect(MailDate(Array(row.header.utf8)) == date || date.seconds < 0)
    }

    @Test(arguments: [
        "1-Feb-2026 10:00:00 +0100", "31-Feb-2026 10:00:00 +0100", " 1-Feb-2026 24:00:00 +0100",
        " 1-Feb-2026 10:60:00 +0100",
        " 1-Feb-2026 10:00:00 0100 ", " 1-Feb-2026 10:00:00 +01:0", " 1-Fox-2026 10:00:00 +0100", "",
        " 1-Feb-2026 1:000:00 +0100",
        " 1-Feb-2026 10:00:00 +0160", " 1-February 10:00:00 +0100",
    ])
    func refusesOtherDateTimes(_ text: String) { #expect(MailDate(imapDateTime: Array(text.utf8)) == nil) }

    private static let readsIMAPDatesRows: [(text: String, day: Int?)] = [
        ("1-Jan-1970", 0), ("01-jan-1970", 0), ("2-JAN-1970", 1), ("31-Dec-1969", -1), ("29-Feb-2000", 11_016),
        ("29-Feb-1900", nil), ("1-January-1970", nil), ("1-Jan-70", nil), ("", nil), ("--", nil), ("001-Jan-1970", nil),
    ]

    @Test(arguments: readsIMAPDatesRows)
    func readsIMAPDates(_ row: (text: String, day: Int?)) {
        #expect(MailDate.day(imapDate: Array(row.text.utf8)) == row.day)
    }

    @Test func sentDayIsTheSendersDay() throws {
        let date = try #require(MailDate(Array("1 Jan 2000 23:30:00 -0500".utf8)))
        #expect(MailDate.day(imapDate: Array("1-Jan-2000".utf8)) == date.localDay)
    }

    @Test func everyDayOfFourCenturiesComesBack() {
        for day in stride(from: -141_000, through: 141_000, by: 11) {
            let text = MailDate(seconds: Int64(day) * 86_400).imapText
            #expect(MailDate(imapDateTime: Array(text.utf8))?.localDay == day)
        }
    }
}
