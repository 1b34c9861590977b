import Testing

@testable import MailSupervisor

@Suite struct BackOffTests {
    @Test func delaysDoubleUpToTheLongest() {
        var backOff = BackOff()
        let delays = (0..<10).map { _ in backOff.delay(afterLiving: .zero).milliseconds }
        #expect(delays == [0, 100, 200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000])
    }

    @Test func neverOverflows() {
        var backOff = BackOff()
        for _ in 0..<10_000 { #expect(backOff.delay(afterLiving: .zero) <= BackOff.longest) }
    }

    private static let ages: [(Duration, Int64)] = [
        (BackOff.healthyAge - .milliseconds(1), 100), (BackOff.healthyAge, 0), (.seconds(3_600), 0),
    ]

    @Test(arguments: ages)
    func aHealthyLifeBeginsAnew(age: Duration, milliseconds: Int64) {
        var backOff = BackOff()
        _ = backOff.delay(afterLiving: .zero)
        #expect(backOff.delay(afterLiving: age).milliseconds == milliseconds)
    }
}

@Suite struct WorkerPlanTests {
    private func seats(_ services: Set<String>, _ workers: Int, cores: Int = 4) -> [String] {
        WorkerPlan(services: services, imapWorkers: workers, cores: cores).seats.map(\.description)
    }

    @Test func rolesFollowTheServices() {
        #expect(seats(["smtp", "imaps", "pop3s"], 2) == ["smtp-1", "relay-1", "imap-1", "imap-2", "pop3-1"])
        #expect(
            seats(["imap"], 1) == ["smtp-1", "relay-1", "imap-1"], "upkeep and queue need workers even without ports")
        #expect(seats([], 8) == ["smtp-1", "relay-1"])
    }

    @Test func zeroMeansOnePerCore() {
        #expect(seats(["imaps"], 0, cores: 3).count == 5)
        #expect(seats(["imaps"], 0, cores: 0) == ["smtp-1", "relay-1", "imap-1"])
        #expect(seats(["imaps"], 0, cores: 500).count == 2 + WorkerPlan.mostIMAPWorkers)
    }

    @Test func threeGenerationsFitIntoTheSlots() {
        let most = WorkerPlan(services: ["imap", "pop3"], imapWorkers: 99, cores: 1, hasMonitor: true).seats.count
        #expect(most * 3 <= WorkerTable.slots)
    }
}

@Suite struct WorkerEndTests {
    @Test(arguments: [(0, "code 0"), (78 << 8, "code 78"), (11, "SIGSEGV"), (4 | 0x80, "SIGILL"), (40, "signal 40")])
    func waitStatus(status: Int32, words: String) { #expect(WorkerEnd(waitStatus: status).description == words) }
}
