import MailDelivery
import MailMessage
import MailStore
import Testing

/// Accounts that send their mail on.
struct ForwardingTests {
    static let text = "Subject: one\r\n\r\nbody\r\n"
    static let away = "anna@away.example"
    static let sender = "eva@origin.example"

    private func forward(
        _ name: String, to target: String, keepsCopy: Bool = true, in fixture: DeliveryFixture
    ) async throws {
        let id = try await fixture.id(name)
        try await fixture.store.directory.write {
            try $0.setForward(Forward(to: DeliveryFixture.address(target), keepsCopy: keepsCopy), of: id)
        }
    }

    private func leaving(_ fixture: DeliveryFixture) async throws -> [QueuedMessage] {
        try await fixture.store.queue.claimNew(limit: 100)
    }

    @Test(arguments: [true, false])
    func withAndWithoutCopy(keepsCopy: Bool) async throws {
        let fixture = try await DeliveryFixture()
        try await forward("anna", to: Self.away, keepsCopy: keepsCopy, in: fixture)
        let outcome = try await fixture.deliver(
            Self.text, from: Self.sender, to: try await fixture.targets("anna+tag@uni.example", "bo@uni.example"))
        #expect(outcome.isAccepted)
        #expect(outcome.recipients == [keepsCopy ? .delivered : .leaving, .delivered])
        #expect(try await fixture.inbox("anna") == (keepsCopy ? [Self.text] : []))
        #expect(try await fixture.inbox("bo") == [Self.text])
        let entry = try DeliveryFixture.some(try await leaving(fixture).first)
        #expect(outcome.forwards.map(\.queue) == [entry.id])
        #expect(entry.envelope.origin == .forwarded)
        #expect(entry.envelope.submitter == (try await fixture.id("anna")))
        #expect(entry.recipients.map(\.destination) == [.remote(try DeliveryFixture.address(Self.away))])
        #expect(entry.recipients.first?.notice.original == "rfc822;anna+2Btag@uni.example")
        let sender = try DeliveryFixture.some(entry.sender)
        #expect(sender.domain == "uni.example" && sender.local.hasPrefix("SRS0="))
        #expect(
            ForwardedSenders(store: fixture.store).original(of: sender) == (try DeliveryFixture.address(Self.sender)))
    }

    @Test(arguments: [nil, "bo@uni.example"])
    func sendersThatStay(sender: String?) async throws {
        let fixture = try await DeliveryFixture()
        try await forward("anna", to: Self.away, in: fixture)
        _ = try await fixture.deliver(Self.text, from: sender, to: try await fixture.targets("anna@uni.example"))
        #expect(try await leaving(fixture).map { $0.sender?.description } == [sender])
    }

    @Test func wishesGoAlong() async throws {
        let fixture = try await DeliveryFixture()
        try await forward("anna", to: Self.away, in: fixture)
        var target = try DeliveryFixture.some(try await fixture.targets("anna@uni.example").first)
        target.notice = QueueNotice(notify: "SUCCESS,FAILURE", original: "rfc822;first@list.example")
        _ = try await fixture.deliver(Self.text, from: Self.sender, to: [target])
        #expect(try await leaving(fixture).flatMap(\.recipients).map(\.notice) == [target.notice])
    }

    /// Mail that carries our own trace came back: it stays, once.
    @Test func traceCutsTheCircle() async throws {
        let fixture = try await DeliveryFixture()
        try await forward("anna", to: Self.away, keepsCopy: false, in: fixture)
        let back = "Received: x\r\nDelivered-To: ANNA@uni.example\r\n" + Self.text
        let other = "Delivered-To: bo@uni.example\r\n" + Self.text
        let targets = try await fixture.targets("anna@uni.example")
        #expect(try await fixture.deliver(back, from: Self.sender, to: targets).recipients == [.delivered])
        #expect(try await leaving(fixture).isEmpty)
        #expect(try await fixture.inbox("anna") == [back])
        #expect(try await fixture.deliver(other, from: Self.sender, to: targets).recipients == [.leaving])
    }

    @Test func forwardsAmongUsAreFollowed() async throws {
        let fixture = try await DeliveryFixture()
        try await forward("anna", to: "bo@uni.example", keepsCopy: false, in: fixture)
        try await forward("bo", to: "cy@uni.example", in: fixture)
        let outcome = try await fixture.deliver(
            Self.text, from: Self.sender, to: try await fixture.targets("anna@uni.example"))
        #expect(outcome.recipients == [.delivered] && outcome.queue == nil)
        #expect(try await fixture.inbox("anna") == [])
        #expect(try await fixture.inbox("bo") == [Self.text])
        #expect(try await fixture.inbox("cy") == [Self.text])
    }

    /// Nothing gets lost where everybody points at somebody else.
    @Test func circlesAmongUsKeepIt() async throws {
        let fixture = try await DeliveryFixture()
        try await forward("anna", to: "bo@uni.example", keepsCopy: false, in: fixture)
        try await forward("bo", to: "cy@uni.example", keepsCopy: false, in: fixture)
        try await forward("cy", to: "anna@uni.example", keepsCopy: false, in: fixture)
        let targets = try await fixture.targets("anna@uni.example")
        let outcome = try await fixture.deliver(Self.text, from: Self.sender, to: targets)
        #expect(outcome.recipients == [.delivered])
        #expect(try await fixture.inbox("cy") == [Self.text])
        #expect(try await leaving(fixture).isEmpty)
    }

    @Test func whatLeadsNowhereStays() async throws {
        let fixture = try await DeliveryFixture()
        try await forward("anna", to: "nobody@uni.example", keepsCopy: false, in: fixture)
        _ = try await fixture.deliver(Self.text, from: Self.sender, to: try await fixture.targets("anna@uni.example"))
        #expect(try await fixture.inbox("anna") == [Self.text])
    }

    @Test func theSwitchKeepsMailHere() async throws {
        let fixture = try await DeliveryFixture()
        try await forward("anna", to: Self.away, keepsCopy: false, in: fixture)
        try await forward("bo", to: "cy@uni.example", keepsCopy: false, in: fixture)
        try await fixture.store.directory.write { try $0.setFeature(.forwardOutside, false, for: .standard) }
        let targets = try await fixture.targets("anna@uni.example", "bo@uni.example")
        _ = try await fixture.deliver(Self.text, from: Self.sender, to: targets)
        #expect(try await fixture.inbox("anna") == [Self.text])
        #expect(try await fixture.inbox("cy") == [Self.text])
        #expect(try await leaving(fixture).isEmpty)
    }

    @Test func junkStaysHere() async throws {
        let fixture = try await DeliveryFixture()
        try await forward("anna", to: Self.away, keepsCopy: false, in: fixture)
        var envelope = QueueEnvelope(sender: nil, receivedAt: fixture.clock.now)
        envelope.traits = [.junk]
        let outcome = await LocalDelivery(store: fixture.store).deliver(
            StorableMessage(Array(Self.text.utf8)), envelope, to: try await fixture.targets("anna@uni.example"))
        #expect(outcome.recipients == [.delivered] && outcome.forwards.isEmpty)
    }

    @Test func heldWithAllTheRest() async throws {
        let fixture = try await DeliveryFixture()
        try await forward("anna", to: Self.away, in: fixture)
        let outcome = await LocalDelivery(store: fixture.store).deliver(
            StorableMessage(Array(Self.text.utf8)), QueueEnvelope(sender: nil, receivedAt: fixture.clock.now),
            to: try await fixture.targets("anna@uni.example"), hold: "too much")
        #expect(outcome.recipients == [.held] && outcome.forwards.count == 1)
        #expect(try await leaving(fixture).isEmpty)
        #expect(try await fixture.inbox("anna") == [])
    }

    /// A full mailbox does not refuse what only passes through.
    @Test func noRoomIsNeededWithoutCopy() async throws {
        let fixture = try await DeliveryFixture()
        let anna = try await fixture.id("anna")
        try await fixture.store.directory.write { try $0.setQuota(QuotaRule(bytes: .limit(1)), for: .account(anna)) }
        let address = try DeliveryFixture.address("anna@uni.example")
        let resolver = RecipientResolver(store: fixture.store)
        #expect(await resolver.decide(address, size: 100) == .tooLarge)
        try await forward("anna", to: Self.away, keepsCopy: false, in: fixture)
        #expect("\(await resolver.decide(address, size: 100))".hasPrefix("accepted"))
    }

    @Test func bouncesFindTheWayBack() async throws {
        let fixture = try await DeliveryFixture()
        try await forward("anna", to: Self.away, in: fixture)
        _ = try await fixture.deliver(Self.text, from: Self.sender, to: try await fixture.targets("anna@uni.example"))
        let message = try DeliveryFixture.some(try await leaving(fixture).first)
        let sender = try DeliveryFixture.some(message.sender)
        let origin = try DeliveryFixture.address(Self.sender)
        let resolver = RecipientResolver(store: fixture.store)
        #expect(await resolver.decide(sender, size: nil) == .returning(origin))
        let forged = try DeliveryFixture.some(
            EmailAddress(local: sender.local.replacing("eva", with: "eve"), domain: sender.domain))
        #expect(await resolver.decide(forged, size: nil) == .unknown)
        let fact = SenderReports.Fact(
            try DeliveryFixture.some(message.recipients.first), .failed, status: "5.1.1", text: "nobody")
        let reports = try await SenderReports(store: fixture.store, serverName: "mail.uni.example").reports(
            [fact], about: message)
        #expect(reports.flatMap(\.recipients).map(\.destination) == [.remote(origin)])
        fixture.clock.advance(by: 30 * 86_400)
        #expect(await resolver.decide(sender, size: nil) == .unknown)
    }
}
