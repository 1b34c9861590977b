import MailMessage
import MailWire

/// Dates of messages and of IMAP: printed and read again they are the same moment.
enum FuzzDates: FuzzTarget {
    static let name = "dates"

    static func check(_ input: [UInt8]) -> String? {
        var rules = Rules()
        rules.none(MailDate(input).flatMap(brokenText))
        rules.none(MailDate(imapDateTime: input).flatMap(brokenText))
        rules.none(brokenDay(input))
        rules.none(brokenInstant(input))
        return rules.broken
    }

    private static func brokenText(_ date: MailDate) -> String? {
        var rules = Rules()
        let (year, zone) = (date.isoText.prefix(4), abs(date.zoneMinutes))
        rules.that(date.isoText.utf8.count == 20, "\(date.isoText)")
        rules.that(date.headerText.utf8.allSatisfy { (0x20...0x7e).contains($0) }, date.headerText)
        // At both ends of the calendar, and in zones no clock has, the local day may have no four digits.
        guard year != "0001", year != "9999", zone < 24 * 60 else { return rules.broken }
        rules.that(MailDate(Array(date.headerText.utf8)) == date, "\(date.headerText) is read as another date")
        rules.that(MailDate(imapDateTime: Array(date.imapText.utf8)) == date, "\(date.imapText) in IMAP")
        return rules.broken
    }

    /// The two readers of IMAP's date agree.
    private static func brokenDay(_ bytes: [UInt8]) -> String? {
        var parser = IMAPParser(Array("a SEARCH SINCE ".utf8) + bytes)
        guard case .search(let search)? = try? parser.command().body, case .date(_, _, let day) = search.key else {
            return nil
        }
        let plain = bytes.filter { $0 != UInt8(ascii: "\"") }
        guard let other = MailDate.day(imapDate: plain) else { return "\(day) is no day in messages" }
        var rules = Rules()
        rules.that(other == day.daysSinceEpoch, "\(day) is day \(other) and \(day.daysSinceEpoch)")
        rules.that(CalendarDay(containing: day.startUTC) == day, "\(day) does not contain its first second")
        return rules.broken
    }

    /// Eight bytes are a moment: written in every form it is itself.
    private static func brokenInstant(_ bytes: [UInt8]) -> String? {
        guard bytes.count >= 10 else { return nil }
        let seconds = Int64(bitPattern: bytes[..<8].reduce(0) { $0 << 8 | UInt64($1) })
        let zone = Int(Int16(truncatingIfNeeded: Int(bytes[8]) << 8 | Int(bytes[9])))
        let date = MailDate(seconds: seconds, zoneMinutes: zone)
        if let day = CalendarDay(containing: date.seconds) {
            guard CalendarDay(containing: day.startUTC) == day else { return "\(day) begins elsewhere" }
        }
        return brokenText(date)
    }
}
