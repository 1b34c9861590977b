import Foundation
import MailMessage
import MailShared
import Testing

@testable import MailIdentity

/// One memory, two places at it, as two workers have them.
struct TwoWorkers {
    let first: SharedSeat
    let second: SharedSeat

    init() throws {
        let region = try SharedRegion.create()
        first = SharedSeat(region, slot: 0, secret: Array("secret".utf8))
        second = SharedSeat(try SharedRegion(descriptor: dup(region.descriptor)), slot: 1, secret: first.secret)
    }
}

@Suite struct SharedFailuresTests {
    @Test func workersCountTogether() throws {
        let workers = try TwoWorkers()
        var limits = FailureLimits()
        limits.perAccountAndAddress = 4
        let both = [workers.first, workers.second].map { FailureLimiter(limits, seat: $0) }
        let delays = (0..<4).map { both[$0 % 2].failed(source: "a", account: "x", attempt: UInt64($0), now: 10) }
        #expect(delays == [2_000, 4_000, 8_000, 16_000])
        #expect(both.allSatisfy { $0.retryAfter(source: "a", account: "x", now: 10) == 900 })
        both[0].succeeded(source: "a", account: "x", now: 20)
        #expect(both.allSatisfy { $0.retryAfter(source: "a", account: "x", now: 20) == nil })
        #expect(both.allSatisfy { $0.isKnown(source: "a", account: "x", now: 20) })
    }

    @Test func anotherSecretSeesNothing() throws {
        let workers = try TwoWorkers()
        let stranger = SharedSeat(workers.second.region, slot: 1, secret: Array("guessed".utf8))
        let limiter = FailureLimiter(FailureLimits(), seat: workers.first)
        limiter.succeeded(source: "a", account: "x", now: 0)
        #expect(!FailureLimiter(FailureLimits(), seat: stranger).isKnown(source: "a", account: "x", now: 0))
    }

    /// Real processes count into one record, and are killed in the middle of further counting.
    @Test func countsOfKilledProcessesStay() throws {
        let workers = try TwoWorkers()
        let probes = try (0..<3).map { number in
            let region = "/proc/\(getpid())/fd/\(workers.first.region.descriptor)"
            return try RunningProbe("failures", region, "secret", "host\(number)", "50")
        }
        usleep(100_000)
        for probe in probes { probe.kill() }
        var limits = FailureLimits()
        (limits.perAccount, limits.perAddress, limits.perAccountAndAddress) = (150, 51, 50)
        let limiter = FailureLimiter(limits, seat: workers.first)
        #expect(limiter.retryAfter(source: "host1", account: "anna", now: 1_000) == 900)
        #expect(limiter.retryAfter(source: "host1", account: "bert", now: 1_000) == nil)
        #expect(limiter.retryAfter(source: "elsewhere", account: "anna", now: 1_000) == 900)
        limits.perAccount = 151
        #expect(
            FailureLimiter(limits, seat: workers.second).retryAfter(source: "elsewhere", account: "anna", now: 1_000)
                == nil)
        // Whoever comes after them finds nothing held.
        #expect(limiter.failed(source: "new", account: "new", attempt: 1, now: 1_000) == 2_000)
    }

    @Test func floodsDoNotPushOutOwners() {
        var limits = FailureLimits()
        limits.perAccount = 5
        limits.tableEntries = 64
        let limiter = FailureLimiter(limits)
        limiter.succeeded(source: "home", account: "x", now: 0)
        for number in 0..<5_000 { _ = limiter.failed(source: "b\(number)", account: "x", attempt: 1, now: 10) }
        #expect(limiter.retryAfter(source: "home", account: "x", now: 10) == nil)
    }
}

@Suite struct FailureTableTests {
    private func key(_ place: UInt8, _ tag: UInt8, _ extra: UInt8 = 0) -> SharedFingerprint {
        SharedFingerprint(digest: [0, 0, 0, 0, 0, 0, 0, place, 0, 0, 0, 0, 0, 0, 0, tag, 0, 0, 0, 0, 0, 0, 0, extra])
    }

    /// Every count of every thread is there.
    @Test func nothingIsLostBetweenThreads() async {
        let table = FailureTable(SharedBuckets(privateEntries: 64, entryWords: 2))
        await withTaskGroup { group in
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<500 {
                        table.change(key(1, 1), now: 5) { $0.count(now: 5, window: 100) }
                    }
                }
            }
        }
        #expect(table.record(key(1, 1), now: 5)?.failures == 2_000)
    }

    @Test func theOldestGivesWay() {
        let table = FailureTable(SharedBuckets(privateEntries: 4, entryWords: 2))
        for number in 1...4 {
            table.change(key(0, UInt8(number)), now: Int64(number)) { $0.count(now: Int64(number), window: 100) }
        }
        table.change(key(0, 1), now: 5) { $0.count(now: 5, window: 100) }
        table.change(key(0, 5), now: 6) { $0.count(now: 6, window: 100) }
        #expect((1...5).map { table.record(key(0, UInt8($0)), now: 6)?.failures } == [2, nil, 1, 1, 1])
    }

    /// Another name's word under this name's tag, as a race may leave it, is nothing.
    @Test func aForeignWordIsNothing() {
        let words = SharedWords(privateCount: 2)
        let table = FailureTable(SharedBuckets(words, entryWords: 2))
        words.store(1, at: 0)
        words.store(FailureWord.encode(FailureRecord(failures: 9, failedAt: 5), key(0, 2, 7)), at: 1)
        #expect(table.record(key(0, 1, 8), now: 5) == nil)
        table.change(key(0, 1, 8), now: 5) { $0.count(now: 5, window: 100) }
        #expect(table.record(key(0, 1, 8), now: 5)?.failures == 1)
    }

    @Test(arguments: [
        FailureRecord(failures: 1, failedAt: 0), FailureRecord(failures: 4_095, failedAt: 1_900_000_000, attempt: 0),
        FailureRecord(failures: 7, failedAt: -3, attempt: 4_094),
    ])
    func wordsAreWhole(_ record: FailureRecord) {
        let word = FailureWord.encode(record, key(0, 1, 255))
        #expect(FailureWord.decode(word, key(0, 1, 255), now: record.failedAt + 899) == record)
        #expect(FailureWord.decode(word, key(0, 1, 254), now: record.failedAt) == nil)
    }

    @Test func countsStopAtTheirMaximum() {
        var record = FailureRecord(failures: FailureRecord.maximumFailures, failedAt: 1)
        record.count(now: 1, window: 10)
        #expect(record.failures == FailureRecord.maximumFailures)
        #expect(record.wait(limit: 1_000_000, window: 10, now: 1) == 10)
        #expect(record.wait(limit: 1, window: 10, now: -5_000) == 10)
    }
}

@Suite struct CompactTimeTests {
    @Test(
        arguments: [
            (0, 0), (1_000, 0), (0, 1_000), (1_900_000_000, 1_899_999_999), (1_900_000_000, 1_900_000_900),
            (1 << 28, (1 << 28) - 1), ((1 << 28) - 1, 1 << 28), (-1, -900),
        ] as [(EpochSeconds, EpochSeconds)])
    func timesNearNow(_ now: EpochSeconds, _ time: EpochSeconds) {
        #expect(CompactTime.decode(CompactTime.encode(time), near: now) == time)
        #expect(CompactTime.decode(CompactTime.encode(time) | ~CompactTime.mask, near: now) == time)
    }
}
