/// What all slots hold at one moment, added up.
package struct MetricsSnapshot: Sendable {
    /// One live worker.
    package struct Worker: Sendable, Equatable {
        package let slot: Int
        package let role: MetricRole?
        package let pid: Int
        package let startedAt: Int
        /// Seconds since its last sign of life.
        package let silence: Int
        let gauges: [UInt64]

        func value(_ gauge: Gauge) -> UInt64 { gauges[gauge.rawValue] }
    }

    package let workers: [Worker]
    /// By word: counters and histograms of all slots, session counts and gauges of the live ones.
    private let sums: [UInt64]

    /// `live`: a bit for each slot whose worker lives. `now`: seconds of the monotonic clock.
    package init(slots: [SharedWords], live: UInt64, now: Int = Stopwatch.seconds()) {
        var sums = [UInt64](repeating: 0, count: MetricsLayout.count)
        var workers: [Worker] = []
        for (slot, words) in slots.enumerated() {
            guard words.load(MetricsLayout.fingerprintWord) == MetricsLayout.fingerprint else { continue }
            let isLive = slot < 64 && live & (1 << UInt64(slot)) != 0
            for word in MetricsLayout.counters..<MetricsLayout.count where isLive || !Self.isGauge(word) {
                sums[word] &+= words.load(word)
            }
            if isLive { workers.append(Worker(slot, words, now)) }
        }
        self.sums = sums
        self.workers = workers
    }

    private static func isGauge(_ word: Int) -> Bool {
        (MetricsLayout.sessionsOpen..<MetricsLayout.histograms).contains(word)
    }

    package func value(_ counter: Counter) -> UInt64 { sums[MetricsLayout.word(counter)] }
    package func value(_ counter: ServiceCounter, _ service: MetricService) -> UInt64 {
        sums[MetricsLayout.word(counter, service)]
    }
    package func sessionsOpen(_ service: MetricService) -> UInt64 { sums[MetricsLayout.sessionsOpen(service)] }

    /// Over all live workers; nil where none of them has set it.
    package func value(_ gauge: Gauge) -> UInt64? {
        let values = workers.map { $0.value(gauge) }.filter { $0 > 0 }
        return switch gauge.sum {
        case .sum: values.reduce(0, &+)
        case .largest: values.max()
        case .smallest: values.min()
        case .perWorker: nil
        }
    }

    func reading(_ histogram: Histogram) -> HistogramReading {
        reading(MetricsLayout.start(histogram), histogram.shape)
    }
    func reading(_ command: MetricCommand) -> HistogramReading { reading(MetricsLayout.start(command), .coarse) }

    private func reading(_ start: Int, _ shape: HistogramShape) -> HistogramReading {
        HistogramReading(
            shape: shape, buckets: Array(sums[start..<start + shape.buckets]), sum: sums[start + shape.buckets])
    }
}

extension MetricsSnapshot.Worker {
    fileprivate init(_ slot: Int, _ words: SharedWords, _ now: Int) {
        let gauges = Gauge.allCases.map { words.load(MetricsLayout.word($0)) }
        func number(_ gauge: Gauge) -> Int { Int(clamping: gauges[gauge.rawValue]) }
        self.init(
            slot: slot, role: MetricRole(rawValue: number(.role)), pid: number(.pid), startedAt: number(.startedAt),
            silence: max(0, now - number(.beatAt)), gauges: gauges)
    }
}

/// The buckets of one histogram, each by itself, and the sum of all values in microseconds.
struct HistogramReading: Sendable {
    let shape: HistogramShape
    let buckets: [UInt64]
    let sum: UInt64
    var count: UInt64 { buckets.reduce(0, &+) }
}

extension SharedRegion {
    /// All slots at this moment.
    package func readMetrics() -> MetricsSnapshot {
        MetricsSnapshot(slots: (0..<SharedLayout.slots).map { metrics(slot: $0) }, live: liveSlots)
    }
}
