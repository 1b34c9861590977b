import Foundation
import MailMessage
import Testing

@testable import MailStore

/// `web.db` and `statistics.db` of a newer version: nothing depends on them, so they stop nobody who goes back.
@Suite struct PassingDatabaseTests {
    private static let newer = Schema(name: "web", steps: WebSchema.schema.steps + ["CREATE TABLE later (id BIGINT)"])

    @Test func aNewerOneIsGivenUp() throws {
        let path = temporaryPath()
        defer { try? FileManager.default.removeItem(atPath: path) }
        _ = try SQLConnection.open(path, schema: Self.newer)
        let version = try SQLConnection.openOrMakeAnew(path, schema: WebSchema.schema).schemaVersion()
        #expect(version == WebSchema.schema.version)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func notWhileTheNewerVersionHasItOpen() throws {
        let path = temporaryPath()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let other = try SQLConnection.open(path, schema: Self.newer)
        #expect(throws: StoreError.newerSchema(file: path, found: 3, known: 2)) {
            try SQLConnection.openOrMakeAnew(path, schema: WebSchema.schema)
        }
        #expect(try other.schemaVersion() == 3)
    }

    @Test func theStoreItselfIsNeverGivenUp() async throws {
        try await withStore { store, _ in
            try SQLConnection(bare: store.path + "/web.db", create: true).execute("PRAGMA user_version=99")
            try await store.web.shutOut([AccountID(1)])
            try SQLConnection(bare: store.path + "/sending.db", create: true).execute("PRAGMA user_version=99")
            await #expect(throws: StoreError.self) { try await store.sending.lane.read { _ in } }
        }
    }
}
