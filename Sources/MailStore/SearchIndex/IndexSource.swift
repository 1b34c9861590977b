internal import MailMessage

/// A body that an index is to know, as it lies in the account.
struct IndexSource: Sendable {
    let blob: Int64
    let digest: Int64
    let envelope: [UInt8]
    let body: MessageBody
}

/// The same as the index keeps it; without trigrams it is looked into at every search.
struct IndexEntry: Sendable {
    let blob: Int64
    let digest: Int64
    let grams: MessageGrams?
}

extension IndexSource {
    /// Reads a large body window by window.
    func entry(using maker: inout MessageGramMaker) -> IndexEntry {
        let grams: MessageGrams?? = try? envelope.withUnsafeBytes {
            try MessageGrams(try search(), envelope: EnvelopeText($0), using: &maker)
        }
        return IndexEntry(blob: blob, digest: digest, grams: grams ?? nil)
    }

    private func search() throws -> MessageSearch {
        switch body {
        case .inline(let bytes): return MessageSearch(bytes, ParsedMessage(bytes))
        case .file(let path, let size):
            let file = try FileHandle.openForReading(path)
            return MessageSearch(try Self.parse(file, size), size: Int(size)) { range in
                let bytes = try file.read(at: Int64(range.lowerBound), count: range.count)
                guard bytes.count == range.count else { throw StoreError.inputOutput("\(path): ended too early") }
                return bytes[...]
            }
        }
    }

    private static let chunk = 256 << 10

    private static func parse(_ file: FileHandle, _ size: Int64) throws -> ParsedMessage {
        var parser = MessageParser()
        var offset: Int64 = 0
        while offset < size {
            let bytes = try file.read(at: offset, count: Int(min(Int64(chunk), size - offset)))
            guard !bytes.isEmpty else { throw StoreError.inputOutput("\(file.path): ended too early") }
            bytes.withUnsafeBytes { parser.consume($0) }
            offset += Int64(bytes.count)
        }
        return parser.finish()
    }
}

extension AccountReader {
    /// The next bodies behind `blob`, about `bytes` of them: also of those that stay in their files until they are read.
    func indexSources(after blob: Int64, count: Int, bytes limit: Int) throws -> [IndexSource] {
        var found: [IndexSource] = []
        var bytes = 0
        try database(
            """
            SELECT b.id, b.digest, b.file_name, b.size, d.data,
              (SELECT m.envelope FROM message m WHERE m.account_id=b.account_id AND m.blob_id=b.id ORDER BY m.id LIMIT 1)
            FROM blob b LEFT JOIN blob_data d ON d.account_id=b.account_id AND d.id=b.id
            WHERE b.account_id=$1 AND b.id>$2 ORDER BY b.id LIMIT $3
            """
        ).some(account, blob, count) { row in
            let name = row.text(2)
            let body: MessageBody =
                name.isEmpty ? .inline(row.bytes(4)) : .file(path: try files.path(of: name), size: row.int64(3))
            found.append(
                IndexSource(blob: row.int64(0), digest: row.int64(1), envelope: row.bytes(5), body: body))
            bytes += Int(min(max(0, row.int64(3)), Int64(limit)))
            return bytes < limit
        }
        return found
    }

    func blobCount() throws -> Int {
        Int(try database("SELECT count(*) FROM blob WHERE account_id=$1").number(account) ?? 0)
    }

    /// How many bodies stand behind `blob`.
    func blobCount(after blob: Int64) throws -> Int {
        Int(try database("SELECT count(*) FROM blob WHERE account_id=$1 AND id>$2").number(account, blob) ?? 0)
    }
}
