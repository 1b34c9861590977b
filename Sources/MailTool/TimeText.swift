import Glibc

/// Moments as machines and as people read them.
package enum TimeText {
    /// RFC 3339 in UTC: `2027-02-01T12:00:00Z`.
    package static func machine(_ seconds: Int64) -> String {
        var time = time_t(seconds)
        var parts = tm()
        gmtime_r(&time, &parts)
        return date(parts) + "T" + clock(parts) + "Z"
    }

    /// Local time with its zone: `2027-02-01 13:00 CET`, or `13:00:00`.
    package static func human(_ seconds: Int64, withSeconds: Bool = false) -> String {
        var time = time_t(seconds)
        var parts = tm()
        localtime_r(&time, &parts)
        let zone = parts.tm_zone.map { String(cString: $0) } ?? ""
        return date(parts) + " " + clock(parts).prefix(withSeconds ? 8 : 5) + " " + zone
    }

    /// `2027-02-01` (local midnight) or RFC 3339 (`2027-02-01T12:00:00Z`, `+01:00`); nil for anything else.
    package static func parse(_ text: String) -> Int64? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 10, let day = fields(bytes[..<10], separator: UInt8(ascii: "-"), lengths: [4, 2, 2]),
            isDay(day)
        else { return nil }
        var parts = tm()
        (parts.tm_year, parts.tm_mon, parts.tm_mday, parts.tm_isdst) = (day[0] - 1900, day[1] - 1, day[2], -1)
        if bytes.count == 10 { return Int64(mktime(&parts)) }
        guard bytes.count >= 20, bytes[10] | 0x20 == UInt8(ascii: "t"),
            let clock = fields(bytes[11..<19], separator: UInt8(ascii: ":"), lengths: [2, 2, 2]),
            clock[0] < 24, clock[1] < 60, clock[2] < 61, let zone = zone(bytes[19...])
        else { return nil }
        (parts.tm_hour, parts.tm_min, parts.tm_sec) = (clock[0], clock[1], clock[2])
        return Int64(timegm(&parts)) - zone
    }

    /// The calendar moves a day that does not exist into the next month.
    private static func isDay(_ day: [Int32]) -> Bool {
        guard (1...12).contains(day[1]), (1...31).contains(day[2]) else { return false }
        var parts = tm()
        (parts.tm_year, parts.tm_mon, parts.tm_mday) = (day[0] - 1900, day[1] - 1, day[2])
        var moment = timegm(&parts)
        gmtime_r(&moment, &parts)
        return [parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday] == day
    }

    private static func zone(_ bytes: ArraySlice<UInt8>) -> Int64? {
        if bytes.elementsEqual("Z".utf8) || bytes.elementsEqual("z".utf8) { return 0 }
        guard let sign = bytes.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
            let parts = fields(bytes.dropFirst(), separator: UInt8(ascii: ":"), lengths: [2, 2]), parts[0] < 24,
            parts[1] < 60
        else { return nil }
        return Int64(parts[0] * 3_600 + parts[1] * 60) * (sign == UInt8(ascii: "-") ? -1 : 1)
    }

    private static func fields(_ bytes: ArraySlice<UInt8>, separator: UInt8, lengths: [Int]) -> [Int32]? {
        let parts = bytes.split(separator: separator, omittingEmptySubsequences: false)
        guard parts.map(\.count) == lengths else { return nil }
        let numbers = parts.compactMap { part -> Int32? in
            part.allSatisfy { (0x30...0x39).contains($0) } ? Int32(String(decoding: part, as: UTF8.self)) : nil
        }
        return numbers.count == lengths.count ? numbers : nil
    }

    private static func date(_ parts: tm) -> String {
        let year = String(parts.tm_year + 1900)
        let padding = String(repeating: "0", count: max(0, 4 - year.count))
        return padding + year + "-" + two(parts.tm_mon + 1) + "-" + two(parts.tm_mday)
    }

    private static func clock(_ parts: tm) -> String {
        two(parts.tm_hour) + ":" + two(parts.tm_min) + ":" + two(parts.tm_sec)
    }

    private static func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
