/// A page in Prometheus' text format, as far as our own server writes it. Lines that are none are left out.
package struct MetricsPage: Sendable {
    struct Sample: Sendable {
        let labels: [String: String]
        let value: Double
    }

    private let samples: [String: [Sample]]

    package init(_ text: String) {
        var samples: [String: [Sample]] = [:]
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            guard let (name, sample) = Self.parse(line) else { continue }
            samples[name, default: []].append(sample)
        }
        self.samples = samples
    }

    /// `name{a="x",b="y"} 12.5`
    private static func parse(_ line: Substring) -> (String, Sample)? {
        guard let space = line.lastIndex(of: " "), let value = Double(line[line.index(after: space)...]),
            value.isFinite
        else {
            return nil
        }
        let head = line[..<space]
        guard let brace = head.firstIndex(of: "{") else { return (String(head), Sample(labels: [:], value: value)) }
        guard head.last == "}" else { return nil }
        var labels: [String: String] = [:]
        for part in head[head.index(after: brace)...].dropLast().split(separator: ",") {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else { return nil }
            labels[String(pair[0])] = String(pair[1].drop { $0 == "\"" }.prefix { $0 != "\"" })
        }
        return (String(head[..<brace]), Sample(labels: labels, value: value))
    }

    func all(_ name: String) -> [Sample] { samples[name] ?? [] }

    /// The sum of all series that have these labels.
    func sum(_ name: String, _ labels: [String: String] = [:]) -> Double {
        all(name).reduce(0) { sum, sample in
            labels.allSatisfy { sample.labels[$0] == $1 } ? sum + sample.value : sum
        }
    }

    func has(_ name: String) -> Bool { samples[name] != nil }

    /// The buckets of a histogram by their bounds, those of several series added up.
    func buckets(_ name: String, where isWanted: ([String: String]) -> Bool) -> [Double: Double] {
        var result: [Double: Double] = [:]
        for sample in all(name + "_bucket") where isWanted(sample.labels) {
            guard let text = sample.labels["le"] else { continue }
            result[text == "+Inf" ? .infinity : Double(text) ?? .infinity, default: 0] += sample.value
        }
        return result
    }
}

/// What a histogram says about the time between two pages.
struct LatencyReading: Sendable, Equatable {
    let count: Double
    /// In seconds; nil when nothing happened.
    let median, slow: Double?

    init(before: [Double: Double], after: [Double: Double]) {
        let bounds = after.keys.sorted()
        // A server that was started again counts from zero.
        let isRestarted = bounds.contains { (after[$0] ?? 0) < (before[$0] ?? 0) }
        let counts = bounds.map { (bound: $0, below: (after[$0] ?? 0) - (isRestarted ? 0 : before[$0] ?? 0)) }
        count = counts.last?.below ?? 0
        median = Self.quantile(0.5, counts)
        slow = Self.quantile(0.95, counts)
    }

    /// Linear within the bucket, as Prometheus does it; beyond the last bound that bound.
    private static func quantile(_ part: Double, _ counts: [(bound: Double, below: Double)]) -> Double? {
        guard let total = counts.last?.below, total > 0 else { return nil }
        let rank = part * total
        var (low, below) = (0.0, 0.0)
        for (bound, upTo) in counts {
            if upTo >= rank {
                guard bound.isFinite else { return low }
                return upTo > below ? low + (bound - low) * (rank - below) / (upTo - below) : bound
            }
            (low, below) = (bound, upTo)
        }
        return low
    }
}
