import MailDelivery
import MailMessage
import MailStore
import Testing

struct RecipientResolverTests {
    @Test(arguments: [
        ("anna@uni.example", "accepted"), ("postmaster@uni.example", "accepted"), ("x@uni.example", "unknown"),
        ("x@elsewhere.example", "notLocal"), ("bo@uni.example", "suspended"), ("ring@uni.example", "loop"),
    ])
    func decisions(text: String, name: String) async throws {
        let fixture = try await DeliveryFixture()
        let bo = try await fixture.id("bo")
        try await fixture.store.directory.write { transaction in
            try transaction.suspendAccount(bo)
            try transaction.addAlias(
                DeliveryFixture.address("ring@uni.example"), targets: [DeliveryFixture.address("cy@uni.example")])
            try transaction.addAlias(
                DeliveryFixture.address("rung@uni.example"), targets: [DeliveryFixture.address("ring@uni.example")])
            try transaction.setAlias(
                DeliveryFixture.address("ring@uni.example"), targets: [DeliveryFixture.address("rung@uni.example")])
        }
        let decision = await RecipientResolver(store: fixture.store).decide(try DeliveryFixture.address(text), size: 1)
        #expect("\(decision)".hasPrefix(name))
    }

    @Test(
        arguments: [
            (nil, "accepted"), (0, "accepted"), (59, "accepted"), (60, "accepted"), (61, "overQuota"),
            (100, "overQuota"),
            (101, "tooLarge"), (.max, "tooLarge"),
        ] as [(Int64?, String)])
    func sizes(declared: Int64?, name: String) async throws {
        let fixture = try await DeliveryFixture()
        let anna = try await fixture.id("anna")
        try await fixture.store.directory.write { try $0.setQuota(QuotaRule(bytes: .limit(100)), for: .account(anna)) }
        let text = "Subject: x\r\n\r\n" + String(repeating: "a", count: 26)
        #expect(text.utf8.count == 40)
        let targets = try await fixture.targets("anna@uni.example")
        #expect(try await fixture.deliver(text, from: nil, to: targets).isAccepted)
        let address = try DeliveryFixture.address("anna@uni.example")
        let decision = await RecipientResolver(store: fixture.store).decide(address, size: declared)
        #expect("\(decision)".hasPrefix(name))
    }

    /// Old hints refuse nobody: the account is asked before a refusal.
    @Test func staleHintsDoNotRefuse() async throws {
        let fixture = try await DeliveryFixture()
        let anna = try await fixture.id("anna")
        try await fixture.store.directory.write { try $0.setQuota(QuotaRule(bytes: .limit(100)), for: .account(anna)) }
        fixture.store.directory.updateHints(of: anna, bytesUsed: 100, messageCount: 5)
        let address = try DeliveryFixture.address("anna@uni.example")
        let decision = await RecipientResolver(store: fixture.store).decide(address, size: 50)
        #expect("\(decision)".hasPrefix("accepted"))
    }
}
