/// Where one process counts: a slot's words, or nothing. A value that is handed down like the log.
///
/// Nothing here waits or allocates: an event costs one or two atomic additions.
package struct Metrics: Sendable {
    private let words: SharedWords

    /// Counts nothing.
    package static let off = Metrics(SharedWords(privateCount: 0))

    /// Words that are ours already; `begin` first in a new process.
    package init(_ words: SharedWords) { self.words = words }

    /// A slot's new owner: counters go on from where the last owner left them, so that sums never fall; gauges begin anew.
    package func begin(role: MetricRole, pid: Int, startedAt: Int) {
        if words.load(MetricsLayout.fingerprintWord) != MetricsLayout.fingerprint {
            words.clear()
        } else {
            for word in MetricsLayout.sessionsOpen..<MetricsLayout.histograms { words.store(0, at: word) }
        }
        set(.role, role.rawValue)
        set(.pid, pid)
        set(.startedAt, startedAt)
        words.store(MetricsLayout.fingerprint, at: MetricsLayout.fingerprintWord)
    }

    package func add(_ counter: Counter, _ amount: Int = 1) {
        words.add(UInt64(clamping: amount), at: MetricsLayout.word(counter))
    }

    package func add(_ counter: ServiceCounter, of service: MetricService?, _ amount: Int = 1) {
        guard let service else { return }
        words.add(UInt64(clamping: amount), at: MetricsLayout.word(counter, service))
    }

    package func sessionBegan(_ service: MetricService?) {
        guard let service else { return }
        add(.sessions, of: service)
        words.add(1, at: MetricsLayout.sessionsOpen(service))
    }

    package func sessionEnded(_ service: MetricService?, after watch: Stopwatch) {
        guard let service else { return }
        words.subtract(1, at: MetricsLayout.sessionsOpen(service))
        observe(.session, watch.microseconds)
    }

    package func set(_ gauge: Gauge, _ value: Int) {
        words.store(UInt64(clamping: value), at: MetricsLayout.word(gauge))
    }

    package func observe(_ histogram: Histogram, _ microseconds: UInt64) {
        observe(MetricsLayout.start(histogram), histogram.shape, microseconds)
    }

    package func observe(_ command: MetricCommand, _ microseconds: UInt64) {
        observe(MetricsLayout.start(command), .coarse, microseconds)
    }

    private func observe(_ start: Int, _ shape: HistogramShape, _ microseconds: UInt64) {
        words.add(1, at: start + shape.bucket(of: microseconds))
        words.add(microseconds, at: start + shape.buckets)
    }
}
