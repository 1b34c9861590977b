import Testing

@testable import MailShared

@Suite struct MetricsTests {
    @Test func everythingFitsIntoASlot() { #expect(MetricsLayout.count <= SharedLayout.metricWords) }

    /// No two metrics share a word: each is touched alone, and alone it shows.
    @Test func wordsAreApart() {
        var words: [Int] =
            Counter.allCases.map { MetricsLayout.word($0) } + Gauge.allCases.map { MetricsLayout.word($0) }
        for service in MetricService.allCases {
            words += ServiceCounter.allCases.map { MetricsLayout.word($0, service) }
            words.append(MetricsLayout.sessionsOpen(service))
        }
        for histogram in Histogram.allCases {
            words += (0..<histogram.shape.words).map { MetricsLayout.start(histogram) + $0 }
        }
        for command in MetricCommand.all {
            words += (0..<HistogramShape.coarse.words).map { MetricsLayout.start(command) + $0 }
        }
        #expect(Set(words).count == words.count)
        #expect(words.min() == MetricsLayout.counters && words.max() == MetricsLayout.count - 1)
    }

    @Test func slotsAreAddedUp() throws {
        let region = try SharedRegion.create()
        for slot in [0, 5, 63] {
            region.claim(slot: slot)
            let metrics = Metrics(region.metrics(slot: slot))
            metrics.begin(role: .imap, pid: 100 + slot, startedAt: 7)
            metrics.add(.loginSucceeded)
            metrics.add(.bytesIn, of: .imaps, 10)
            metrics.sessionBegan(.imaps)
            metrics.observe(.imap(.fetch), 300)
            metrics.set(.databasesOpen, slot)
        }
        let snapshot = region.readMetrics()
        #expect(snapshot.value(.loginSucceeded) == 3)
        #expect(snapshot.value(.bytesIn, .imaps) == 30 && snapshot.value(.bytesIn, .imap) == 0)
        #expect(snapshot.sessionsOpen(.imaps) == 3)
        #expect(snapshot.value(.databasesOpen) == 68)
        #expect(snapshot.reading(.imap(.fetch)).count == 3 && snapshot.reading(.imap(.fetch)).sum == 900)
        #expect(snapshot.workers.map(\.pid) == [100, 105, 163])
    }

    /// A worker dies with a session open: its counts stay, its session does not, and its successor counts on.
    @Test func sumsNeverFall() throws {
        let region = try SharedRegion.create()
        region.claim(slot: 1)
        let first = Metrics(region.metrics(slot: 1))
        first.begin(role: .smtp, pid: 1, startedAt: 1)
        first.sessionBegan(.smtp)
        first.add(.mailDelivered)
        region.release(slot: 1)
        #expect(region.readMetrics().value(.mailDelivered) == 1)
        #expect(region.readMetrics().sessionsOpen(.smtp) == 0)
        #expect(region.readMetrics().workers.isEmpty)
        region.claim(slot: 1)
        let second = Metrics(region.metrics(slot: 1))
        second.begin(role: .smtp, pid: 2, startedAt: 2)
        second.add(.mailDelivered)
        #expect(region.readMetrics().value(.mailDelivered) == 2)
        #expect(region.readMetrics().sessionsOpen(.smtp) == 0)
        #expect(region.readMetrics().workers.map(\.pid) == [2])
    }

    @Test func aSlotOfAnotherLayoutIsLeftOut() throws {
        let region = try SharedRegion.create()
        region.claim(slot: 0)
        let words = region.metrics(slot: 0)
        words.store(MetricsLayout.fingerprint &+ 1, at: 0)
        words.store(99, at: MetricsLayout.counters)
        #expect(region.readMetrics().workers.isEmpty)
        #expect(region.readMetrics().value(.refusedTooMany) == 0)
        Metrics(words).begin(role: .all, pid: 1, startedAt: 1)
        #expect(region.readMetrics().value(.refusedTooMany) == 0 && region.readMetrics().workers.count == 1)
    }

    @Test func nobodyCounts() {
        Metrics.off.add(.loginWrong)
        Metrics.off.observe(.commit, 5)
        Metrics.off.sessionBegan(nil)
        Metrics.off.add(.bytesIn, of: nil)
    }

    /// Thousands of hits from several threads, none lost.
    @Test func threadsCountTogether() async throws {
        let words = SharedWords(privateCount: SharedLayout.metricWords)
        let metrics = Metrics(words)
        metrics.begin(role: .all, pid: 1, startedAt: 1)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask { for value in 0..<5_000 { metrics.observe(.commit, UInt64(value)) } }
            }
        }
        let reading = MetricsSnapshot(slots: [words], live: 1).reading(.commit)
        #expect(reading.count == 40_000 && reading.sum == 8 * (0..<5_000).reduce(0, +))
    }
}

@Suite struct PrometheusTextTests {
    private func text(_ fill: (Metrics) -> Void = { _ in }) throws -> [Substring] {
        let region = try SharedRegion.create()
        region.claim(slot: 2)
        let metrics = Metrics(region.metrics(slot: 2))
        metrics.begin(role: .smtp, pid: 9, startedAt: 1_000)
        fill(metrics)
        return PrometheusText.render(region.readMetrics(), at: 2_000).split(separator: "\n")
    }

    @Test func everyFamilyIsThereOnce() throws {
        let lines = try text()
        for family in MetricFamily.allCases {
            #expect(lines.count { $0 == "# TYPE \(family.rawValue) \(family.kind.rawValue)" } == 1)
            #expect(lines.count { $0.hasPrefix("# HELP \(family.rawValue) ") } == 1)
            #expect(family.help.hasSuffix("."))
        }
    }

    @Test(arguments: [
        #"posthus_logins_total{result="wrong"} 2"#, #"posthus_sessions_open{service="imaps"} 1"#,
        #"posthus_sessions_total{service="imaps"} 1"#, #"posthus_bytes_out_total{service="smtp"} 4096"#,
        #"posthus_command_seconds_bucket{protocol="smtp",command="rcpt",le="0.000256"} 1"#,
        #"posthus_command_seconds_bucket{protocol="smtp",command="rcpt",le="+Inf"} 2"#,
        #"posthus_command_seconds_sum{protocol="smtp",command="rcpt"} 100.0002"#,
        #"posthus_command_seconds_count{protocol="smtp",command="rcpt"} 2"#,
        #"posthus_cache_lookups_total{cache="password",result="hit"} 1"#, "posthus_store_writable 1",
        "posthus_queue_oldest_seconds 500", "posthus_disk_free_bytes 12",
        #"posthus_worker_up{role="smtp",worker="2"} 1"#,
        #"posthus_worker_cpu_seconds{role="smtp",worker="2"} 1.5"#,
        #"posthus_worker_start_timestamp_seconds{role="smtp",worker="2"} 1000"#,
    ])
    func lines(_ line: String) throws {
        let lines = try text { metrics in
            metrics.add(.loginWrong, 2)
            metrics.sessionBegan(.imaps)
            metrics.add(.bytesOut, of: .smtp, 4_096)
            metrics.observe(.smtp(.rcpt), 200)
            metrics.observe(.smtp(.rcpt), 100_000_000)
            metrics.add(.verificationHit)
            metrics.set(.storeWritable, 2)
            metrics.set(.queueOldestAt, 1_500)
            metrics.set(.diskFree, 12)
            metrics.set(.cpuMicroseconds, 1_500_000)
        }
        #expect(lines.contains(Substring(line)))
    }

    @Test func bucketsOnlyRise() throws {
        let lines = try text { metrics in
            for value in [1, 70, 5_000, 5_000, 90_000_000] as [UInt64] { metrics.observe(.delivery, value) }
        }
        let counts = lines.filter { $0.hasPrefix("posthus_delivery_seconds_bucket") }
            .compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }
        #expect(counts.count == HistogramShape.fine.buckets && counts == counts.sorted() && counts.last == 5)
    }

    @Test func unusedCommandsAreLeftOut() throws {
        #expect(try !text().contains { $0.hasPrefix("posthus_command_seconds") })
    }
}
