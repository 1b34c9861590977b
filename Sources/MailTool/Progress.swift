import Glibc

/// One line on stderr while a long work lasts: how far, how fast, how long still; erased at the end.
package struct Progress {
    package enum Mode: String, CaseIterable, Sendable { case auto, always, never, json }

    static let firstShownAfter: Int64 = 1_000
    static let redrawnEvery: Int64 = 100
    static let reportedEvery: Int64 = 5_000

    private let what: String
    private let total: Int64?
    private let mode: Mode
    private let shown: @Sendable (Int64) -> String
    private let clock: @Sendable () -> Int64
    private let draw: @Sendable (String) -> Void
    private let columns: Int
    private let startedAt: Int64
    private var shownAt: Int64?
    private var done: Int64 = 0

    /// `clock` counts milliseconds.
    package init(
        _ what: String, total: Int64?, mode: Mode, shown: @escaping @Sendable (Int64) -> String = { String($0) },
        isTerminal: Bool = StandardError.isTerminal, clock: @escaping @Sendable () -> Int64 = Progress.milliseconds
    ) {
        self.init(
            what, total: total, mode: mode, shown: shown, isTerminal: isTerminal,
            columns: TerminalLook.columns(of: STDERR_FILENO), clock: clock, draw: LiveLine.draw)
    }

    init(
        _ what: String, total: Int64?, mode: Mode, shown: @escaping @Sendable (Int64) -> String = { String($0) },
        isTerminal: Bool, columns: Int, clock: @escaping @Sendable () -> Int64,
        draw: @escaping @Sendable (String) -> Void
    ) {
        self.what = what
        self.shown = shown
        self.total = total
        self.mode = mode == .auto && !isTerminal ? .never : mode
        self.clock = clock
        self.draw = draw
        self.columns = columns
        startedAt = clock()
    }

    @Sendable package static func milliseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }

    package mutating func advance(by count: Int64 = 1) {
        done += count
        guard mode != .never else { return }
        let now = clock()
        let isDue =
            if let shownAt { now - shownAt >= (mode == .json ? Self.reportedEvery : Self.redrawnEvery) } else {
                now - startedAt >= (mode == .json ? Self.reportedEvery : mode == .always ? 0 : Self.firstShownAfter)
            }
        guard isDue else { return }
        shownAt = now
        if mode == .json { return draw(json(now) + "\n") }
        // A line that wraps could not be erased.
        draw("\r" + TextWidth.shortened(line(now), to: columns - 1, mark: "") + "\u{1B}[K")
    }

    package mutating func finish() {
        if shownAt != nil, mode != .json { draw(LiveLine.erasing) }
        shownAt = nil
    }

    private func perSecond(_ now: Int64) -> Int64 { done * 1_000 / max(1, now - startedAt) }

    private func secondsLeft(_ now: Int64) -> Int64? {
        guard let total, done > 0 else { return nil }
        return max(0, total - done) * (now - startedAt) / done / 1_000
    }

    private func line(_ now: Int64) -> String {
        var text = "\(what) \(shown(done))"
        if let total, total > 0 { text += "/\(shown(total)) \(done * 100 / total)%" }
        text += ", \(shown(perSecond(now)))/s"
        if let left = secondsLeft(now) { text += ", \(left / 60):\(left % 60 < 10 ? "0" : "")\(left % 60) left" }
        return text
    }

    private func json(_ now: Int64) -> String {
        let left = secondsLeft(now).map { JSONValue.integer($0) } ?? .null
        let all = total.map { JSONValue.integer($0) } ?? .null
        return JSONValue.object([
            ("v", .integer(1)), ("type", .text("progress")), ("what", .text(what)), ("done", .integer(done)),
            ("total", all),
            ("per_second", .integer(perSecond(now))), ("seconds_left", left),
        ]).compact
    }
}
