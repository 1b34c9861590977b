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

    static func far(_ text: String) throws -> QueueRecipient {
        let address = try Made.address(text)
        return QueueRecipient(destination: .remote(address), address: address)
    }

    static func submission(
        _ size: Int = 1, from sender: String? = nil, to recipients: [QueueRecipient], receivedAt: EpochSeconds = 1
    ) throws -> QueueSubmission {
        QueueSubmission(
            StorableMessage(message(size)),
            QueueEnvelope(sender: try sender.map { try Made.address($0) }, receivedAt: receivedAt), to: recipients)
    }

    @Test(arguments: [
        (0, 300), (1, 300), (2, 600), (3, 1_200), (4, 2_400), (5, 4_800), (6, 9_600), (7, 14_400), (8, 14_400),
        (1_000, 14_400),
    ])
    func schedule(attempts: Int, delay: EpochSeconds) {
        #expect(RetrySchedule.standard.delay(afterAttempts: attempts) == delay)
    }

    @Test func lifeOfAnEntry() async throws {
        let fixture = try DirectoryFixture(now: 1_000)
        let queue = fixture.store.queue
        let entry = try await queue.enqueue(
            try Self.submission(
                10, from: "anna@uni.example",
                to: [try Self.recipient(1), try Self.recipient(2, "\"b c\"@uni.example")], receivedAt: 990))
        #expect(try await queue.summary() == QueueSummary(entries: 1, waiting: 2, nextAttemptAt: 1_300))
        fixture.clock.advance(by: 299)
        #expect(try await queue.claim(waitingFor: "", limit: 10) == [])
        fixture.clock.advance(by: 1)
        let due = try #require(try await queue.claim(waitingFor: "", limit: 10).first)
        #expect(due.recipients.map(\.destination.account?.value) == [1, 2])
        #expect(due.recipients.map { $0.address?.description } == ["bo@uni.example", "\"b c\"@uni.example"])
        #expect(due.id == entry && due.sender?.description == "anna@uni.example")
        #expect(due.recipients.map(\.attempts) == [1, 1] && due.recipients.map(\.lastError) == ["busy", "busy"])
        #expect(due.envelope.receivedAt == 990 && due.expiresAt == 1_000 + 5 * Self.day)
        #expect(due.recipients.allSatisfy { !$0.wasInterrupted } && due.size == Int64(Self.message(10).count))
        #expect(try await queue.claim(waitingFor: "", limit: 10) == [])
        #expect(try await queue.body(of: entry) == .inline(Self.message(10)))

        try await queue.settle(entry, [0: .delivered])
        try await queue.settle(entry, [0: .delivered])
        #expect(try await queue.summary().waiting == 1)
        try await queue.settle(entry, [1: .deferred("disk")])
        fixture.clock.advance(by: 600)
        let again = try #require(try await queue.claim(waitingFor: "", limit: 10).first)
        #expect(again.recipients.map(\.attempts) == [2] && again.recipients.map(\.lastError) == ["disk"])
        try await queue.settle(entry, [1: .failed("gone")])
        #expect(try await queue.summary() == QueueSummary(entries: 0, waiting: 0, nextAttemptAt: nil))
        await #expect(throws: StoreError.notFound("queue entry \(entry)")) { try await queue.body(of: entry) }
    }

    @Test func whatTheSenderAskedToHearIsKept() async throws {
        let fixture = try DirectoryFixture(now: 1_000)
        let queue = fixture.store.queue
        let notice = QueueNotice(notify: "SUCCESS,DELAY", original: "rfc822;bo+2Bx@uni.example")
        let asked = QueueRecipient(
            destination: .account(AccountID(1)), address: try Made.address("bo@uni.example"), notice: notice)
        var submission = try Self.submission(to: [asked, try Self.recipient(2)])
        submission.envelope.notices = QueueNotices(envelopeID: "QQ+3D1", returnPart: "HDRS")
        submission.envelope.origin = .submitted
        submission.envelope.submitter = AccountID(7)
        submission.envelope.client = "192.0.2.1"
        submission.envelope.trailID = "t1"
        submission.envelope.messageID = "m1@uni.example"
        submission.envelope.traits = [.international, .requiresTLS]
        try await queue.enqueue(submission)
        let waiting = try #require(try await queue.waiting(limit: 10).first)
        #expect(waiting.recipients.map(\.notice) == [notice, .none])
        #expect(waiting.envelope == submission.envelope)
        #expect(!notice.wantsFailures && notice.wantsDelays && notice.wantsSuccess)
        #expect(QueueNotice.none.wantsFailures && QueueNotice.none.wantsDelays && !QueueNotice.none.wantsSuccess)
        #expect(!QueueNotice(notify: "NEVER").wantsFailures && QueueNotice(notify: "FAILURE").wantsFailures)
        await fixture.store.close()  // not before: the fixture takes its folder with it
    }

    @Test func whatADeadProcessTriedIsRecovered() async throws {
        let fixture = try DirectoryFixture(now: 1_000)
        try await fixture.store.queue.enqueue(
            try Self.submission(to: [try Self.recipient(1), try Self.far("x@far.example")]))
        fixture.clock.advance(by: 300)
        #expect(try await fixture.store.queue.claim(waitingFor: "", limit: 1).map(\.sender) == [nil])
        #expect(try await fixture.store.queue.claimNew(limit: 1).count == 1)
        let other = try fixture.second()  // the first process has died
        #expect(try await other.queue.claim(waitingFor: "", limit: 1) == [])
        #expect(try await other.queue.recover() == 2)
        #expect(
            try await other.queue.claim(waitingFor: "", limit: 1).flatMap(\.recipients).map(\.wasInterrupted) == [true])
        #expect(try await other.queue.claimNew(limit: 1).flatMap(\.recipients).map(\.wasInterrupted) == [true])
        await other.close()
    }

    @Test func oneKeepsTheQueue() async throws {
        let fixture = try DirectoryFixture(now: 1_000)
        let other = try fixture.second()
        var keeper = fixture.store.keepQueue()
        #expect(keeper != nil && other.keepQueue() == nil)
        keeper = nil
        #expect(other.keepQueue() != nil)
        await other.close()
    }

    @Test func twoProcessesShareTheWork() async throws {
        let fixture = try DirectoryFixture(now: 1_000)
        let other = try fixture.second()
        for number in 1...40 {
            try await fixture.store.queue.enqueue(
                try Self.submission(number, to: [try Self.recipient(Int64(number))]))
        }
        fixture.clock.advance(by: 300)
        let claimed = try await withThrowingTaskGroup(of: [QueuedMessage].self) { group in
            for queue in [fixture.store.queue, other.queue] {
                for _ in 0..<5 { group.addTask { try await queue.claim(waitingFor: "", limit: 7) } }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(claimed.count == 40)
        #expect(Set(claimed.map(\.id)).count == 40)
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
            entry = try await queue.enqueue(
                QueueSubmission(message, QueueEnvelope(sender: nil, receivedAt: 1), to: [try Self.recipient(1)]))
        }
        let body = try await queue.body(of: entry)
        guard case .file(let path, let size) = body else { throw StoreError.invalid("no file") }
        #expect(size == Int64(bytes.count))
        #expect(StoreFolder.exists(path))
        let reader = try await fixture.store.open(body)
        #expect(try await reader.read(at: 0, count: bytes.count + 1) == bytes)
        #expect(try await queue.sweepFiles() == 0)
        try await queue.settle(entry, [0: .delivered])
        #expect(!StoreFolder.exists(path))
    }

    @Test func newMailPassesWhatWaits() async throws {
        let fixture = try DirectoryFixture(now: 1_000)
        let queue = fixture.store.queue
        for number in 0..<5 {
            try await queue.enqueue(try Self.submission(to: [try Self.far("\(number)@dead.example")]))
        }
        for message in try await queue.claimNew(limit: 9) {
            try await queue.settle(message.id, [0: .deferred("no answer")])
        }
        try await queue.enqueue(
            try Self.submission(to: [try Self.far("x@dead.example"), try Self.far("y@live.example")]))
        let new = try await queue.claimNew(limit: 9, full: ["dead.example"])
        #expect(new.flatMap(\.recipients).map { $0.address?.description } == ["y@live.example"])
        // The one for the full destination waits there, due at once; the others in their own time.
        #expect(try await queue.claimNew(limit: 9) == [])
        #expect(
            try await queue.waitingDestinations() == [WaitingDestination(name: "dead.example", nextAttemptAt: 1_000)])
        #expect(
            try await queue.claim(waitingFor: "dead.example", limit: 9).flatMap(\.recipients)
                .map { $0.address?.description } == ["x@dead.example"])
        fixture.clock.advance(by: 300)
        #expect(try await queue.claim(waitingFor: "dead.example", limit: 9).count == 5)
    }

    @Test func namesOfDestinationsAreFoundByJumps() async throws {
        let fixture = try DirectoryFixture(now: 1_000)
        let queue = fixture.store.queue
        #expect(try await queue.waitingDestinations() == [])
        for name in ["b.example", "a.example", "b.example", "c.example"] {
            try await queue.enqueue(try Self.submission(to: [try Self.far("x@\(name)")]))
        }
        for (place, message) in try await queue.claimNew(limit: 9).enumerated() {
            try await queue.settle(message.id, [0: .deferred("no", notBefore: 2_000 + Int64(place))])
        }
        #expect(
            try await queue.waitingDestinations() == [
                WaitingDestination(name: "a.example", nextAttemptAt: 2_001),
                WaitingDestination(name: "b.example", nextAttemptAt: 2_000),
                WaitingDestination(name: "c.example", nextAttemptAt: 2_003),
            ])
    }

    @Test func aReportComesExactlyWithItsEnd() async throws {
        let fixture = try DirectoryFixture(now: 1_000)
        let queue = fixture.store.queue
        let entry = try await queue.enqueue(
            try Self.submission(from: "anna@uni.example", to: [try Self.far("x@far.example")]))
        let report = try Self.submission(to: [try Self.far("anna@uni.example")])
        try await queue.settle(entry, [0: .failed("no such user")], reports: [report])
        let left = try await queue.waiting(limit: 9)
        #expect(left.count == 1 && left.first?.sender == nil)
        #expect(left.first?.recipients.first?.address?.description == "anna@uni.example")
    }

    @Test func delaysAreToldOnceAndTimeEnds() async throws {
        let fixture = try DirectoryFixture(now: 1_000)
        let queue = fixture.store.queue
        let named = try await queue.enqueue(
            try Self.submission(from: "anna@uni.example", to: [try Self.far("x@far.example")]))
        try await queue.enqueue(try Self.submission(to: [try Self.far("y@far.example")]))
        #expect(try await queue.late(limit: 9) == [])
        fixture.clock.advance(by: 4 * 3_600)
        #expect(try await queue.late(limit: 9).map(\.id) == [named], "nobody is told about the null sender's mail")
        try await queue.noticed(named, reports: [])
        #expect(try await queue.late(limit: 9) == [])
        #expect(try await queue.claimExpired(limit: 9) == [])
        fixture.clock.advance(by: 5 * Self.day - 4 * 3_600)
        #expect(try await queue.claimExpired(limit: 9).count == 2)
        #expect(try await queue.claimExpired(limit: 9) == [], "they are being ended")
    }

    @Test func allWhoWaitAreTold() async throws {
        let fixture = try DirectoryFixture(now: 1_000)
        let queue = fixture.store.queue
        for _ in 0..<2 {
            let far = try (0..<150).map { try Self.far("x\($0)@far.example") }
            try await queue.enqueue(try Self.submission(from: "anna@uni.example", to: far))
        }
        fixture.clock.advance(by: 4 * 3_600)
        #expect(try await queue.late(limit: 1).map(\.recipients.count) == [150])
        #expect(try await queue.late(limit: 9).map(\.recipients.count) == [150, 150])
    }

    @Test func whatIsHeldStaysUntilReleased() async throws {
        let fixture = try DirectoryFixture(now: 1_000)
        let queue = fixture.store.queue
        var submission = try Self.submission(to: [try Self.far("x@far.example"), try Self.recipient(1)])
        submission.hold = "over a limit"
        let entry = try await queue.enqueue(submission)
        fixture.clock.advance(by: 10 * Self.day)
        #expect(try await queue.claimNew(limit: 9) == [])
        #expect(try await queue.claim(waitingFor: "", limit: 9) == [])
        #expect(try await queue.claimExpired(limit: 9) == [])
        #expect(try await queue.summary().held == 2)
        #expect(try await queue.release(entry) == 2)
        #expect(try await queue.claimExpired(limit: 9) == [], "released mail has its whole time before it")
        #expect(try await queue.claimNew(limit: 9).count == 1)
        await #expect(throws: StoreError.invalid("number of recipients")) {
            try await queue.enqueue(try Self.submission(to: []))
        }
    }
}
