import MailDelivery
import MailMessage
import MailStore
import Synchronization
import Testing

/// Forwards of what waits in the queue for accounts of ours.
struct LocalForwardingTests {
    static let text = "Subject: report\r\n\r\nbody\r\n"
    static let away = "anna@away.example"

    private func forward(
        _ name: String, to target: String, keepsCopy: Bool, in fixture: DeliveryFixture
    ) async throws {
        let id = try await fixture.id(name)
        try await fixture.store.directory.write {
            try $0.setForward(Forward(to: DeliveryFixture.address(target), keepsCopy: keepsCopy), of: id)
        }
    }

    private func enqueue(
        for name: String, _ fixture: DeliveryFixture, _ text: String = text,
        _ change: (inout QueueEnvelope) -> Void = { $0.origin = .report }
    ) async throws {
        var envelope = QueueEnvelope(sender: nil, receivedAt: fixture.clock.now)
        change(&envelope)
        let address = try DeliveryFixture.address("\(name)@uni.example")
        try await fixture.store.queue.enqueue(
            QueueSubmission(
                StorableMessage(Array(text.utf8)), envelope,
                to: [QueueRecipient(destination: .account(try await fixture.id(name)), address: address)]))
    }

    private func retry(_ fixture: DeliveryFixture) async -> Int {
        await LocalRetry(store: fixture.store, serverName: "mail.uni.example").run()
    }

    private func leaving(_ fixture: DeliveryFixture) async throws -> [QueuedMessage] {
        try await fixture.store.queue.claimNew(limit: 100)
    }

    @Test(arguments: [true, false])
    func reportsAreSentOn(keepsCopy: Bool) async throws {
        let fixture = try await DeliveryFixture()
        try await forward("anna", to: Self.away, keepsCopy: keepsCopy, in: fixture)
        try await enqueue(for: "anna", fixture)
        #expect(await retry(fixture) == (keepsCopy ? 2 : 1))
        #expect(try await fixture.inbox("anna") == (keepsCopy ? [Self.text] : []))
        let entry = try DeliveryFixture.some(try await leaving(fixture).first)
        #expect(entry.recipients.map(\.destination) == [.remote(try DeliveryFixture.address(Self.away))])
        #expect(entry.sender == nil)
        #expect(entry.envelope.origin == .forwarded && entry.envelope.traits.contains(.beganHere))
        #expect(entry.envelope.submitter == (try await fixture.id("anna")))
        // The null sender hears nothing of what becomes of it.
        let fact = SenderReports.Fact(
            try DeliveryFixture.some(entry.recipients.first), .failed, status: "5.1.1", text: "nobody")
        let reports = SenderReports(store: fixture.store, serverName: "mail.uni.example")
        #expect(try await reports.reports([fact], about: entry).isEmpty)
        #expect(await retry(fixture) == 0)
    }

    @Test func circlesAmongUsKeepReports() async throws {
        let fixture = try await DeliveryFixture()
        try await forward("anna", to: "bo@uni.example", keepsCopy: false, in: fixture)
        try await forward("bo", to: "anna@uni.example", keepsCopy: false, in: fixture)
        try await enqueue(for: "anna", fixture)
        #expect(await retry(fixture) == 2)
        #expect(try await fixture.inbox("anna").isEmpty)
        #expect(try await fixture.inbox("bo") == [Self.text])
        #expect(try await fixture.store.queue.summary().entries == 0)
    }

    /// One that came back from outside carries our trace.
    @Test func whatCameBackStays() async throws {
        let fixture = try await DeliveryFixture()
        try await forward("anna", to: Self.away, keepsCopy: false, in: fixture)
        let text = "Delivered-To: anna@uni.example\r\n" + Self.text
        try await enqueue(for: "anna", fixture, text)
        #expect(await retry(fixture) == 1)
        #expect(try await fixture.inbox("anna") == [text])
        #expect(try await leaving(fixture).isEmpty)
    }

    /// The copy has left when the mailbox is tried again: it does not leave twice.
    @Test func aCopyLeavesOnce() async throws {
        let first = try await DeliveryFixture()
        let anna = try await first.id("anna")
        try await forward("anna", to: Self.away, keepsCopy: true, in: first)
        _ = try await first.inbox("anna")
        let repair = Mutex<(@Sendable () throws -> Void)?>(nil)
        let fixture = try await first.restarted { fixture in
            let undo = try fixture.damage(anna)
            repair.withLock { $0 = undo }
        }
        let outcome = try await fixture.deliver(
            Self.text, from: "eva@origin.example", to: try await fixture.targets("anna@uni.example"))
        #expect(outcome.isAccepted && outcome.forwards.count == 1)
        #expect(try await leaving(fixture).count == 1)
        fixture.clock.advance(by: 600)
        let after = try await fixture.restarted { _ in try repair.withLock { try $0?() } }
        #expect(await retry(after) == 1)
        #expect(try await after.inbox("anna") == [Self.text])
        #expect(try await leaving(after).isEmpty)
    }

    /// Mail that has waited since before there was a forward.
    @Test func aLaterForwardHolds() async throws {
        let fixture = try await DeliveryFixture()
        try await enqueue(for: "anna", fixture) { _ in }
        try await forward("anna", to: Self.away, keepsCopy: false, in: fixture)
        #expect(await retry(fixture) == 1)
        #expect(try await fixture.inbox("anna").isEmpty)
        #expect(try await leaving(fixture).first?.envelope.traits.contains(.beganHere) == false)
    }

    // MARK: Expires, then forward

    private func leave(_ name: String, in fixture: DeliveryFixture) async throws {
        let id = try await fixture.id(name)
        let day = fixture.clock.now + 1_000
        try await fixture.store.directory.write {
            try $0.updateAccount(id, expiresAt: .set(day), expiresThen: .set(.forward))
        }
    }

    @Test func anExpiredAccountSendsOnWithoutACopy() async throws {
        let fixture = try await DeliveryFixture()
        try await forward("anna", to: Self.away, keepsCopy: true, in: fixture)
        try await leave("anna", in: fixture)
        let before = try await fixture.deliver(
            Self.text, from: "eva@origin.example", to: try await fixture.targets("anna@uni.example"))
        #expect(before.recipients == [.delivered] && before.forwards.count == 1)
        fixture.clock.advance(by: 1_000)
        let after = try await fixture.deliver(
            Self.text, from: "eva@origin.example", to: try await fixture.targets("anna+x@uni.example"))
        #expect(after.recipients == [.leaving] && after.forwards.count == 1)
        #expect(try await fixture.inbox("anna") == [Self.text])
        let entry = try DeliveryFixture.some(
            try await fixture.store.directory.entry(address: DeliveryFixture.address("anna@uni.example")))
        #expect(entry.status == .suspended && entry.isLeftBehind)
        #expect(try await fixture.store.directory.carryOutExpiries(by: "test").map(\.id) == [entry.id])
        #expect(try await fixture.store.directory.carryOutExpiries(by: "test").isEmpty)
    }

    @Test func anExpiredAccountWithoutAWayIsSuspended() async throws {
        let fixture = try await DeliveryFixture()
        let anna = try await fixture.id("anna")
        let address = try DeliveryFixture.address("anna@uni.example")
        let resolver = RecipientResolver(store: fixture.store)
        try await forward("anna", to: Self.away, keepsCopy: true, in: fixture)
        try await leave("anna", in: fixture)
        fixture.clock.advance(by: 1_000)
        #expect("\(await resolver.decide(address, size: nil))".hasPrefix("accepted"))
        try await fixture.store.directory.write { try $0.setFeature(.forwardOutside, false, for: .account(anna)) }
        #expect(await resolver.decide(address, size: nil) == .suspended)
        // By the administrator's own word it is suspended, whatever was planned.
        try await fixture.store.directory.write {
            try $0.setFeature(.forwardOutside, nil, for: .account(anna))
            try $0.suspendAccount(anna, reason: "abuse")
        }
        #expect(await resolver.decide(address, size: nil) == .suspended)
    }

    @Test func aPlanToForwardNeedsAnAddress() async throws {
        let fixture = try await DeliveryFixture()
        let anna = try await fixture.id("anna")
        await #expect(throws: StoreError.self) { try await leave("anna", in: fixture) }
        try await forward("anna", to: Self.away, keepsCopy: true, in: fixture)
        try await leave("anna", in: fixture)
        await #expect(throws: StoreError.self) {
            try await fixture.store.directory.write { try $0.setForward(nil, of: anna) }
        }
    }
}
