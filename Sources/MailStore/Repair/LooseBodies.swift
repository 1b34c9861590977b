internal import MailMessage

/// Finds the rows of `blob_data` page by page, without the tree above them: an inner page that is gone hides thousands
/// of bodies, and nothing else holds a message's bytes. The format is SQLite's (sqlite.org/fileformat2.html §1.6, §2.1).
struct LooseBodies {
    static let pageSize = SQLConnection.pageSize
    private static let tableLeaf: UInt8 = 13
    /// Pages one page of the pointer map describes, with 5 bytes each.
    private static let mapped = pageSize / 5
    private static let freePage: UInt8 = 2
    private static let largestLocal = pageSize - 35
    private static let leastLocal = (pageSize - 12) * 32 / 255 - 23

    private let file: FileHandle
    private let pages: Int
    private let account: AccountID

    init(_ path: String, _ account: AccountID) throws {
        file = try FileHandle.openForReading(path)
        pages = Int(StoreFolder.size(of: path) ?? 0) / Self.pageSize
        self.account = account
    }

    func each(_ body: (_ id: Int64, _ bytes: [UInt8]) throws -> Void) throws {
        guard pages > 2 else { return }
        for number in 3...pages {
            guard let page = read(number), page.first == Self.tableLeaf, !isFree(number) else { continue }
            var cursor = PageCursor(page, at: 3)
            let cells = cursor.number(bytes: 2) ?? 0
            for cell in 0..<min(cells, Int64(Self.pageSize / 4)) {
                var pointer = PageCursor(page, at: 8 + Int(cell) * 2)
                guard let offset = pointer.number(bytes: 2), let row = row(in: page, at: Int(offset)) else { continue }
                try body(row.id, row.bytes)
            }
        }
    }

    private func read(_ number: Int) -> [UInt8]? {
        guard (1...pages).contains(number) else { return nil }
        let page = try? file.read(at: Int64(number - 1) * Int64(Self.pageSize), count: Self.pageSize)
        return page?.count == Self.pageSize ? page : nil
    }

    /// The pointer map says so; when it cannot be read the page counts as used.
    private func isFree(_ number: Int) -> Bool {
        let map = 2 + (number - 2) / (Self.mapped + 1) * (Self.mapped + 1)
        guard number > map, let page = read(map) else { return true }
        return page[5 * (number - map - 1)] == Self.freePage
    }

    private func row(in page: [UInt8], at offset: Int) -> (id: Int64, bytes: [UInt8])? {
        var cursor = PageCursor(page, at: offset)
        guard let length = cursor.varint(), let id = cursor.varint(), id > 0, let size = Int(exactly: length), size > 0,
            size <= MessageBody.fileThreshold + Self.pageSize, let payload = payload(size, page, &cursor)
        else { return nil }
        return body(of: payload).map { (id, $0) }
    }

    /// A cell's bytes with those on its overflow pages.
    private func payload(_ size: Int, _ page: [UInt8], _ cursor: inout PageCursor) -> [UInt8]? {
        guard size > Self.largestLocal else { return cursor.bytes(size) }
        let wanted = Self.leastLocal + (size - Self.leastLocal) % (Self.pageSize - 4)
        let local = wanted <= Self.largestLocal ? wanted : Self.leastLocal
        guard var bytes = cursor.bytes(local), var next = cursor.number(bytes: 4) else { return nil }
        while bytes.count < size {
            guard let page = read(Int(next)) else { return nil }
            var overflow = PageCursor(page, at: 0)
            guard let following = overflow.number(bytes: 4) else { return nil }
            next = following
            guard let more = overflow.bytes(min(size - bytes.count, Self.pageSize - 4)) else { return nil }
            bytes += more
        }
        return next == 0 ? bytes : nil
    }

    /// The third column of (account_id, NULL for the row's number, data); nil for rows of any other table.
    private func body(of payload: [UInt8]) -> [UInt8]? {
        var cursor = PageCursor(payload, at: 0)
        guard let header = cursor.varint(), let owner = cursor.varint(), let id = cursor.varint(), id == 0,
            let data = cursor.varint(), data >= 12, data & 1 == 0, cursor.offset == Int(header),
            let found = cursor.integer(type: owner), found == account.value, let size = Int(exactly: (data - 12) / 2),
            cursor.offset + size == payload.count
        else { return nil }
        return cursor.bytes(size)
    }
}

/// Reads SQLite's numbers, never beyond the end.
struct PageCursor {
    private let content: [UInt8]
    private(set) var offset: Int

    init(_ content: [UInt8], at offset: Int) {
        self.content = content
        self.offset = offset
    }

    mutating func bytes(_ count: Int) -> [UInt8]? {
        guard count >= 0, offset >= 0, offset <= content.count, content.count - offset >= count else { return nil }
        defer { offset += count }
        return Array(content[offset..<offset + count])
    }

    /// Big-endian.
    mutating func number(bytes count: Int) -> Int64? {
        bytes(count)?.reduce(0) { $0 << 8 | Int64($1) }
    }

    mutating func varint() -> Int64? {
        var value: Int64 = 0
        for _ in 0..<8 {
            guard let byte = bytes(1)?.first else { return nil }
            value = value << 7 | Int64(byte & 0x7f)
            if byte < 0x80 { return value }
        }
        return bytes(1)?.first.map { value << 8 | Int64($0) }
    }

    /// A column of the record format that is a number that is not negative.
    mutating func integer(type: Int64) -> Int64? {
        switch type {
        case 1...4: number(bytes: Int(type))
        case 5: number(bytes: 6)
        case 6: number(bytes: 8)
        case 8: 0
        case 9: 1
        default: nil
        }
    }
}
