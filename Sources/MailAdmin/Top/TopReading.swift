/// What `mailctl top` shows: the difference of two pages. Pure.
package struct TopReading: Sendable {
    package struct Latency: Sendable {
        package let name: String
        package let perSecond: Double
        package let median, slow: Double?
    }

    package struct Worker: Sendable {
        package let role, number: String
        package let residentBytes: Double
        package let cpu: Double
        package let descriptors: Double
    }

    /// What /ready says: empty when the server is ready.
    package let problems: [String]
    package let sessions: [(service: String, open: Double)]
    package let logins, failedLogins, messages, refusedMessages, refusedConnections: Double
    package let octetsIn, octetsOut: Double
    package let queued, oldestSeconds: Double
    package let latencies: [Latency]
    package let workers: [Worker]
    package let databases, diskFree, diskTotal: Double

    package init(
        _ before: MetricsPage, _ after: MetricsPage, seconds: Double, problems: [String]
    ) {
        func rate(_ name: String, _ labels: [String: String] = [:]) -> Double {
            let (old, new) = (before.sum(name, labels), after.sum(name, labels))
            return seconds > 0 ? (new >= old ? new - old : new) / seconds : 0
        }
        self.problems = problems
        sessions = after.all("posthus_sessions_open").map { ($0.labels["service"] ?? "", $0.value) }
        logins = rate("posthus_logins_total", ["result": "ok"])
        failedLogins = rate("posthus_logins_total") - logins
        messages =
            rate("posthus_deliveries_total", ["result": "delivered"])
            + rate("posthus_deliveries_total", ["result": "queued"])
        refusedMessages = rate("posthus_deliveries_total") - messages
        refusedConnections = rate("posthus_connections_refused_total")
        octetsIn = rate("posthus_bytes_in_total")
        octetsOut = rate("posthus_bytes_out_total")
        queued = after.sum("posthus_queue_messages")
        oldestSeconds = after.sum("posthus_queue_oldest_seconds")
        latencies = Self.latencies(before, after, seconds)
        workers = Self.workers(before, after, seconds)
        databases = after.sum("posthus_store_databases_open")
        diskFree = after.sum("posthus_disk_free_bytes")
        diskTotal = after.sum("posthus_disk_total_bytes")
    }

    package var openSessions: Double { sessions.reduce(0) { $0 + $1.open } }
    package var residentBytes: Double { workers.reduce(0) { $0 + $1.residentBytes } }

    package func latency(_ name: String) -> Latency? { latencies.first { $0.name == name } }

    private static func latencies(_ before: MetricsPage, _ after: MetricsPage, _ seconds: Double) -> [Latency] {
        func reading(_ name: String, _ metric: String, where isWanted: ([String: String]) -> Bool = { _ in true })
            -> Latency
        {
            let found = LatencyReading(
                before: before.buckets(metric, where: isWanted), after: after.buckets(metric, where: isWanted))
            return Latency(
                name: name, perSecond: seconds > 0 ? found.count / seconds : 0, median: found.median, slow: found.slow)
        }
        // IDLE lasts as long as its client likes.
        let protocols = ["imap", "smtp", "pop3"].map { name in
            reading(name, "posthus_command_seconds") { $0["protocol"] == name && $0["command"] != "idle" }
        }
        return protocols + [
            reading("delivery", "posthus_delivery_seconds"), reading("commit", "posthus_store_commit_seconds"),
            reading("loop lag", "posthus_event_loop_lag_seconds"),
        ]
    }

    private static func workers(_ before: MetricsPage, _ after: MetricsPage, _ seconds: Double) -> [Worker] {
        after.all("posthus_worker_up").map { sample in
            let labels = sample.labels
            let used =
                after.sum("posthus_worker_cpu_seconds", labels) - before.sum("posthus_worker_cpu_seconds", labels)
            return Worker(
                role: labels["role"] ?? "", number: labels["worker"] ?? "",
                residentBytes: after.sum("posthus_worker_resident_bytes", labels),
                cpu: seconds > 0 ? max(0, used) / seconds : 0,
                descriptors: after.sum("posthus_worker_descriptors", labels))
        }
    }
}
