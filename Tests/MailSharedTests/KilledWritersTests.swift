import Foundation
import Testing

@testable import MailShared

@Suite struct KilledWritersTests {
    private static let rounds = 12
    private static let writers = 3

    /// Processes are killed at any instruction; what they leave is at most the one step they were in, and nobody waits for them.
    @Test func aKilledWriterLeavesNothingHeld() throws {
        let region = try SharedRegion.create()
        var counted: UInt64 = 0
        for round in 0..<Self.rounds {
            let probes = try (0..<Self.writers).map { try WordsProbe(region: region, slot: $0) }
            usleep(UInt32.random(in: 500...20_000))
            for probe in probes { probe.kill() }
            for slot in 0..<Self.writers {
                let (begun, done) = (region.connections(slot: slot).load(0), region.connections(slot: slot).load(1))
                #expect(begun - done <= 1, "round \(round), slot \(slot)")
                counted += begun
                region.release(slot: slot)
                #expect(region.connections(slot: slot).load(0) == 0)
            }
            let common = region.failures
            let lost = counted - common.load(1)
            #expect(lost <= UInt64(Self.writers * (round + 1)) && counted - common.load(0) <= lost)
            #expect(common.compareExchange(at: 2, expected: UInt64(round), desired: UInt64(round + 1)))
        }
        #expect(counted > 1_000 && region.liveSlots == 0)
    }
}

private struct WordsProbe {
    let process = Process()

    init(region: SharedRegion, slot: Int) throws {
        let output = Pipe()
        process.executableURL = Bundle.main.executableURL?.deletingLastPathComponent().appending(path: "worker-probe")
        process.arguments = ["words", "/proc/\(getpid())/fd/\(region.descriptor)", "\(slot)"]
        process.standardOutput = output
        try process.run()
        #expect(output.fileHandleForReading.availableData == Data("ready\n".utf8))
    }

    func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
