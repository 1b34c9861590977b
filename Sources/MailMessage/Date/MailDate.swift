/// A moment and the zone it was written in.
package struct MailDate: Sendable, Hashable {
    /// What can be written with four digits of year.
    private static let seconds = -62_135_596_800...253_402_300_799 as ClosedRange<Int64>
    private static let zones = -5_999...5_999

    package let seconds: EpochSeconds
    package let zoneMinutes: Int

    /// Values outside the years 1 to 9999 are brought to their nearest end.
    package init(seconds: EpochSeconds, zoneMinutes: Int = 0) {
        self.zoneMinutes = min(max(zoneMinutes, Self.zones.lowerBound), Self.zones.upperBound)
        self.seconds = min(max(seconds, Self.seconds.lowerBound), Self.seconds.upperBound)
    }

    init(day: Int, secondOfDay: Int, zoneMinutes: Int) {
        self.init(
            seconds: Int64(day * Calendar.secondsPerDay + secondOfDay - zoneMinutes * 60), zoneMinutes: zoneMinutes)
    }

    /// A Date field (RFC 5322 §3.3) with the obsolete forms of §4.3.
    package init?(_ field: some Collection<UInt8>) {
        var parser = DateFieldParser(Array(field))
        guard let date = parser.parse() else { return nil }
        self = date
    }

    /// Days since 1970-01-01 as the sender's calendar shows it, for SENTBEFORE and its like (RFC 9051 §6.4.4).
    package var localDay: Int { Calendar.floorDivide(localSeconds, Calendar.secondsPerDay) }

    private var localSeconds: Int { Int(seconds) + zoneMinutes * 60 }

    /// `Mon, 23 Nov 2026 00:13:46 +0000`
    package var headerText: String {
        let (year, month, day) = Calendar.date(ofDay: localDay)
        return "\(Calendar.weekday(ofDay: localDay)), \(day) \(Calendar.months[month - 1]) "
            + "\(Self.padded(year, 4)) \(timeText) \(zoneText)"
    }

    /// `2026-11-23`
    package var isoDay: String {
        let (year, month, day) = Calendar.date(ofDay: localDay)
        return "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))"
    }

    /// `23-Nov-2026 00:13:46 +0000`, the day padded with a space: IMAP's date-time without its quotes.
    package var imapText: String {
        let (year, month, day) = Calendar.date(ofDay: localDay)
        return (day < 10 ? " " : "")
            + "\(day)-\(Calendar.months[month - 1])-\(Self.padded(year, 4)) \(timeText) \(zoneText)"
    }

    /// `2026-11-23T00:13:46Z`
    package var isoText: String {
        let utc = MailDate(seconds: seconds)
        let (year, month, day) = Calendar.date(ofDay: utc.localDay)
        return "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))T\(utc.timeText)Z"
    }

    private var timeText: String {
        let second = localSeconds - localDay * Calendar.secondsPerDay
        return [second / 3600, second / 60 % 60, second % 60].map { Self.padded($0, 2) }.joined(separator: ":")
    }

    private var zoneText: String {
        let minutes = abs(zoneMinutes)
        return (zoneMinutes < 0 ? "-" : "+") + Self.padded(minutes / 60, 2) + Self.padded(minutes % 60, 2)
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}

extension MailDate {
    /// `Sun, 06 Nov 1994 08:49:37 GMT`: the form of HTTP (RFC 9110 §5.6.7).
    package var httpText: String {
        let utc = MailDate(seconds: seconds)
        let (year, month, day) = Calendar.date(ofDay: utc.localDay)
        return "\(Calendar.weekday(ofDay: utc.localDay)), \(Self.padded(day, 2)) \(Calendar.months[month - 1]) "
            + "\(Self.padded(year, 4)) \(utc.timeText) GMT"
    }

    /// `2026-11-23`, its first second in UTC. Nil for anything else.
    package init?(isoDay text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2], text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2d }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
            let number = Calendar.day(year: year, month: month, day: day)
        else { return nil }
        self.init(day: number, secondOfDay: 0, zoneMinutes: 0)
    }
}
