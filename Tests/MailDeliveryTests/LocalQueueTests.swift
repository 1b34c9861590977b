import MailDelivery
import MailMessage
import MailStore
import Synchronization
import Testing

/// One of three accounts has a damaged database: its copy waits in the queue until the repair.
struct LocalQueueTests {
    static let small = "Subject: small\r\n\r\nbody\r\n"
    static let large = "Subject: large\r\n\r\n" + String(repeating: "0123456789abcdef\r\n", count: 20_000)

    @Test(arguments: [small, large])
    func queuedThenDeliveredOnce(text: String) async throws {
        let repair = Mutex<(@Sendable () throws -> Void)?>(nil)
        let first = try await DeliveryFixture()
        let bo = try await first.id("bo")
        _ = try await first.inbox("bo")
        let fixture = try await first.restarted { fixture in
            let undo = try fixture.damage(bo)
            repair.withLock { $0 = undo }
        }
        let message = try await spooled(text, fixture.store)
        let targets = try await fixture.targets("anna@uni.example", "bo+x@uni.example", "cy@uni.example")
        let outcome = await LocalDelivery(store: fixture.store).deliver(
            message,
            QueueEnvelope(sender: try DeliveryFixture.address("anna@uni.example"), receivedAt: fixture.clock.now),
            to: targets)
        #expect(outcome.isAccepted)
        guard case .queued(.damaged) = outcome.recipients[1] else {
            Issue.record("\(outcome)")
            return
        }
        #expect(outcome.recipients[0] == .delivered && outcome.recipients[2] == .delivered)
        #expect(
            try await fixture.store.queue.waiting(limit: 9).flatMap(\.recipients).map { $0.address?.description } == [
                "bo+x@uni.example"
            ])

        let runner = LocalRetry(store: fixture.store, serverName: "mail.uni.example")
        #expect(await runner.run() == 0)
        fixture.clock.advance(by: 300)
        #expect(await runner.run() == 1)  // still damaged
        #expect(try await fixture.store.queue.waiting(limit: 9).flatMap(\.recipients).map(\.attempts) == [2])
        try repair.withLock { try $0?() }
        fixture.clock.advance(by: 600)
        let after = try await fixture.restarted()
        let last = LocalRetry(store: after.store, serverName: "mail.uni.example")
        #expect(await last.run() == 1)
        let expected = text == Self.small ? text : "file of \(text.utf8.count)"
        for name in ["anna", "bo", "cy"] { #expect(try await after.inbox(name) == [expected], "\(name)") }
        #expect(try await after.store.queue.summary() == QueueSummary(entries: 0, waiting: 0, nextAttemptAt: nil))
        #expect(await last.run() == 0)
        await after.store.close()
    }

    /// The process died after the account's commit and before the queue's.
    @Test(arguments: [small, large])
    func interruptedIsNotDoubled(text: String) async throws {
        let fixture = try await DeliveryFixture(now: 1_000)
        let queue = fixture.store.queue
        let bo = try await fixture.id("bo")
        let message = try await spooled(text, fixture.store)
        try await queue.enqueue(
            QueueSubmission(
                message, QueueEnvelope(sender: nil, receivedAt: 1_000),
                to: [QueueRecipient(destination: .account(bo), address: nil)]))
        #expect(try await queue.claim(waitingFor: "", limit: 1).count == 1)
        _ = try await fixture.store.account(bo).write { transaction in
            guard let inbox = try transaction.mailbox(role: .inbox) else { throw StoreError.noSuchMailbox(nil) }
            _ = try transaction.append(message, to: inbox.id, flags: [], receivedAt: 1_000)
        }
        #expect(try await queue.recover() == 1)
        #expect(await LocalRetry(store: fixture.store, serverName: "mail.uni.example").run() == 1)
        #expect(try await fixture.inbox("bo").count == 1)
        #expect(try await queue.summary().entries == 0)
    }

    @Test func aRemovedAccountBouncesAtOnce() async throws {
        let fixture = try await DeliveryFixture(now: 1_000)
        let bo = try await fixture.id("bo")
        try await enqueue(for: bo, from: "anna@uni.example", in: fixture)
        try await fixture.store.directory.write { try $0.removeAccount(bo) }
        fixture.clock.advance(by: 300)
        await LocalRetry(store: fixture.store, serverName: "mail.uni.example").run()
        #expect(try await fixture.store.queue.summary().entries == 0)  // the report has come with the same round
        let bounce = try #require(try await fixture.inbox("anna").first)
        for line in [
            "From: Mail Delivery System <MAILER-DAEMON@mail.uni.example>", "To: anna@uni.example",
            "Final-Recipient: rfc822;bo@uni.example", "Action: failed", "Status: 5.1.1", "Subject: small",
        ] {
            #expect(bounce.replacing("; ", with: ";").contains(line), "\(line) in \(bounce)")
        }
        #expect(!bounce.contains("\r\nbody\r\n"))
    }

    @Test(arguments: [
        (5 * 86_400 - 1, 1, 0), (5 * 86_400, 0, 1),
    ])
    func fiveDaysThenABounce(seconds: Int64, waiting: Int, bounces: Int) async throws {
        let first = try await DeliveryFixture(now: 1_000)
        let bo = try await first.id("bo")
        _ = try await first.inbox("bo")
        let fixture = try await first.restarted { _ = try $0.damage(bo) }
        try await enqueue(for: bo, from: "anna@uni.example", in: fixture)
        fixture.clock.advance(by: seconds)
        await LocalRetry(store: fixture.store, serverName: "mail.uni.example").run()
        #expect(try await fixture.store.queue.summary().waiting == waiting)
        #expect(try await fixture.inbox("anna").count == bounces)
        await fixture.store.close()
    }

    @Test(arguments: [nil, "friend@elsewhere.example", "nobody@uni.example"])
    func bouncesThatReachNobodyHere(sender: String?) async throws {
        let fixture = try await DeliveryFixture(now: 1_000)
        let bo = try await fixture.id("bo")
        try await enqueue(for: bo, from: sender, in: fixture)
        try await fixture.store.directory.write { try $0.removeAccount(bo) }
        fixture.clock.advance(by: 300)
        await LocalRetry(store: fixture.store, serverName: "mail.uni.example").run()
        // For a sender elsewhere the report leaves; for the null sender there is none.
        let isElsewhere = sender == "friend@elsewhere.example"
        #expect(
            try await fixture.store.queue.summary()
                == QueueSummary(
                    entries: isElsewhere ? 1 : 0, waiting: isElsewhere ? 1 : 0,
                    nextAttemptAt: isElsewhere ? fixture.clock.now : nil))
        #expect(try await fixture.inbox("anna") == [])
    }

    private func enqueue(for account: AccountID, from sender: String?, in fixture: DeliveryFixture) async throws {
        let recipient = QueueRecipient(
            destination: .account(account), address: try DeliveryFixture.address("bo@uni.example"), error: "busy")
        let envelope = QueueEnvelope(
            sender: try sender.map { try DeliveryFixture.address($0) }, receivedAt: fixture.clock.now)
        try await fixture.store.queue.enqueue(
            QueueSubmission(StorableMessage(Array(Self.small.utf8)), envelope, to: [recipient]))
    }

    private func spooled(_ text: String, _ store: MailStore) async throws -> StorableMessage {
        let spool = store.makeSpool()
        try await spool.append(Array(text.utf8))
        return try await spool.finish()
    }
}
