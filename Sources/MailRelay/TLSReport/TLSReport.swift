import Glibc

/// One day's report to one domain (RFC 8460 §4.4).
struct TLSReport: Sendable {
    let domain: String
    /// This server's organisation: its own name.
    let submitter: String
    let contact: String
    /// Days since 1970.
    let day: Int64
    let policies: [TLSPolicy: TLSReportDay.Counts]

    private static let secondsOfDay: Int64 = 86_400

    var start: Int64 { day * Self.secondsOfDay }
    var end: Int64 { start + Self.secondsOfDay - 1 }
    /// The same for the same day: a report that comes twice is known.
    var id: String { "\(start)-\(domain)@\(submitter)" }

    var json: String {
        let sorted = policies.sorted { ($0.key.kind.rawValue, $0.key.domain) < ($1.key.kind.rawValue, $1.key.domain) }
        let fields = [
            JSON.pair("organization-name", JSON.text(submitter)),
            JSON.pair(
                "date-range",
                JSON.object([
                    JSON.pair("start-datetime", JSON.text(Self.moment(start))),
                    JSON.pair("end-datetime", JSON.text(Self.moment(end))),
                ])), JSON.pair("contact-info", JSON.text(contact)), JSON.pair("report-id", JSON.text(id)),
            JSON.pair("policies", JSON.list(sorted.map { Self.policy($0.key, $0.value) })),
        ]
        return JSON.object(fields)
    }

    private static func policy(_ policy: TLSPolicy, _ counts: TLSReportDay.Counts) -> String {
        var named = [JSON.pair("policy-type", JSON.text(policy.kind.rawValue))]
        if !policy.lines.isEmpty { named.append(JSON.pair("policy-string", JSON.list(policy.lines.map(JSON.text)))) }
        named.append(JSON.pair("policy-domain", JSON.text(policy.domain)))
        if !policy.hosts.isEmpty { named.append(JSON.pair("mx-host", JSON.list(policy.hosts.map(JSON.text)))) }
        var fields = [
            JSON.pair("policy", JSON.object(named)),
            JSON.pair(
                "summary",
                JSON.object([
                    JSON.pair("total-successful-session-count", String(counts.successes)),
                    JSON.pair("total-failure-session-count", String(counts.allFailures)),
                ])),
        ]
        let failures = counts.failures.sorted { ($0.key.kind, $0.key.host) < ($1.key.kind, $1.key.host) }
        if !failures.isEmpty {
            fields.append(JSON.pair("failure-details", JSON.list(failures.map { failure($0.key, $0.value) })))
        }
        return JSON.object(fields)
    }

    private static func failure(_ failure: TLSReportDay.Failure, _ count: Int) -> String {
        var fields = [JSON.pair("result-type", JSON.text(failure.kind))]
        if !failure.host.isEmpty { fields.append(JSON.pair("receiving-mx-hostname", JSON.text(failure.host))) }
        if !failure.address.isEmpty { fields.append(JSON.pair("receiving-ip", JSON.text(failure.address))) }
        return JSON.object(fields + [JSON.pair("failed-session-count", String(count))])
    }

    /// RFC 3339
    static func moment(_ seconds: Int64) -> String {
        var (time, parts) = (time_t(seconds), tm())
        gmtime_r(&time, &parts)
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(Int(parts.tm_year) + 1_900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
            + "T\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))Z"
    }
}

/// As much of RFC 8259 as a report needs.
private enum JSON {
    static func text(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\" + String(scalar)
            case _ where scalar.value < 0x20 || scalar.value == 0x7f:
                let hex = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    static func pair(_ name: String, _ value: String) -> String { "\(text(name)):\(value)" }
    static func object(_ pairs: [String]) -> String { "{\(pairs.joined(separator: ","))}" }
    static func list(_ items: [String]) -> String { "[\(items.joined(separator: ","))]" }
}
