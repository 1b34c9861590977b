internal import Glibc

/// The directory of one account's large bodies: `files/xx/<32 hexadecimal digits>`, names never used twice.
///
/// A file is complete and durable, its directory entry too, before the row that names it is committed; it is unlinked
/// only after the commit that removes the row. So no rename is needed, and what no row names is an orphan.
package struct BodyFiles: Sendable {
    static let nameLength = 32
    /// A file younger than this may belong to a transaction still open somewhere.
    static let orphanAge: Int64 = 86_400
    let root: String

    package init(root: String) { self.root = root }

    /// A name from the database is checked before it becomes a path.
    func path(of name: String) throws -> String {
        guard name.utf8.count == Self.nameLength, name.utf8.allSatisfy(Self.isHexadecimal) else {
            throw StoreError.damaged(file: root, detail: "bad name of a body file")
        }
        return "\(root)/\(name.prefix(2))/\(name)"
    }

    /// Gives an already durable file a name here and makes that name durable.
    package func link(_ source: String) throws -> String {
        try place { path in
            guard Glibc.link(source, path) == 0 else { throw StoreError.system("link", path, errno: errno) }
        }
    }

    /// Writes bytes to a new durable file.
    package func store(_ bytes: UnsafeRawBufferPointer) throws -> String {
        try place { path in
            let file = try FileHandle.create(path)
            do {
                try file.write(bytes)
                try file.synchronise()
            } catch {
                unlink(path)
                throw error
            }
        }
    }

    package func remove(_ name: String) {
        if let path = try? path(of: name) { unlink(path) }
    }

    private func place(_ make: (String) throws -> Void) throws -> String {
        let name = Self.randomName()
        let path = try path(of: name)
        let directory = "\(root)/\(name.prefix(2))"
        try StoreFolder.make(directory)
        try make(path)
        do { try synchronise(from: directory) } catch {
            unlink(path)
            throw error
        }
        return name
    }

    /// Also the directories above: one of them may have been made by a process that died before syncing it. Syncing a
    /// directory that has not changed costs next to nothing.
    private func synchronise(from directory: String) throws {
        try StoreFolder.synchronise(directory)
        try StoreFolder.synchronise(root)
        try StoreFolder.synchronise(StoreFolder.parent(of: root))
    }

    static func randomName() -> String {
        var generator = SystemRandomNumberGenerator()
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: (0..<nameLength).map { _ in digits[Int(generator.next(upperBound: 16 as UInt64))] }, as: UTF8.self
        )
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
}

extension BodyFiles {
    /// All files here.
    func names() -> [String] {
        StoreFolder.entries(of: root).filter { $0.utf8.count == 2 }.flatMap { StoreFolder.entries(of: "\(root)/\($0)") }
            .filter { (try? path(of: $0)) != nil }
    }

    /// Removes files that no row names and that are old enough to belong to nobody. Returns their names.
    func sweep(before moment: Int64, isKnown: (String) throws -> Bool) throws -> [String] {
        var removed: [String] = []
        for directory in StoreFolder.entries(of: root) where directory.utf8.count == 2 {
            for name in StoreFolder.entries(of: "\(root)/\(directory)") {
                let path = "\(root)/\(directory)/\(name)"
                guard let changed = StoreFolder.changeTime(of: path), changed < moment, try !isKnown(name) else {
                    continue
                }
                if unlink(path) == 0 { removed.append(name) }
            }
        }
        return removed
    }
}
