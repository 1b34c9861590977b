internal import CSQLite
internal import Glibc
internal import MailMessage

/// A copy of a damaged database and of its log, opened for reading. Goes away with the last reference.
final class DamagedCopy {
    static let block = 4_096
    private let path: String
    private let template: String
    /// Nil when not even the table of tables can be read.
    private(set) var database: SQLConnection?

    init(of original: String, in folder: AccountFolder) throws {
        path = folder.draftPath()
        template = folder.draftPath()
        guard StoreFolder.exists(original) else { return }
        try Self.copy(original, to: path)
        if StoreFolder.exists(original + "-wal") { try Self.copy(original + "-wal", to: path + "-wal") }
        database = Self.open(path)
        guard database == nil else { return }
        try replaceSchema()
        database = Self.open(path)
    }

    deinit {
        database = nil
        for name in [path, template] { for suffix in ["", "-wal", "-shm"] { unlink(name + suffix) } }
    }

    private static func open(_ path: String) -> SQLConnection? {
        guard let opened = try? SQLConnection(bare: path, create: false),
            (try? opened.execute("PRAGMA cell_size_check=ON")) != nil,
            let tables = try? opened("SELECT count(*) FROM sqlite_schema WHERE type='table'").number(), tables > 0
        else { return nil }
        // So that the file alone holds every page.
        try? opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        let version = (try? opened.schemaVersion()) ?? 0
        if (1..<AccountSchema.schema.version).contains(version) { try? opened.migrate(to: AccountSchema.schema) }
        return opened
    }

    /// Blocks a bad disk does not give back become zeros.
    private static func copy(_ source: String, to target: String) throws {
        let size = StoreFolder.size(of: source) ?? 0
        let (from, to) = (try FileHandle.openForReading(source), try FileHandle.create(target))
        for offset in stride(from: 0, to: size, by: block) {
            let bytes = (try? from.read(at: offset, count: block)) ?? [UInt8](repeating: 0, count: block)
            try bytes.withUnsafeBytes { try to.write($0) }
        }
    }

    /// The first page holds the header and, with some pages more, the roots of all tables. Every account's database is
    /// made by the same statements, so a fresh one has them in the same places.
    private func replaceSchema() throws {
        try SQLConnection.build(template, schema: AccountSchema.schema) { _ in }
        let fresh = try FileHandle.openForReading(template)
        let target = try FileHandle.openForWriting(path)
        var first = try fresh.read(at: 0, count: Self.block)
        guard first.count == Self.block else { return }
        for number in Self.children(of: first) {
            let offset = (number - 1) * Int64(Self.block)
            let page = try fresh.read(at: offset, count: Self.block)
            try page.withUnsafeBytes { try target.write($0, at: offset) }
        }
        // Page count and free list are the template's: with an unequal "version valid for" SQLite takes the file's size.
        for offset in 32..<40 { first[offset] = 0 }
        first[95] = first[27] &+ 1
        try first.withUnsafeBytes { try target.write($0, at: 0) }
    }

    /// The pages below the first one, where that is an inner page of a table.
    private static func children(of page: [UInt8]) -> [Int64] {
        let (header, innerPage) = (100, Int64(5))
        var cursor = PageCursor(page, at: header)
        guard cursor.number(bytes: 1) == innerPage else { return [] }
        cursor = PageCursor(page, at: header + 3)
        let cells = Int(cursor.number(bytes: 2) ?? 0)
        cursor = PageCursor(page, at: header + 8)
        var found = [cursor.number(bytes: 4) ?? 0]
        for cell in 0..<cells {
            var pointer = PageCursor(page, at: header + 12 + cell * 2)
            var child = PageCursor(page, at: Int(pointer.number(bytes: 2) ?? 0))
            found.append(child.number(bytes: 4) ?? 0)
        }
        return found.filter { $0 > 1 }
    }
}
