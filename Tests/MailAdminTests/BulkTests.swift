import Foundation
import MailMessage
import MailStore
import Testing

@testable import MailAdmin

/// Lists of accounts: what a trial says is what the import does, and only the import changes anything.
@Suite struct BulkTests {
    private let administration: Administration

    init() async throws {
        let folder = NSTemporaryDirectory() + "posthus-bulk-" + UUID().uuidString
        try MailStore.create(at: folder, isTestStore: true)
        administration = Administration(store: try MailStore(at: folder), actor: "tester", clock: MailStore.now)
        let domain = try #require(MailDomain("uni.example"))
        try await administration.store.directory.write { _ = try $0.addDomain(domain) }
    }

    private func rows(_ names: [(address: String, login: String)]) throws -> [BulkRow] {
        try names.enumerated().map { number, name in
            var new = NewAccount(address: try #require(EmailAddress("\(name.address)@uni.example")))
            new.login = LoginName(name.login)
            return BulkRow(line: number + 2, account: new)
        }
    }

    private func close() async throws {
        await administration.store.close()
        try FileManager.default.removeItem(atPath: administration.store.path)
    }

    @Test func aTrialChangesNothingAndIsRight() async throws {
        let rows = try rows([("a", "one"), ("b", "two"), ("c", "one"), ("d", "three")])
        let generation = try await administration.store.directory.read { try $0.generation() }
        for batch in [1, 3, 500] {
            let check = try await administration.check(rows, batch: batch)
            #expect(check.refusals == [BulkRefusal(line: 4, reason: "login one exists")])
            #expect(check.good.map(\.line) == [2, 3, 5] && check.report.created == 3)
        }
        #expect(try await administration.store.directory.read { try $0.generation() } == generation)
        #expect(try FileManager.default.contentsOfDirectory(atPath: administration.store.path + "/spool") == [])
        try await close()
    }

    /// Somebody else was faster between the trial and the import.
    @Test func whatIsTakenMeanwhileIsLeftOutAlone() async throws {
        let rows = try rows([("a", "one"), ("b", "two"), ("c", "three")])
        let check = try await administration.check(rows, batch: 500)
        #expect(check.refusals.isEmpty)
        let other = NewAccount(address: try #require(EmailAddress("two@uni.example")))
        _ = try await administration.add(other)
        let (report, refusals) = try await administration.apply(check.good, batch: 500) { _ in }
        #expect(report.created == 2 && report.failed == 1)
        #expect(refusals == [BulkRefusal(line: 3, reason: "login two exists")])
        let again = try await administration.check(rows, batch: 500)
        #expect(again.report.unchanged == 2 && again.refusals.map(\.line) == [3])
        try await close()
    }
}
