import MailShared
import MailTransport
import Testing

@testable import MailSessions

@Suite struct MonitorTests {
    /// A region with one worker per role, a writable store and room on the disk.
    private func region(_ change: (Metrics) -> Void = { _ in }) throws -> SharedRegion {
        let region = try SharedRegion.create()
        for (slot, role) in [MetricRole.smtp, .imap].enumerated() {
            region.claim(slot: slot)
            let metrics = Metrics(region.metrics(slot: slot))
            metrics.begin(role: role, pid: slot + 1, startedAt: 1)
            metrics.set(.beatAt, Stopwatch.seconds())
            guard role == .smtp else { continue }
            metrics.set(.storeWritable, 2)
            metrics.set(.diskFree, 1_000)
            metrics.set(.diskFloor, 1_000)
            change(metrics)
        }
        return region
    }

    private func ask(_ path: String, _ region: SharedRegion) -> HTTPAnswer {
        MonitorServer.answer(HTTPQuestion(path: path), [.smtp, .imap], region.readMetrics())
    }

    @Test func readyWhenAllIsWell() throws {
        let region = try region()
        #expect(ask("/ready", region) == HTTPAnswer(200, "ready\n"))
        #expect(ask("/health", region) == HTTPAnswer(200, "alive\n"))
        #expect(ask("/metrics", region).body.contains("posthus_store_writable 1\n"))
        #expect(ask("/metrics", region).contentType == "text/plain; version=0.0.4; charset=utf-8")
        #expect(ask("/", region).status == 404 && ask("/metrics/x", region).status == 404)
    }

    @Test func aSentenceForEachTrouble() throws {
        #expect(
            ask("/ready", try region { $0.set(.diskFree, 999) })
                == HTTPAnswer(
                    503, "the disk has 999 bytes left, less than the floor of 1000\n"))
        #expect(ask("/ready", try region { $0.set(.storeWritable, 1) }).body == "the store cannot be written\n")
        #expect(ask("/ready", try region { $0.set(.storeWritable, 0) }).body == "nobody has looked at the store yet\n")
        let silent = try region { $0.set(.beatAt, Stopwatch.seconds() - Readiness.longestSilence - 1) }
        #expect(ask("/ready", silent).body == "no worker for smtp is alive\n")
        let dead = try region()
        dead.release(slot: 1)
        #expect(ask("/ready", dead).body == "no worker for imap is alive\n")
        let empty = try SharedRegion.create()
        #expect(ask("/ready", empty).body.split(separator: "\n").count == 3)
        #expect(ask("/health", empty).status == 200)
    }

    @Test func thePulseTellsOfItsProcess() async throws {
        let region = try SharedRegion.create()
        region.claim(slot: 0)
        let metrics = Metrics(region.metrics(slot: 0))
        metrics.begin(role: .imap, pid: 1, startedAt: 1)
        let pulse = WorkerPulse(metrics)
        pulse.start()
        let use = ProcessUse.current()
        #expect(use.residentBytes > 1_000_000 && use.descriptors > 3 && use.descriptorLimit > 3)
        #expect(use.cpuMicroseconds > 0)
        #expect(region.readMetrics().workers.allSatisfy { $0.silence <= 1 })
        #expect(region.readMetrics().workers.count == 1)
        await pulse.stop()
    }
}
