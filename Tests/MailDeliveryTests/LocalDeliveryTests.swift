import MailDelivery
import MailMessage
import MailStore
import Testing

struct LocalDeliveryTests {
    static let text = "Subject: one\r\n\r\nbody\r\n"

    @Test func oneCopyForEachAccount() async throws {
        let fixture = try await DeliveryFixture()
        try await fixture.store.directory.write { transaction in
            try transaction.addAlias(
                DeliveryFixture.address("all@uni.example"),
                targets: [DeliveryFixture.address("anna@uni.example"), DeliveryFixture.address("bo@uni.example")])
        }
        let targets = try await fixture.targets(
            "anna+a@uni.example", "all@uni.example", "ANNA@uni.example", "cy@uni.example")
        let outcome = try await fixture.deliver(Self.text, from: nil, to: targets)
        #expect(outcome.recipients == [.delivered, .delivered, .delivered, .delivered])
        #expect(outcome.isAccepted && outcome.failure == nil)
        for name in ["anna", "bo", "cy"] { #expect(try await fixture.inbox(name) == [Self.text], "\(name)") }
        #expect(try await fixture.store.queue.summary().entries == 0)
    }

    @Test func manyAccountsAtOnce() async throws {
        let fixture = try await DeliveryFixture()
        let count = LocalDelivery.parallelAccounts * 2 + 1
        let entries = try await fixture.store.directory.write { transaction in
            try (0..<count).map { number in
                try transaction.account(
                    transaction.addAccount(NewAccount(address: DeliveryFixture.address("u\(number)@uni.example"))))
            }
        }
        let target = RecipientTarget(address: nil, accounts: entries.compactMap { $0 })
        #expect(try await fixture.deliver(Self.text, from: nil, to: [target]).recipients == [.delivered])
        for number in 0..<count { #expect(try await fixture.inbox("u\(number)") == [Self.text]) }
    }

    @Test func noRecipientIsNoSuccess() async throws {
        let fixture = try await DeliveryFixture()
        #expect(try await fixture.deliver(Self.text, from: nil, to: []).isAccepted == false)
    }

    /// The quota is what the directory says at the moment of the write.
    @Test func quotas() async throws {
        let fixture = try await DeliveryFixture()
        let size = Int64(Self.text.utf8.count)
        let targets = try await fixture.targets("anna@uni.example")
        let anna = try await fixture.id("anna")
        func limit(_ bytes: Int64) async throws {
            try await fixture.store.directory.write {
                try $0.setQuota(QuotaRule(bytes: .limit(bytes)), for: .account(anna))
            }
        }
        try await limit(size - 1)
        var outcome = try await fixture.deliver(Self.text, from: nil, to: targets)
        #expect(outcome.recipients == [.failed(.overQuota(.tooLargeForAccount))])
        #expect(outcome.failure?.isPermanentForDelivery == true)
        try await limit(size)
        #expect(try await fixture.deliver(Self.text, from: nil, to: targets).recipients == [.delivered])
        outcome = try await fixture.deliver(Self.text, from: nil, to: targets)
        #expect(outcome.recipients == [.failed(.overQuota(.full))])
        #expect(outcome.failure?.isPermanentForDelivery == false && !outcome.isAccepted)
        #expect(try await fixture.store.queue.summary().entries == 0)
        try await limit(2 * size)
        #expect(try await fixture.deliver(Self.text, from: nil, to: targets).recipients == [.delivered])
        #expect(try await fixture.inbox("anna").count == 2)
    }

    @Test(arguments: [
        ([StoreError.overQuota(.tooLargeForAccount), .busy], StoreError.busy),
        ([.overQuota(.full), .overQuota(.tooLargeForAccount)], .overQuota(.full)),
        ([.overQuota(.tooLargeForAccount), .noSuchAccount], .overQuota(.tooLargeForAccount)),
    ])
    func worstCause(failures: [StoreError], answer: StoreError) {
        #expect(DeliveryOutcome(recipients: [.delivered] + failures.map { .failed($0) }).failure == answer)
    }
}
