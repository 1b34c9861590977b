import Foundation
import MailMessage
import MailStore
import Testing

@testable import MailAdmin

@Suite struct WithdrawTests {
    private let folder: String
    private let administration: Administration
    private var store: MailStore { administration.store }

    init() throws {
        folder = NSTemporaryDirectory() + "posthus-withdraw-" + UUID().uuidString
        try MailStore.create(at: folder, isTestStore: true)
        administration = Administration(store: try MailStore(at: folder), actor: "tester", clock: MailStore.now)
    }

    private func account(_ name: String) async throws -> AccountID {
        let address = try #require(EmailAddress("\(name)@uni.example"))
        let domain = try #require(MailDomain("uni.example"))
        return try await store.directory.write { transaction in
            if try transaction.domains().isEmpty { _ = try transaction.addDomain(domain) }
            return try transaction.addAccount(NewAccount(address: address))
        }
    }

    private func append(_ messageID: String, to account: AccountID) async throws {
        let message = StorableMessage(Array("Message-ID: \(messageID)\r\nSubject: x\r\n\r\nsecret\r\n".utf8))
        try await store.account(account).write(limit: nil) { transaction in
            guard let inbox = try transaction.mailbox(.inbox) else { throw StoreError.noSuchMailbox(.inbox) }
            _ = try transaction.append(message, to: inbox.id, flags: [], receivedAt: 1_000)
        }
    }

    private func count(_ account: AccountID) async throws -> Int64 {
        try await store.account(account).read { try $0.usage().messages }
    }

    private func noteArrival(_ bo: AccountID) {
        let arrival = TrailArrival(
            sender: "anna@uni.example", origin: .outside, messageID: "<1@uni.example>", recipients: 3)
        store.trail.note(TrailEvent("m", .accepted(arrival)))
        store.trail.note(TrailEvent("m", .delivered(mailbox: ""), to: "bo@uni.example", account: bo))
        store.trail.note(TrailEvent("m", .queued(domain: "far.example"), to: "c@far.example", queue: QueueID(1)))
        store.trail.note(
            TrailEvent("m", .relayed(host: "mx.far.example", reply: "250 ok"), to: "c@far.example", queue: QueueID(1)))
        store.trail.note(TrailEvent("m", .queued(domain: "slow.example"), to: "d@slow.example", queue: QueueID(1)))
    }

    private func enqueue(_ messageID: String = "", to name: String = "d@slow.example") async throws {
        var envelope = QueueEnvelope(sender: EmailAddress("anna@uni.example"), receivedAt: 1_000)
        envelope.trailID = "m"
        envelope.messageID = messageID
        let address = try #require(EmailAddress(name))
        _ = try await store.queue.enqueue(
            QueueSubmission(
                StorableMessage(Array("Message-ID: <1@uni.example>\r\n\r\nx\r\n".utf8)), envelope,
                to: [QueueRecipient(destination: .remote(address), address: address)]))
    }

    @Test func theTrailSaysWhereItIsAndToWhomItHasGone() async throws {
        let (bo, other) = (try await account("bo"), try await account("other"))
        try await append("<1@uni.example>", to: bo)
        try await append("<1@uni.example>", to: other)
        try await enqueue()
        noteArrival(bo)
        let plan = try await administration.withdrawPlan("1@uni.example", isScan: false)
        #expect(!plan.isScan && plan.accounts == 1)
        #expect(plan.copies.map(\.address) == ["bo@uni.example"])
        #expect(plan.left.map(\.address) == ["c@far.example"] && plan.left.first?.host == "mx.far.example")
        #expect(plan.queued.map(\.address) == ["d@slow.example"])
        let receipt = try await administration.withdraw(plan)
        #expect(receipt.copies == 1 && receipt.accounts == 1 && receipt.queued == 1)
        #expect(try await count(bo) == 0)
        #expect(try await count(other) == 1)
        #expect(try await store.queue.summary().entries == 0)
        let story = try #require(try await store.trail.stories(of: "<1@uni.example>").first)
        #expect(story.steps.contains { $0.fact == .withdrawn(by: "tester") && $0.account == bo })
        #expect(story.steps.contains { $0.fact == .removed(by: "tester") && $0.recipient == "d@slow.example" })
        await store.close()
    }

    @Test func withoutATrailEveryAccountIsLookedInto() async throws {
        let (bo, other) = (try await account("bo"), try await account("other"))
        for account in [bo, other] {
            try await append("<1@uni.example>", to: account)
            try await append("<2@uni.example>", to: account)
        }
        let plan = try await administration.withdrawPlan("<1@uni.example>", isScan: false)
        #expect(plan.isScan && plan.copies.count == 2)
        let receipt = try await administration.withdraw(plan)
        #expect(receipt.copies == 2)
        #expect(try await [count(bo), count(other)] == [1, 1])
        let undone = try await administration.undoWithdrawal(try #require(receipt.receipt))
        #expect(undone.copies == 2 && undone.accounts == 2)
        #expect(try await [count(bo), count(other)] == [2, 2])
        await store.close()
    }

    /// The trail was lost, or is kept for a shorter time than mail waits.
    @Test(arguments: ["1@uni.example", "<1@uni.example>"])
    func whatWaitsIsFoundWithoutATrail(_ asked: String) async throws {
        _ = try await account("bo")
        try await enqueue("1@uni.example", to: "d@slow.example")
        try await enqueue("1@uni.example", to: "e@slow.example")
        try await enqueue("2@uni.example", to: "f@slow.example")
        let plan = try await administration.withdrawPlan(asked, isScan: false)
        #expect(plan.queued.map(\.address) == ["d@slow.example", "e@slow.example"])
        let receipt = try await administration.withdraw(plan)
        #expect(receipt.queued == 2 && receipt.copies == 0)
        let left = try await store.queue.lines(limit: 9)
        #expect(left.map(\.recipient) == ["f@slow.example"])
        await store.close()
    }

    /// What is beyond the ceiling is there for the next call.
    @Test func oneCallTakesSoManyAndTheNextTheRest() async throws {
        let bo = try await account("bo")
        for _ in 0..<4 { try await append("<1@uni.example>", to: bo) }
        try await enqueue("1@uni.example")
        var plan = try await administration.withdrawPlan("1@uni.example", isScan: true, most: 3)
        #expect(plan.isCut && plan.copies.count + plan.queued.count == 3)
        _ = try await administration.withdraw(plan)
        plan = try await administration.withdrawPlan("1@uni.example", isScan: true, most: 3)
        #expect(!plan.isCut && plan.copies.count + plan.queued.count == 2)
        _ = try await administration.withdraw(plan)
        #expect(try await administration.withdrawPlan("1@uni.example", isScan: true, most: 3).items.isEmpty)
        #expect(try await count(bo) == 0)
        await store.close()
    }

    @Test func aCopyThatHasMovedIsFoundWhereItIs() async throws {
        let bo = try await account("bo")
        try await append("<1@uni.example>", to: bo)
        let plan = try await administration.withdrawPlan("1@uni.example", isScan: true)
        let name = try #require(MailboxName("Kept"))
        try await store.account(bo).write { transaction in
            guard let inbox = try transaction.mailbox(.inbox) else { throw StoreError.noSuchMailbox(.inbox) }
            let kept = try transaction.createMailbox(name, role: nil)
            _ = try transaction.move(UIDSet(.first ... .last), from: inbox.id, to: kept.id)
        }
        #expect(try await administration.withdraw(plan).copies == 1)
        #expect(try await count(bo) == 0)
        await store.close()
    }

    /// What was relayed stays gone whatever is told of it later.
    @Test func theLastWordOnARecipientCounts() {
        func places(_ facts: TrailFact...) -> [WithdrawPlace] {
            let steps = facts.map { TrailStep(at: 1, fact: $0, recipient: "a@b.example", queue: QueueID(1)) }
            return WithdrawItem.outside(
                of: TrailStory(id: "m", arrival: nil, account: nil, at: 1, steps: steps)
            ).map(\.place)
        }
        #expect(places(.queued(domain: "b.example")) == [.queue])
        #expect(places(.queued(domain: "b.example"), .held(reason: "x")) == [.queue])
        #expect(places(.queued(domain: "b.example"), .relayed(host: "h", reply: "250")) == [.left])
        #expect(places(.relayed(host: "h", reply: "250"), .delayNoticed) == [.left])
        #expect(places(.queued(domain: "b.example"), .failed(host: "h", reply: "550")) == [])
        #expect(places(.queued(domain: "b.example"), .removed(by: "x")) == [])
        #expect(places(.delivered(mailbox: "")) == [])
    }
}
