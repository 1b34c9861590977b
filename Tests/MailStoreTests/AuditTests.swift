import Foundation
import MailMessage
import Testing

@testable import MailStore

/// The audit trail: written with each change, never changed itself.
@Suite struct AuditTests {
    private func trail(_ directory: Directory) async throws -> [AuditEntry] {
        try await directory.read { reader in
            var entries: [AuditEntry] = []
            try reader.audit { entries.append($0) }
            return entries
        }
    }

    @Test func whoAskedIsKept() async throws {
        let fixture = try DirectoryFixture()
        let directory = fixture.directory
        let anna = AuditActor(name: "anna (sudo)", uid: 1_000, tool: "mailctl")
        try await directory.write(by: anna) { _ = try $0.addDomain(Made.domain("uni.example")) }
        let last = try #require(try await trail(directory).last)
        #expect(last.actor == anna)
        #expect("\(last.action) \(last.object)" == "domain add uni.example")
        try await directory.write(by: "somebody") { try $0.setSetting("colour", "green") }
        #expect(try await trail(directory).last?.actor == AuditActor(name: "somebody", uid: nil, tool: ""))
    }

    @Test func aChangeThatFailsLeavesNoLine() async throws {
        let fixture = try DirectoryFixture()
        let directory = fixture.directory
        let before = try await trail(directory)
        await #expect(throws: StoreError.self) {
            try await directory.write { transaction in
                _ = try transaction.addDomain(Made.domain("uni.example"))
                throw StoreError.invalid("on purpose")
            }
        }
        #expect(try await trail(directory) == before)
    }

    @Test func keysMadeByTheServerAreNoNewPassword() async throws {
        let fixture = try DirectoryFixture()
        let directory = fixture.directory
        let id = try await directory.write { transaction in
            _ = try transaction.addDomain(Made.domain("uni.example"))
            let credential = Credential(hash: "$y$j9T$hidden", changedAt: 5)
            return try transaction.addAccount(
                NewAccount(address: Made.address("bo@uni.example"), credential: credential)
            )
        }
        let keys = ScramKeys(salt: [1], iterations: 4_096, storedKey: [2], serverKey: [3])
        try await directory.write {
            try $0.setCredential(Credential(hash: "$y$j9T$hidden", scram: keys, changedAt: 5), of: id)
        }
        let last = try #require(try await trail(directory).last)
        #expect("\(last.action) \(last.object) \(last.before) \(last.after)" == "scram keys account \(id) none set")
        #expect(try await trail(directory).allSatisfy { !"\($0)".contains("hidden") && !"\($0)".contains("$y$") })
    }

    @Test(arguments: [
        "UPDATE audit SET actor = 'nobody'", "DELETE FROM audit", "DELETE FROM audit WHERE id = 1",
        "REPLACE INTO audit (id, at, actor, action, object, before, after) SELECT id, 0, '', '', '', '', '' FROM audit",
    ])
    func linesAreNeverChanged(_ statement: String) async throws {
        let fixture = try DirectoryFixture()
        let directory = fixture.directory
        try await directory.write { _ = try $0.addDomain(Made.domain("uni.example")) }
        let before = try await trail(directory)
        #expect(!before.isEmpty)
        await #expect(throws: StoreError.self) {
            try await directory.lane.write { database, _ in try database.execute(statement) }
        }
        #expect(try await trail(directory) == before)
    }

    @Test func anOlderDirectoryKeepsItsLines() throws {
        let path = NSTemporaryDirectory() + "posthus-audit-" + UUID().uuidString
        defer { for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) } }
        do {
            let old = Schema(name: "directory", steps: Array(DirectorySchema.schema.steps.prefix(1)))
            let database = try SQLConnection.open(path, schema: old)
            try database("INSERT INTO audit VALUES (7, 1, 'root', 'domain add', 'uni.example', '', '')").run()
        }
        let database = try SQLConnection.open(path, schema: DirectorySchema.schema)
        var entries: [AuditEntry] = []
        try DirectoryReader(database, now: 2).audit { entries.append($0) }
        #expect(entries.map { "\($0.at) \($0.actor) \($0.action) \($0.object)" } == ["1 root domain add uni.example"])
        #expect(entries.first?.actor.uid == nil)
        #expect(try database.schemaVersion() == DirectorySchema.schema.steps.count)
    }

    /// What is old goes by the one way there is, and nothing else does.
    @Test func oldLinesExpire() async throws {
        let fixture = try DirectoryFixture(now: 1_000_000_000)
        let directory = fixture.directory
        try await directory.fill()
        fixture.clock.advance(by: 400 * 86_400)
        try await directory.write { try $0.setSetting("colour", "green") }
        #expect(try await directory.expireAudit(olderThan: 500 * 86_400) == 0)
        #expect(try await directory.expireAudit(olderThan: 365 * 86_400) > 3)
        #expect(try await trail(directory).map(\.action) == ["setting set", "audit expired"])
        #expect(try await directory.expireAudit(olderThan: 1) == 0)  // the last 30 days stay
        for sql in [
            "DELETE FROM audit", "UPDATE audit SET actor='x'", "UPDATE setting SET value='0' WHERE name LIKE 'audit%'",
        ] {
            await #expect(throws: StoreError.self) { try await directory.write { try $0.database.execute(sql) } }
        }
        #expect(try await trail(directory).count == 2)
    }
}
