import MailMessage
import Testing

@testable import MailStore

struct DirectoryQuotaTests {
    @Test func precedenceAndSource() async throws {
        let fixture = try DirectoryFixture(now: 1_000)
        let directory = fixture.directory
        try await directory.fill()
        let bo = try await directory.id("bo@uni.example")
        func quota() async throws -> String {
            let quota = try await directory.entry(id: bo)?.quota
            return "\(quota?.bytes.map(String.init) ?? "unlimited") \(quota?.source.description ?? "")"
        }
        #expect(try await quota() == "500000000 default")
        try await directory.write { try $0.updateAccount(bo, accountClass: .set(.student)) }
        #expect(try await quota() == "50000000 class:student")
        try await directory.write { transaction in
            try transaction.addOrganisation(Made.organisation("Physics"))
            try transaction.updateAccount(bo, organisation: .set(Made.organisation("physics")))
        }
        #expect(try await quota() == "50000000 class:student")
        try await directory.write {
            try $0.setQuota(QuotaRule(bytes: .limit(2_000_000_000)), for: .organisation(Made.organisation("physics")))
        }
        #expect(try await quota() == "2000000000 org:physics")
        try await directory.write { try $0.setQuota(QuotaRule(bytes: .unlimited), for: .account(bo)) }
        #expect(try await quota() == "unlimited account")
        #expect(try await directory.limit(of: bo) == .unlimited)
        try await directory.write { try $0.setQuota(QuotaRule(bytes: .limit(7), until: 1_060), for: .account(bo)) }
        #expect(try await quota() == "7 account")
        #expect(try await directory.entry(id: bo)?.quota.until == 1_060)
        fixture.clock.advance(by: 59)
        #expect(try await quota() == "7 account")
        fixture.clock.advance(by: 1)
        #expect(try await quota() == "unlimited account")
        _ = try await directory.write { try $0.unsetQuota(of: .account(bo)) }
        #expect(try await quota() == "2000000000 org:physics")
    }

    @Test func bytesAndMessagesInheritApart() async throws {
        let fixture = try DirectoryFixture()
        let directory = fixture.directory
        try await directory.fill()
        let bo = try await directory.id("bo@uni.example")
        try await directory.write { transaction in
            try transaction.setQuota(QuotaRule(messages: .limit(10)), for: .account(bo))
            try transaction.setQuota(QuotaRule(bytes: .limit(99), messages: .limit(20)), for: .standard)
        }
        #expect(try await directory.limit(of: bo) == QuotaLimit(bytes: 99, messages: 10))
        #expect(try await directory.entry(id: bo)?.quota.source == .standard)
        await #expect(throws: StoreError.invalid("a quota below zero")) {
            try await directory.write { try $0.setQuota(QuotaRule(bytes: .limit(-1)), for: .account(bo)) }
        }
    }

    @Test func groupsInUseStay() async throws {
        let fixture = try DirectoryFixture()
        let directory = fixture.directory
        try await directory.fill()
        let bo = try await directory.id("bo@uni.example")
        try await directory.write { try $0.updateAccount(bo, accountClass: .set(.student)) }
        await #expect(throws: StoreError.notPermitted("class student has 1 accounts")) {
            try await directory.write { try $0.removeClass(.student) }
        }
        await #expect(throws: StoreError.notPermitted("domain uni.example has 3 addresses")) {
            try await directory.write { try $0.removeDomain(Made.domain("uni.example")) }
        }
        await #expect(throws: StoreError.exists("class employee")) {
            try await directory.write { try $0.addClass(.employee) }
        }
        await #expect(throws: StoreError.notFound("organisation none")) {
            try await directory.write { try $0.updateAccount(bo, organisation: .set(Made.organisation("none"))) }
        }
        let classes = try await directory.read { try $0.classes() }
        #expect(classes.map(\.name.text) == ["employee", "student"])
        #expect(classes.map(\.accounts) == [0, 1])
        #expect(classes.map(\.quota?.bytes) == [.limit(500_000_000), .limit(50_000_000)])
    }
}
