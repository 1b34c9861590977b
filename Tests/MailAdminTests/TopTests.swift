import Testing

@testable import MailAdmin

@Suite struct TopTests {
    static let before = MetricsPage(
        """
        # HELP posthus_logins_total Attempts.
        posthus_logins_total{result="ok"} 10
        posthus_logins_total{result="wrong"} 1
        posthus_command_seconds_bucket{protocol="imap",command="fetch",le="0.001"} 5
        posthus_command_seconds_bucket{protocol="imap",command="fetch",le="0.002"} 5
        posthus_command_seconds_bucket{protocol="imap",command="fetch",le="+Inf"} 5
        posthus_worker_cpu_seconds{role="imap",worker="1"} 3
        """)
    static let after = MetricsPage(
        """
        posthus_logins_total{result="ok"} 30
        posthus_logins_total{result="wrong"} 6
        posthus_sessions_open{service="imaps"} 12
        posthus_sessions_open{service="smtp"} 3
        posthus_command_seconds_bucket{protocol="imap",command="fetch",le="0.001"} 15
        posthus_command_seconds_bucket{protocol="imap",command="fetch",le="0.002"} 25
        posthus_command_seconds_bucket{protocol="imap",command="fetch",le="+Inf"} 25
        posthus_command_seconds_bucket{protocol="imap",command="idle",le="+Inf"} 99
        posthus_queue_messages 4
        posthus_queue_oldest_seconds 7200
        posthus_disk_free_bytes 1000000000
        posthus_disk_total_bytes 4000000000
        posthus_worker_up{role="imap",worker="1"} 1
        posthus_worker_resident_bytes{role="imap",worker="1"} 50000000
        posthus_worker_cpu_seconds{role="imap",worker="1"} 3.5
        posthus_worker_descriptors{role="imap",worker="1"} 77
        """)

    private let reading = TopReading(TopTests.before, TopTests.after, seconds: 10, problems: [])

    @Test func differences() throws {
        #expect(reading.logins == 2 && reading.failedLogins == 0.5)
        #expect(reading.openSessions == 15 && reading.queued == 4 && reading.oldestSeconds == 7_200)
        let imap = try #require(reading.latency("imap"))
        #expect(imap.perSecond == 2 && imap.median == 0.001 && abs((imap.slow ?? 0) - 0.0019) < 1e-9)
        #expect(reading.latency("smtp")?.median == nil)
        #expect(reading.workers.map(\.cpu) == [0.05] && reading.residentBytes == 50_000_000)
    }

    /// A server that was started again between the looks counts from zero.
    @Test func restart() {
        let reading = TopReading(Self.after, Self.before, seconds: 10, problems: [])
        #expect(reading.logins == 1 && (reading.latency("imap")?.perSecond ?? 0) == 0.5)
    }

    @Test(arguments: [40, 41, 60, 80, 200])
    func noLineIsTooLong(_ width: Int) {
        for color in [false, true] {
            let lines = TopScreen(reading, hasColor: color).lines(width: width)
            #expect(lines.count > 15)
            for line in lines { #expect(line.replacing(/\u{1B}\[[0-9;]*m/, with: "").count <= width) }
        }
    }

    @Test func whatFortyColumnsShow() {
        let lines = TopScreen(reading, hasColor: false).lines(width: 40)
        #expect(lines.first == "posthus   ready")
        #expect(lines.contains("sessions  15  imaps 12  smtp 3"))
        #expect(lines.contains("logins    2/s, 0.5/s failed"))
        #expect(lines.contains("queue     4, oldest 2h"))
        #expect(lines.contains("imap               2      1 ms    1.9 ms"))
        #expect(lines.contains("smtp               0         –         –"))
        #expect(lines.contains("imap 1       50.0 MB        5%        77"))
        #expect(TopScreen(reading, hasColor: false).lines(width: 40, height: 3).count == 3)
    }

    @Test func troublesStandFirst() {
        let reading = TopReading(Self.before, Self.after, seconds: 10, problems: ["no worker for imap is alive"])
        let lines = TopScreen(reading, hasColor: false).lines(width: 80)
        #expect(lines.prefix(2) == ["posthus   not ready", "  no worker for imap is alive"])
    }

    @Test(arguments: [
        (nil, "–"), (0, "0 µs"), (0.00085, "850 µs"), (0.0015, "1.5 ms"), (0.012, "12 ms"), (1.52, "1.5 s"),
        (120, "120 s"), (.infinity, "0 s"),
    ])
    func times(seconds: Double?, text: String) { #expect(TopScreen.time(seconds) == text) }

    @Test(arguments: ["", "nonsense", "a{", "a{b} 1", "a 1e999", "a nan", "a{b=\"c\"} x", "{} 1", "\u{0} \u{0}"])
    func garbageIsLeftOut(_ text: String) {
        let page = MetricsPage(text)
        let reading = TopReading(page, page, seconds: 0, problems: [])
        #expect(TopScreen(reading, hasColor: false).lines(width: 40).first == "posthus   ready")
    }

    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody\n", 200, "body\n"), ("HTTP/1.1 503 No\r\n\r\n", 503, ""),
        ("HTTP/1.1 200 OK\r\n\r\na\r\n\r\nb", 200, "a\r\n\r\nb"),
    ])
    func httpAnswers(text: String, status: Int, body: String) throws {
        let answer = try #require(MonitorClient.parse(Array(text.utf8)))
        #expect(answer.status == status && answer.body == body)
    }

    @Test(arguments: ["", "HTTP/1.1", "HTTP/1.1 200 OK\r\nA: b\r\n", "220 mail ESMTP\r\n\r\n", "HTTP/1.1 x y\r\n\r\n"])
    func noHTTPAnswers(_ text: String) { #expect(MonitorClient.parse(Array(text.utf8)) == nil) }
}
