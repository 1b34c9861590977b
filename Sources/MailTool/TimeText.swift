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

    /// Local time with its zone: `2027-02-01 13:00 CET`.
    package static func human(_ seconds: Int64) -> String {
        var time = time_t(seconds)
        var parts = tm()
        localtime_r(&time, &parts)
        let zone = parts.tm_zone.map { String(cString: $0) } ?? ""
        return date(parts) + " " + clock(parts).prefix(5) + " " + zone
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
