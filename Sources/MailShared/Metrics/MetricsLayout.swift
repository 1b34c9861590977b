/// Where each metric lies among a slot's words.
///
/// The first word says which layout the slot was written with: during an upgrade old workers may live beside a reader that
/// knows other metrics, and their slots are then left out.
package enum MetricsLayout {
    static let fingerprintWord = 0
    static let counters = 1
    static let serviceCounters = counters + Counter.allCases.count
    static let sessionsOpen = serviceCounters + ServiceCounter.allCases.count * services
    static let gauges = sessionsOpen + services
    static let histograms = gauges + Gauge.allCases.count
    static let commands = histograms + Histogram.allCases.count * HistogramShape.fine.words
    package static let count = commands + MetricCommand.all.count * HistogramShape.coarse.words

    static let services = MetricService.allCases.count

    static func word(_ counter: Counter) -> Int { counters + counter.rawValue }
    static func word(_ counter: ServiceCounter, _ service: MetricService) -> Int {
        serviceCounters + counter.rawValue * services + service.rawValue
    }
    static func sessionsOpen(_ service: MetricService) -> Int { sessionsOpen + service.rawValue }
    static func word(_ gauge: Gauge) -> Int { gauges + gauge.rawValue }
    static func start(_ histogram: Histogram) -> Int { histograms + histogram.rawValue * HistogramShape.fine.words }
    static func start(_ command: MetricCommand) -> Int { commands + command.index * HistogramShape.coarse.words }

    /// FNV-1a over all names in their order: never zero for a slot that was written.
    package static let fingerprint: UInt64 = {
        let names =
            Counter.allCases.map { "\($0)" } + ServiceCounter.allCases.map { "\($0)" } + Gauge.allCases.map { "\($0)" }
            + Histogram.allCases.map { "\($0)" } + MetricCommand.all.map { "\($0)" } + ["\(count)"]
        return names.joined(separator: " ").utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }()
}
