internal import MailMessage

/// A reading as lines for a terminal of at least 40 columns. Pure: drawing is the tool's.
package struct TopScreen: Sendable {
    package static let narrowest = 40

    private let reading: TopReading
    private let hasColor: Bool

    package init(_ reading: TopReading, hasColor: Bool) {
        self.reading = reading
        self.hasColor = hasColor
    }

    /// As many as fit; colour changes no width.
    package func lines(width: Int, height: Int = .max) -> [String] {
        let all = [state] + reading.problems.map { Line("  " + $0, .bad) } + traffic + latencies + workers
        return all.prefix(max(1, height)).map { draw($0, width) }
    }

    private enum Tone { case plain, good, bad, faint }
    private struct Line {
        let text: String
        let tone: Tone
        init(_ text: String, _ tone: Tone = .plain) { (self.text, self.tone) = (text, tone) }
    }

    private func draw(_ line: Line, _ width: Int) -> String {
        let text = String(line.text.prefix(max(1, width)))
        guard hasColor else { return text }
        let code =
            switch line.tone {
            case .plain: ""
            case .good: "32"
            case .bad: "1;31"
            case .faint: "2"
            }
        return code.isEmpty ? text : "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }

    private var state: Line {
        reading.problems.isEmpty ? Line("posthus   ready", .good) : Line("posthus   not ready", .bad)
    }

    private var traffic: [Line] {
        let open = reading.sessions.filter { $0.open > 0 }.sorted { $0.open > $1.open }
            .map { "  \($0.service) \(Self.count($0.open))" }.joined()
        let failed = Line(
            "logins    \(Self.rate(reading.logins))/s, \(Self.rate(reading.failedLogins))/s failed",
            reading.failedLogins > reading.logins && reading.failedLogins > 1 ? .bad : .plain)
        return [
            Line("sessions  \(Self.count(reading.openSessions))\(open)"), failed,
            Line("messages  \(Self.rate(reading.messages))/s, \(Self.rate(reading.refusedMessages))/s refused"),
            Line("octets    \(Self.bytes(reading.octetsIn))/s in, \(Self.bytes(reading.octetsOut))/s out"),
            queue,
            Line(
                "disk      \(Self.bytes(reading.diskFree)) free of \(Self.bytes(reading.diskTotal))",
                reading.diskFree < reading.diskTotal / 20 ? .bad : .plain),
            Line("databases \(Self.count(reading.databases)) open"),
        ]
    }

    private var queue: Line {
        guard reading.queued > 0 else { return Line("queue     empty") }
        let age = SpanText.format(Self.whole(reading.oldestSeconds))
        return Line(
            "queue     \(Self.count(reading.queued)), oldest \(age)", reading.oldestSeconds > 3_600 ? .bad : .plain)
    }

    private var latencies: [Line] {
        [Line(Self.row("", "per s", "p50", "p95"), .faint)]
            + reading.latencies.map { latency in
                Line(
                    Self.row(
                        latency.name, Self.rate(latency.perSecond), Self.time(latency.median), Self.time(latency.slow)))
            }
    }

    private var workers: [Line] {
        [Line(Self.row("worker", "memory", "cpu", "files"), .faint)]
            + reading.workers.map { worker in
                Line(
                    Self.row(
                        "\(worker.role) \(worker.number)", Self.bytes(worker.residentBytes),
                        "\(Self.whole(worker.cpu * 100))%", Self.count(worker.descriptors)))
            }
    }

    /// 40 columns.
    private static func row(_ name: String, _ cells: String...) -> String {
        let left = name + String(repeating: " ", count: max(0, 10 - name.count))
        return cells.reduce(left) { $0 + String(repeating: " ", count: max(1, 10 - $1.count)) + $1 }
    }

    static func count(_ value: Double) -> String { String(whole(value)) }

    /// Never traps: what the socket's other end says is its own affair.
    static func whole(_ value: Double) -> Int { value.isFinite ? Int(max(-9e15, min(9e15, value.rounded()))) : 0 }

    static func rate(_ value: Double) -> String {
        let tenths = whole(value * 10)
        return value >= 100 || tenths % 10 == 0 ? String(whole(value)) : "\(tenths / 10).\(tenths % 10)"
    }

    static func bytes(_ value: Double) -> String { SizeText.format(Int64(whole(value))) }

    /// Three digits at most: `850 µs`, `12 ms`, `1.5 s`.
    static func time(_ seconds: Double?) -> String {
        guard let seconds else { return "–" }
        switch seconds {
        case ..<0.001: return "\(whole(seconds * 1_000_000)) µs"
        case ..<0.01: return "\(rate(seconds * 1_000)) ms"
        case ..<1: return "\(whole(seconds * 1_000)) ms"
        default: return "\(rate(seconds)) s"
        }
    }
}
