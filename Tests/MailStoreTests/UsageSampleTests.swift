import MailMessage
import Testing

@testable import MailStore

@Suite struct UsageSampleTests {
    private let day = UsageSamples.daySeconds

    private func samples(of directory: Directory, at day: Int64) async throws -> [UsageSample] {
        try await directory.read { reader in
            var samples: [UsageSample] = []
            try reader.eachSample(at: day) { samples.append($1) }
            return samples
        }
    }

    @Test func noteOnlyWhatHasChanged() async throws {
        let fixture = try DirectoryFixture(now: 100 * day)
        let directory = fixture.directory
        try await directory.fill()
        let bo = try await directory.id("bo@uni.example")
        func use(_ bytes: Int64) async throws {
            directory.hints.note(bo, HintUpdate(usage: .init(bytes, 1, ExpiryHints())))
            await directory.hints.flush()
            try await directory.sampleUsage()
        }
        try await use(1_000)
        try await use(2_000)  // the same day: not again
        #expect(try await samples(of: directory, at: 100) == [UsageSample(day: 100, bytes: 1_000)])
        fixture.clock.advance(by: day)
        try await use(2_000)
        fixture.clock.advance(by: day)
        try await use(2_000)
        #expect(try await directory.read { try $0.lastSampleDay() } == 101)
        #expect(try await samples(of: directory, at: 101) == [UsageSample(day: 101, bytes: 2_000)])
        // Unchanged since day 101, so it is what was used on day 105 too.
        #expect(try await samples(of: directory, at: 105) == [UsageSample(day: 105, bytes: 2_000)])
        // Nothing is known of day 90: the first sample there is.
        #expect(try await samples(of: directory, at: 90) == [UsageSample(day: 100, bytes: 1_000)])
    }

    @Test func forgetsWhatIsOldButNotTheLastOfIt() async throws {
        let fixture = try DirectoryFixture(now: 100 * day)
        let directory = fixture.directory
        try await directory.fill()
        let bo = try await directory.id("bo@uni.example")
        for bytes in [1_000, 2_000, 3_000] as [Int64] {
            directory.hints.note(bo, HintUpdate(usage: .init(bytes, 1, ExpiryHints())))
            await directory.hints.flush()
            try await directory.sampleUsage()
            fixture.clock.advance(by: day)
        }
        fixture.clock.advance(by: UsageSamples.memoryDays * day)
        directory.hints.note(bo, HintUpdate(usage: .init(4_000, 1, ExpiryHints())))
        await directory.hints.flush()
        try await directory.sampleUsage()
        #expect(try await samples(of: directory, at: 0) == [UsageSample(day: 102, bytes: 3_000)])
    }
}
