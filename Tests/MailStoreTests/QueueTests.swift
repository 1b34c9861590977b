import MailMessage
import Testing

@testable import MailStore

struct QueueTests {
    static let day: EpochSeconds = 86_400

    static func message(_ size: Int) -> [UInt8] {
        Array("Subject: queued\r\n\r\n".utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: size)
    }

    static func recipient(_ account: Int64, _ text: String = "bo@uni.example") throws -> QueueRecipient {
        QueueRecipient(destination: .account(AccountID(account)), address: try Made.address(text), error: "busy")
    }

    @Test(arguments: [
        (0, 300), (1, 300), (2, 600), (3, 1_200), (4, 2_400), (5, 4_800), (6, 9_600), (7, 14_400), (8, 14_400),
        (1_000, 14_400),
    ])
    func schedule(attempts: Int, delay: EpochSeconds) {
        #expect(RetrySchedule.delay(afterAttempts: attempts) == delay)
    }

    @Test func lifeOfAnEntry() async throws {
        let fixture = try DirectoryFixture(now: 1_000)
        let queue = fixture.store.queue
        let sender = try Made.address("anna@uni.example")
        let entry = try await queue.enqueue(
            StorableMessage(Self.message(10)), from: sender,
            to: [try Self.recipient(1), try Self.recipient(2, "\"b c\"@uni.example")], receivedAt: 990)
        #expect(try await queue.summary() == QueueSummary(entries: 1, waiting: 2, nextAttemptAt: 1_300))
        fixture.clock.advance(by: 299)
        #expect(try await queue.claimDue(limit: 10) == [])
        fixture.clock.advance(by: 1)
        let due = try await queue.claimDue(limit: 10)
        #expect(due.map(\.account.value) == [1, 2])
        #expect(due.map { $0.address?.description } == ["bo@uni.example", "\"b c\"@uni.example"])
        let first = try #require(due.first)
        #expect(first.entry == entry && first.sender == sender && first.attempts == 1 && first.lastError == "busy")
        #expect(first.receivedAt == 990 && first.expiresAt == 1_000 + 5 * Self.day && !first.wasInterrupted)
        #expect(first.size == Int64(Self.message(10).count))
        #expect(try await queue.claimDue(limit: 10) == [])
        #expect(try await queue.body(of: entry) == .inline(Self.message(10)))

        try await queue.delivered(first)
        try await queue.delivered(first)
        #expect(try await queue.summary().waiting == 1)
        let second = try #require(due.last)
        try await queue.deferred(second, error: "disk")
        fixture.clock.advance(by: 600)
        let again = try #require(try await queue.claimDue(limit: 10).first)
        #expect(again.attempts == 2 && again.lastError == "disk" && !again.wasInterrupted)
        try await queue.failed(again, error: "gone")
        #expect(try await queue.summary() == QueueSummary(entries: 0, waiting: 0, nextAttemptAt: nil))
        await #expect(throws: StoreError.notFound("queue entry \(entry)")) { try await queue.body(of: entry) }
    }

    @Test func whatTheSenderAskedToHearIsKept() async throws {
        let fixture = try DirectoryFixture(now: 1_000)
        let queue = fixture.store.queue
        let notice = QueueNotice(notify: "SUCCESS,DELAY", original: "rfc822;bo+2Bx@uni.example")
        let asked = QueueRecipient(
            destination: .account(AccountID(1)), address: try Made.address("bo@uni.example"), notice: notice)
        try await queue.enqueue(
            StorableMessage(Self.message(10)), from: nil, to: [asked, try Self.recipient(2)], receivedAt: 990,
            notices: QueueNotices(envelopeID: "QQ+3D1", returnPart: "HDRS"))
        let waiting = try await queue.waiting(limit: 10)
        #expect(waiting.map(\.notice) == [notice, .none])
        #expect(waiting.map(\.notices) == Array(repeating: .init(envelopeID: "QQ+3D1", returnPart: "HDRS"), count: 2))
        #expect(!notice.wantsFailures && QueueNotice.none.wantsFailures)
        #expect(!QueueNotice(notify: "NEVER").wantsFailures && QueueNotice(notify: "FAILURE").wantsFailures)
        await fixture.store.close()  // not before: the fixture takes its folder with it
    }

    @Test func aLeaseEndsAndTellsOfIt() async throws {
        let fixture = try DirectoryFixture(now: 1_000)
        try await fixture.store.queue.enqueue(
            StorableMessage(Self.message(1)), from: nil, to: [try Self.recipient(1)], receivedAt: 1_000)
        fixture.clock.advance(by: 300)
        #expect(try await fixture.store.queue.claimDue(limit: 1).map(\.sender) == [nil])
        let other = try fixture.second()  // the first process has died
        #expect(try await other.queue.claimDue(limit: 1) == [])
        fixture.clock.advance(by: Queue.leaseSeconds)
        #expect(try await other.queue.claimDue(limit: 1).map(\.wasInterrupted) == [true])
        await other.close()
    }

    @Test func twoProcessesShareTheWork() async throws {
        let fixture = try DirectoryFixture(now: 1_000)
        let other = try fixture.second()
        for number in 1...40 {
            try await fixture.store.queue.enqueue(
                StorableMessage(Self.message(number)), from: nil, to: [try Self.recipient(Int64(number))], receivedAt: 1
            )
        }
        fixture.clock.advance(by: 300)
        let claimed = try await withThrowingTaskGroup(of: [DueRecipient].self) { group in
            for queue in [fixture.store.queue, other.queue] {
                for _ in 0..<5 { group.addTask { try await queue.claimDue(limit: 7) } }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(claimed.count == 40)
        #expect(Set(claimed.map(\.account)).count == 40)
        await other.close()
    }

    @Test func largeBodiesAreFilesThatComeAndGo() async throws {
        let fixture = try DirectoryFixture(now: 1_000)
        let queue = fixture.store.queue
        let bytes = Self.message(MessageBody.fileThreshold)
        let spool = fixture.store.makeSpool()
        try await spool.append(bytes)
        let entry: QueueID
        do {
            let message = try await spool.finish()
            entry = try await queue.enqueue(message, from: nil, to: [try Self.recipient(1)], receivedAt: 1)
        }
        let body = try await queue.body(of: entry)
        guard case .file(let path, let size) = body else { throw StoreError.invalid("no file") }
        #expect(size == Int64(bytes.count))
        #expect(StoreFolder.exists(path))
        let reader = try await fixture.store.open(body)
        #expect(try await reader.read(at: 0, count: bytes.count + 1) == bytes)
        #expect(try await queue.sweepFiles() == 0)
        fixture.clock.advance(by: 300)
        for due in try await queue.claimDue(limit: 1) { try await queue.delivered(due) }
        #expect(!StoreFolder.exists(path))
    }

    @Test func remoteRecipientsWaitForAnotherDay() async throws {
        let fixture = try DirectoryFixture(now: 1_000)
        let queue = fixture.store.queue
        let far = try Made.address("friend@elsewhere.example")
        try await queue.enqueue(
            StorableMessage(Self.message(1)), from: nil,
            to: [QueueRecipient(destination: .remote(far), address: far), try Self.recipient(1)], receivedAt: 1)
        fixture.clock.advance(by: 10 * Self.day)
        #expect(try await queue.claimDue(limit: 10).map(\.number) == [1])
        await #expect(throws: StoreError.invalid("number of recipients")) {
            try await queue.enqueue(StorableMessage(Self.message(1)), from: nil, to: [], receivedAt: 1)
        }
    }
}
