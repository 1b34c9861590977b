import Foundation
import Testing

@testable import MailStore

@Suite struct SQLConnectionTests {
    static let one = Schema(name: "test", steps: ["CREATE TABLE thing (id BIGINT NOT NULL PRIMARY KEY, name TEXT)"])
    static let two = Schema(
        name: "test", steps: one.steps + ["ALTER TABLE thing ADD COLUMN size BIGINT NOT NULL DEFAULT 7"])

    @Test(arguments: [
        ("synchronous", "2"), ("journal_mode", "wal"), ("page_size", "4096"), ("auto_vacuum", "2"),
        ("secure_delete", "2"), ("cache_size", "-256"), ("journal_size_limit", "16777216"), ("foreign_keys", "1"),
        ("cell_size_check", "1"), ("trusted_schema", "0"),
    ])
    func pragmasHoldAtEveryOpen(_ pragma: String, _ expected: String) throws {
        let path = temporaryPath()
        defer { removeDatabase(path) }
        for _ in 0..<2 {
            let database = try SQLConnection.open(path, schema: Self.one)
            #expect(try database.dynamic("PRAGMA \(pragma)").text() == expected)
        }
    }

    @Test func theSchemaCannotBeRewritten() throws {
        let path = temporaryPath()
        defer { removeDatabase(path) }
        let database = try SQLConnection.open(path, schema: Self.one)
        try database.execute("PRAGMA writable_schema=ON")
        #expect(throws: StoreError.self) { try database.execute("DELETE FROM sqlite_master") }
    }

    @Test func anOlderSchemaIsBroughtUpToDateWithItsRows() throws {
        let path = temporaryPath()
        defer { removeDatabase(path) }
        try SQLConnection.open(path, schema: Self.one)("INSERT INTO thing (id, name) VALUES ($1, $2)").run(1, "a")
        let database = try SQLConnection.open(path, schema: Self.two)
        #expect(try database.schemaVersion() == 2)
        #expect(try database("SELECT size FROM thing WHERE name=$1").number("a") == 7)
    }

    @Test func aStepThatFailsChangesNothing() throws {
        let path = temporaryPath()
        defer { removeDatabase(path) }
        _ = try SQLConnection.open(path, schema: Self.one)
        let bad = Schema(name: "test", steps: Self.two.steps + ["CREATE TABLE thing (id BIGINT)"])
        #expect(throws: StoreError.self) { try SQLConnection.open(path, schema: bad) }
        let database = try SQLConnection.open(path, schema: Self.one)
        #expect(try database.schemaVersion() == 1)
    }

    @Test func aNewerSchemaIsRefusedAndUntouched() throws {
        let path = temporaryPath()
        defer { removeDatabase(path) }
        try SQLConnection.open(path, schema: Self.two)("INSERT INTO thing (id, name) VALUES ($1, $2)").run(1, "a")
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(throws: StoreError.newerSchema(file: path, found: 2, known: 1)) {
            try SQLConnection.open(path, schema: Self.one)
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    }

    @Test func whatIsNoDatabaseIsDamaged() throws {
        let path = temporaryPath()
        defer { removeDatabase(path) }
        try Data(repeating: 0x41, count: 8_192).write(to: URL(fileURLWithPath: path))
        #expect {
            try SQLConnection.open(path, schema: Self.one)
        } throws: { error in
            guard case StoreError.damaged(path, _) = error else { return false }
            return true
        }
    }

    @Test func anExistingFileMayBeDemanded() {
        #expect {
            try SQLConnection.open(temporaryPath(), schema: Self.one, create: false)
        } throws: { error in
            guard case StoreError.inputOutput = error else { return false }
            return true
        }
    }

    @Test func valuesComeBackAsTheyWent() throws {
        let path = temporaryPath()
        defer { removeDatabase(path) }
        let database = try SQLConnection.open(path, schema: Self.one)
        try database.execute("CREATE TABLE pair (number BIGINT, text TEXT, bytes BYTEA)")
        try database("INSERT INTO pair VALUES ($1, $2, $3)").run(Int64.min, "å\u{0}ö", [0, 255, 0] as [UInt8])
        try database("INSERT INTO pair VALUES ($1, $2, $3)").run(Int64.max, "", [] as [UInt8])
        try database("INSERT INTO pair VALUES ($1, $2, $3)").run(Int64?.none, String?.none, [UInt8]?.none)
        var rows: [(Int64, String?, [UInt8]?)] = []
        try database("SELECT number, text, bytes FROM pair").each {
            rows.append(($0.int64(0), $0.optionalText(1), $0.optionalBytes(2)))
        }
        #expect(rows.map(\.0) == [.min, .max, 0])
        #expect(rows.map(\.1) == ["å\u{0}ö", "", nil])
        #expect(rows.map(\.2) == [[0, 255, 0], [], nil])
    }

    @Test func aStatementInUseIsNotDisturbed() throws {
        let path = temporaryPath()
        defer { removeDatabase(path) }
        let database = try SQLConnection.open(path, schema: Self.one)
        for id in 1...3 { try database("INSERT INTO thing (id, name) VALUES ($1, '')").run(id) }
        func ids(_ body: (Int64) throws -> Void) throws {
            try database("SELECT id FROM thing ORDER BY id").each { try body($0.int64(0)) }
        }
        var pairs = 0
        try ids { _ in try ids { _ in pairs += 1 } }
        #expect(pairs == 9)
    }

    @Test(arguments: [
        ("a /*SQLITE: b*/ c", "a  b c"), ("a /*SQLITE-*/pg/*-SQLITE*/ c", "a  c"), ("plain", "plain"),
        ("x/*SQLITE: 1*/y/*SQLITE-*/2/*-SQLITE*/z", "x 1yz"),
    ])
    func commentsForSQLiteAreExpanded(_ text: String, _ expected: String) {
        #expect(Schema.expandForSQLite(text) == expected)
    }
}

func removeDatabase(_ path: String) {
    for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
}
