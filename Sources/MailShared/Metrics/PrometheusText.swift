/// A snapshot in Prometheus' text format 0.0.4: each family once, with HELP and TYPE.
package struct PrometheusText {
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    private var text = ""

    /// `time`: seconds since 1970.
    package static func render(_ snapshot: MetricsSnapshot, at time: Int) -> String {
        var output = PrometheusText()
        for family in MetricFamily.allCases { output.write(family, snapshot, time) }
        return output.text
    }

    private mutating func write(_ family: MetricFamily, _ snapshot: MetricsSnapshot, _ time: Int) {
        text += "# HELP \(family.rawValue) \(family.help)\n# TYPE \(family.rawValue) \(family.kind.rawValue)\n"
        switch family.kind {
        case .counter: writeCounters(family, snapshot)
        case .gauge: writeGauges(family, snapshot, time)
        case .histogram: writeHistograms(family, snapshot)
        }
    }

    private mutating func writeCounters(_ family: MetricFamily, _ snapshot: MetricsSnapshot) {
        for counter in Counter.allCases where counter.series.family == family {
            line(family.rawValue, counter.series.labels, String(snapshot.value(counter)))
        }
        for counter in ServiceCounter.allCases where counter.family == family {
            for service in MetricService.allCases {
                line(family.rawValue, [.service(service)], String(snapshot.value(counter, service)))
            }
        }
    }

    private mutating func writeGauges(_ family: MetricFamily, _ snapshot: MetricsSnapshot, _ time: Int) {
        switch family {
        case .sessionsOpen:
            for service in MetricService.allCases {
                line(family.rawValue, [.service(service)], String(snapshot.sessionsOpen(service)))
            }
        case .workerUp: writeWorkers(family, snapshot) { _ in "1" }
        default:
            for gauge in Gauge.allCases where gauge.family == family { write(gauge, family, snapshot, time) }
        }
    }

    private mutating func write(_ gauge: Gauge, _ family: MetricFamily, _ snapshot: MetricsSnapshot, _ time: Int) {
        if case .perWorker = gauge.sum {
            return writeWorkers(family, snapshot) { worker in
                let value = worker.value(gauge)
                return gauge == .cpuMicroseconds ? Self.seconds(value) : String(value)
            }
        }
        let value = snapshot.value(gauge)
        switch gauge {
        case .storeWritable: line(family.rawValue, [], value == 2 ? "1" : "0")
        case .queueOldestAt: line(family.rawValue, [], String(value.map { max(0, time - Int(clamping: $0)) } ?? 0))
        case .certificateEndsAt: if let value { line(family.rawValue, [], String(value)) }
        default: line(family.rawValue, [], String(value ?? 0))
        }
    }

    private mutating func writeWorkers(
        _ family: MetricFamily, _ snapshot: MetricsSnapshot, _ value: (MetricsSnapshot.Worker) -> String
    ) {
        for worker in snapshot.workers {
            let role = worker.role.map { "\($0)" } ?? "unknown"
            let labels = [
                MetricLabel(name: "role", value: role), MetricLabel(name: "worker", value: String(worker.slot)),
            ]
            line(family.rawValue, labels, value(worker))
        }
    }

    private mutating func writeHistograms(_ family: MetricFamily, _ snapshot: MetricsSnapshot) {
        for histogram in Histogram.allCases where histogram.family == family {
            write(snapshot.reading(histogram), family, [])
        }
        guard family == .commandSeconds else { return }
        for command in MetricCommand.all {
            let reading = snapshot.reading(command)
            // Commands nobody has given yet would be most of the page.
            if reading.count > 0 { write(reading, family, command.series.labels) }
        }
    }

    private mutating func write(_ reading: HistogramReading, _ family: MetricFamily, _ labels: [MetricLabel]) {
        var below: UInt64 = 0
        for (bucket, count) in reading.buckets.enumerated() {
            below &+= count
            let bound = reading.shape.bound(of: bucket).map(Self.seconds) ?? "+Inf"
            line(family.rawValue + "_bucket", labels + [MetricLabel(name: "le", value: bound)], String(below))
        }
        line(family.rawValue + "_sum", labels, Self.seconds(reading.sum))
        line(family.rawValue + "_count", labels, String(below))
    }

    /// Label values are words of ours: nothing in them needs an escape.
    private mutating func line(_ name: String, _ labels: [MetricLabel], _ value: String) {
        text += name
        if !labels.isEmpty { text += "{" + labels.map { "\($0.name)=\"\($0.value)\"" }.joined(separator: ",") + "}" }
        text += " \(value)\n"
    }

    /// Microseconds as seconds, exactly.
    static func seconds(_ microseconds: UInt64) -> String {
        let (whole, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        guard rest > 0 else { return String(whole) }
        let digits = String(rest)
        var fraction = String(repeating: "0", count: 6 - digits.count) + digits
        while fraction.last == "0" { fraction.removeLast() }
        return "\(whole).\(fraction)"
    }
}

extension MetricLabel {
    fileprivate static func service(_ service: MetricService) -> MetricLabel {
        MetricLabel(name: "service", value: "\(service)")
    }
}
