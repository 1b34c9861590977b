package import MailStore

/// Whether anybody is about to be full, for monitoring. Pure.
package struct QuotaCheck: Sendable {
    package enum State: Sendable { case ok, warning, critical }

    static let namesShown = 5

    /// Over the warning threshold but not the critical one.
    package let warned: [AccountEntry]
    package let critical: [AccountEntry]
    package let warn: Int64
    package let crit: Int64
    private let allowed: Int

    package init(_ entries: [AccountEntry], warn: Int64, crit: Int64, allowed: Int) {
        let limited = entries.filter { $0.quota.bytes != nil }
        critical = limited.filter { $0.percentUsed >= crit }
        warned = limited.filter { (warn..<max(warn, crit)).contains($0.percentUsed) }
        (self.warn, self.crit, self.allowed) = (warn, crit, allowed)
    }

    package var state: State {
        if critical.count > allowed { return .critical }
        return warned.count > allowed ? .warning : .ok
    }

    package var line: String {
        switch state {
        case .ok: "ok: \(critical.count) over \(crit)%, \(warned.count) over \(warn)%"
        case .warning: "\(warned.count) over \(warn)%: \(Self.names(warned))"
        case .critical: "\(critical.count) over \(crit)%: \(Self.names(critical))"
        }
    }

    /// One line with performance data, as the plugins of Nagios print it.
    package var nagiosLine: String {
        let word =
            switch state {
            case .ok: "OK"
            case .warning: "WARNING"
            case .critical: "CRITICAL"
            }
        return
            "QUOTA \(word) - \(Self.plain(line)) | over_warn=\(warned.count);\(allowed) over_crit=\(critical.count);;\(allowed)"
    }

    package static func nagiosLine(unknown why: String) -> String { "QUOTA UNKNOWN - \(plain(why))" }

    /// Behind a bar begin the performance data.
    private static func plain(_ text: String) -> String { text.replacing("|", with: "/").replacing("\n", with: " ") }

    private static func names(_ entries: [AccountEntry]) -> String {
        let shown = entries.prefix(namesShown).map { "\($0.address) \($0.percentUsed)%" }.joined(separator: ", ")
        return entries.count > namesShown ? shown + " and \(entries.count - namesShown) more" : shown
    }
}
