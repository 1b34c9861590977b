import MailMessage
import MailStore
import Testing

@testable import MailDelivery

/// Answers of people who are away, as their senders get them.
@Suite struct VacationTests {
    static let sender = "eva@origin.example"
    static let text = "I am away.\nWrite to bo.\n"

    private static func away(
        _ name: String, in fixture: DeliveryFixture, _ vacation: Vacation = Vacation(text: text)
    ) async throws {
        let id = try await fixture.id(name)
        try await fixture.store.directory.write { try $0.setVacation(vacation, of: id) }
    }

    private static func mail(
        to: String = "To: Anna <anna@uni.example>", _ fields: String..., from: String = "Eva <\(sender)>"
    ) -> String {
        (["From: \(from)", to, "Subject: =?utf-8?q?K=C3=A4ra?= Anna", "Message-ID: <two@origin.example>"] + fields)
            .joined(separator: "\r\n") + "\r\n\r\nHello\r\n"
    }

    private static func send(
        _ mail: String, from sender: String? = sender, to names: String..., in fixture: DeliveryFixture,
        traits: QueueTraits = []
    ) async throws {
        var targets: [RecipientTarget] = []
        for name in names { targets += try await fixture.targets("\(name)@uni.example") }
        var envelope = QueueEnvelope(
            sender: try sender.map { try DeliveryFixture.address($0) }, receivedAt: fixture.clock.now)
        envelope.traits = traits
        let outcome = await LocalDelivery(store: fixture.store)
            .deliver(StorableMessage(Array(mail.utf8)), envelope, to: targets)
        #expect(outcome.isAccepted)
    }

    /// What leaves for elsewhere.
    private static func answers(_ fixture: DeliveryFixture) async throws -> [QueuedMessage] {
        try await fixture.store.queue.claimNew(limit: 100)
    }

    private static func content(_ message: QueuedMessage, _ fixture: DeliveryFixture) async throws -> String {
        let reader = try await fixture.store.open(try await fixture.store.queue.body(of: message.id))
        return String(decoding: try await reader.read(at: 0, count: 100_000), as: UTF8.self)
    }

    @Test func theAnswerIsForTheSenderAndForNobodyElse() async throws {
        let fixture = try await DeliveryFixture()
        try await Self.away("anna", in: fixture)
        try await Self.send(Self.mail("References: <one@a.example> <b@c.example>"), to: "anna", "bo", in: fixture)
        let answer = try DeliveryFixture.some(try await Self.answers(fixture).first)
        #expect(answer.sender == nil && answer.envelope.origin == .report)
        #expect(answer.recipients.map { $0.address?.description } == [Self.sender])
        let header = Header(Array(try await Self.content(answer, fixture).utf8))
        #expect(header.decoded("From") == "anna@uni.example" && header.decoded("To") == Self.sender)
        #expect(header.decoded("Subject") == "Auto: Kära Anna")
        #expect(header.decoded("Auto-Submitted") == "auto-replied")
        #expect(header.decoded("In-Reply-To") == "<two@origin.example>")
        #expect(header.decoded("References") == "<one@a.example> <b@c.example> <two@origin.example>")
        #expect(header.first("Date") != nil && header.first("Message-ID") != nil)
        #expect(try await Self.content(answer, fixture).hasSuffix("\r\n\r\nI am away.\r\nWrite to bo.\r\n"))
        #expect(try await fixture.inbox("anna").count == 1)
    }

    @Test func ownSubjectAndUmlauts() async throws {
        let fixture = try await DeliveryFixture()
        try await Self.away("anna", in: fixture, Vacation(subject: "Jag är borta", text: "Åter på måndag"))
        try await Self.send(Self.mail(), to: "anna", in: fixture)
        let answer = try DeliveryFixture.some(try await Self.answers(fixture).first)
        let parsed = ParsedMessage(Array(try await Self.content(answer, fixture).utf8))
        #expect(parsed.header.decoded("Subject") == "Jag är borta")
        #expect(parsed.header.bytes.allSatisfy { $0 < 0x80 })
    }

    /// Once in the period, then again; another sender and another text at once.
    @Test func onceASenderAndPeriod() async throws {
        let fixture = try await DeliveryFixture()
        try await Self.away("anna", in: fixture)
        func count(from sender: String = Self.sender) async throws -> Int {
            try await Self.send(Self.mail(), from: sender, to: "anna", in: fixture)
            return try await Self.answers(fixture).count
        }
        #expect(try await count() == 1)
        #expect(try await count() == 0)
        #expect(try await count(from: "EVA@origin.example") == 0)
        #expect(try await count(from: "other@origin.example") == 1)
        fixture.clock.advance(by: 7 * 86_400 - 1)
        #expect(try await count() == 0)
        fixture.clock.advance(by: 1)
        #expect(try await count() == 1)
        try await Self.away("anna", in: fixture, Vacation(text: "Something else"))
        #expect(try await count() == 1)
    }

    @Test(arguments: [
        (Vacation(isOn: false, text: "x"), false), (Vacation(from: 1_800_000_000, text: "x"), true),
        (Vacation(from: 1_800_000_001, text: "x"), false), (Vacation(until: 1_800_000_001, text: "x"), true),
        (Vacation(until: 1_800_000_000, text: "x"), false),
    ])
    func onlyWhileItIsOn(vacation: Vacation, answers: Bool) async throws {
        let fixture = try await DeliveryFixture()
        try await Self.away("anna", in: fixture, vacation)
        try await Self.send(Self.mail(), to: "anna", in: fixture)
        #expect(try await Self.answers(fixture).isEmpty == !answers)
    }

    @Test(
        arguments: [
            (mail(to: "To: bo@uni.example"), false), (mail(to: "To: friends: anna@uni.example;"), true),
            (mail(to: "Cc: x@y.example, ANNA+list@uni.example"), true), (mail(to: "X-To: anna@uni.example"), false),
            (mail(to: "Resent-To: anna@uni.example"), true), (mail(to: "To: first@uni.example"), true),
            (mail(to: "To: both@uni.example"), false),
        ])
    func onlyWhoIsNamed(mail: String, answers: Bool) async throws {
        let fixture = try await DeliveryFixture()
        try await fixture.store.directory.write { transaction in
            let (anna, bo) = (
                try DeliveryFixture.address("anna@uni.example"), try DeliveryFixture.address("bo@uni.example")
            )
            try transaction.addAlias(try DeliveryFixture.address("first@uni.example"), targets: [anna])
            try transaction.addAlias(try DeliveryFixture.address("both@uni.example"), targets: [anna, bo])
        }
        try await Self.away("anna", in: fixture)
        try await Self.send(mail, to: "anna", in: fixture)
        #expect(try await Self.answers(fixture).isEmpty == !answers)
    }

    @Test(
        arguments: [
            "List-Id: <l.example>", "List-Unsubscribe: <mailto:x@l.example>", "Precedence: bulk", "Precedence: List",
            "Auto-Submitted: auto-replied", "Auto-Submitted: auto-generated; type=x", "X-Auto-Response-Suppress: OOF",
            "X-Auto-Response-Suppress: DR, AutoReply", "Content-Type: multipart/report; boundary=x",
        ])
    func neverToProgramsAndLists(field: String) async throws {
        let fixture = try await DeliveryFixture()
        try await Self.away("anna", in: fixture)
        try await Self.send(Self.mail(field), to: "anna", in: fixture)
        #expect(try await Self.answers(fixture).isEmpty)
        try await Self.send(Self.mail("Auto-Submitted: no", "Precedence: first-class"), to: "anna", in: fixture)
        #expect(try await Self.answers(fixture).count == 1)
    }

    @Test(
        arguments: [
            nil, "owner-list@origin.example", "list-request@origin.example", "noreply@origin.example",
            "no-reply+x@origin.example", "MAILER-DAEMON@origin.example", "list-bounces@origin.example",
            "bounce-77@origin.example", "nobody@uni.example", "anna@uni.example",
        ])
    func neverToSuchSenders(sender: String?) async throws {
        let fixture = try await DeliveryFixture()
        try await Self.away("anna", in: fixture)
        try await Self.send(Self.mail(), from: sender, to: "anna", in: fixture)
        #expect(try await Self.answers(fixture).isEmpty)
    }

    @Test func neverToSuchAuthorsNorToJunk() async throws {
        let fixture = try await DeliveryFixture()
        try await Self.away("anna", in: fixture)
        try await Self.send(Self.mail(from: "No Reply <no_reply@shop.example>"), to: "anna", in: fixture)
        try await Self.send(Self.mail(), to: "anna", in: fixture, traits: .junk)
        #expect(try await Self.answers(fixture).isEmpty)
    }

    /// Two who are away and write to each other: each gets one answer, and nothing comes of it.
    @Test func twoWhoAreAwayDoNotTalk() async throws {
        let fixture = try await DeliveryFixture()
        try await Self.away("anna", in: fixture)
        try await Self.away("bo", in: fixture)
        let mail = Self.mail(from: "bo@uni.example")
        try await Self.send(mail, from: "bo@uni.example", to: "anna", in: fixture)
        let retry = LocalRetry(store: fixture.store, serverName: "mail.uni.example")
        #expect(await retry.run() == 1)
        #expect(await retry.run() == 0)
        #expect(try await fixture.inbox("anna") == [mail])
        #expect(try await fixture.inbox("bo").count == 1)
        #expect(try await fixture.inbox("bo").first?.contains("Auto-Submitted: auto-replied\r\n") == true)
    }

    /// Whoever sends all mail on is away too; the last in a line of forwards is not named.
    @Test func whoForwardsAnswers() async throws {
        let fixture = try await DeliveryFixture()
        try await Self.away("anna", in: fixture)
        try await Self.away("bo", in: fixture)
        let (id, to) = (try await fixture.id("anna"), try DeliveryFixture.address("bo@uni.example"))
        try await fixture.store.directory.write { try $0.setForward(Forward(to: to, keepsCopy: false), of: id) }
        try await Self.send(Self.mail(), to: "anna", in: fixture)
        let answers = try await Self.answers(fixture)
        #expect(answers.count == 1)
        let text = try await Self.content(try DeliveryFixture.some(answers.first), fixture)
        #expect(text.contains("From: anna@uni.example\r\n"))
    }

    /// Whatever the message says of itself, the answer's header stays ours.
    @Test func nothingGetsIntoTheHeader() async throws {
        let fixture = try await DeliveryFixture()
        try await Self.away("anna", in: fixture)
        let subject = "=?utf-8?q?a=0D=0ABcc:_x@y.example=00?="
        let references = "References: " + (0..<60).map { "<\($0)@r.example>" }.joined(separator: "\r\n ")
        let mail =
            "From: \(Self.sender)\r\nTo: anna@uni.example\r\nSubject: \(subject)\(String(repeating: "y", count: 900))\r\n"
            + "Message-ID: <two@origin.example>\r\n\(references)\r\n\r\nx\r\n"
        try await Self.send(mail, to: "anna", in: fixture)
        let answer = try DeliveryFixture.some(try await Self.answers(fixture).first)
        let content = try await Self.content(answer, fixture)
        let header = Header(Array(content.utf8))
        #expect(header.first("Bcc") == nil && header.decoded("Subject")?.contains("Bcc") == true)
        #expect(content.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 998 })
        let identifiers = header.decoded("References")?.split(separator: " ") ?? []
        #expect(identifiers.count == VacationReply.mostReferences)
        #expect(identifiers.first == "<0@r.example>" && identifiers.last == "<two@origin.example>")
    }
}
