import Glibc
package import MailMessage
package import MailStore

/// Where mail goes that leaves a mailbox.
package enum MailTarget: Sendable, Equatable {
    /// An mbox, written through `write`.
    case mbox
    case maildir(String)
}

extension Administration {
    /// Messages read from the store at a time.
    static let exportBatchBytes = 4_000_000

    /// How many messages a mailbox has.
    package func messageCount(of mailbox: MailboxName, in entry: AccountEntry) async throws(AdminError) -> Int {
        do {
            let info = try await store.account(entry.id).read { reader in
                guard let info = try reader.mailbox(mailbox) else { throw StoreError.noSuchMailbox(mailbox) }
                return info
            }
            return info.total
        } catch { throw AdminError(error) }
    }

    /// Throws what `write` throws as it is.
    ///
    /// Every message with its flags and its date; lines end with LF as in files, unless `keepsLineEnds`.
    package func export(
        _ mailbox: MailboxName, of entry: AccountEntry, to target: MailTarget, keepsLineEnds: Bool = false,
        write: ([UInt8]) throws -> Void, progress: () -> Void = {}
    ) async throws -> Int {
        var count = 0
        do {
            let source = ExportSource(account: try store.account(entry.id), mailbox: mailbox)
            var maildir: MaildirWriter?
            if case .maildir(let path) = target { maildir = try MaildirWriter(path) }
            try await source.forEach { message in
                let bytes = keepsLineEnds ? message.bytes : LineEnds.toFile(message.bytes)
                if maildir != nil {
                    try maildir?.write(bytes, message)
                } else {
                    try write(MboxWriter.text(bytes, message, lineEnd: keepsLineEnds ? [0x0d, 0x0a] : [0x0a]))
                }
                count += 1
                progress()
            }
            try maildir?.finish()
        } catch let error as StoreError {
            throw AdminError.store(error)
        }
        return count
    }
}

struct ExportSource: Sendable {
    let account: Account
    let mailbox: MailboxName

    private struct Batch: Sendable {
        var rows: [(row: MessageRow, flags: [Flag], body: MessageBody)] = []
    }

    func forEach(_ body: (ImportedMessage) throws -> Void) async throws {
        var next: UID? = .first
        while let from = next {
            let batch = try await batch(from: from)
            for (row, flags, stored) in batch.rows {
                let bytes: [UInt8]
                switch stored {
                case .inline(let held): bytes = held
                case .file(let path, _): bytes = try FileSystem.bytes(of: path)
                }
                try body(ImportedMessage(bytes: bytes, flags: flags, receivedAt: row.receivedAt))
            }
            next = batch.rows.last?.row.uid.successor
        }
    }

    private func batch(from first: UID) async throws(StoreError) -> Batch {
        let name = mailbox
        return try await account.read { reader in
            guard let info = try reader.mailbox(name) else { throw StoreError.noSuchMailbox(name) }
            let table = try reader.keywords()
            var batch = Batch()
            let found = try reader.bodies(in: info.id, UIDSet(first...UID.last), upTo: Administration.exportBatchBytes)
            for (uid, body) in found {
                guard let row = try reader.row(in: info.id, uid: uid) else { continue }
                batch.rows.append((row, Self.flags(row.flags, table), body))
            }
            return batch
        }
    }

    private static func flags(_ bits: FlagBits, _ table: KeywordTable) -> [Flag] {
        table.names(of: bits).compactMap { name in
            if let system = FlagBits.systemFlags.first(where: { $0.name == name }) { return .system(system.bits) }
            return Keyword(name).map { .keyword($0) }
        }
    }
}

enum MboxWriter {
    /// One message with its separator before it and its blank line behind it.
    static func text(_ bytes: [UInt8], _ message: ImportedMessage, lineEnd: [UInt8]) -> [UInt8] {
        let marked = StatusHeader.applying(message.flags, to: bytes, lineEnd: lineEnd)
        let separator = MboxSeparator(sender: sender(of: marked), date: message.receivedAt)
        var result = Array(separator.line.utf8) + lineEnd
        result.reserveCapacity(marked.count + marked.count / 64 + 100)
        var start = marked.startIndex
        while start < marked.endIndex {
            let end = marked[start...].firstIndex(of: 0x0a).map { $0 + 1 } ?? marked.endIndex
            if FromQuoting.isQuotable(marked[start..<end]) { result.append(UInt8(ascii: ">")) }
            result += marked[start..<end]
            start = end
        }
        if result.last != 0x0a { result += lineEnd }
        return result + lineEnd
    }

    /// The Return-Path, else the address in From, as other programs choose what stands in the separator.
    private static func sender(of message: [UInt8]) -> String {
        var from: String?
        for line in message.prefix(headerSearch).split(separator: 0x0a, omittingEmptySubsequences: false) {
            if line.allSatisfy({ $0 == 0x0d }) { break }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
            guard name == "return-path" || name == "from" && from == nil else { continue }
            guard let address = address(in: String(decoding: line[(colon + 1)...], as: UTF8.self)) else { continue }
            if name == "return-path" { return address }
            from = address
        }
        return from ?? "MAILER-DAEMON"
    }

    private static func address(in text: String) -> String? {
        let inner = text.lastIndex(of: "<").map { text[text.index(after: $0)...].prefix { $0 != ">" } } ?? text[...]
        let words = inner.split { " \t\r\n".contains($0) }
        guard let first = words.first, words.count == 1, first.contains("@") else { return nil }
        return String(first)
    }

    private static let headerSearch = 65_536
}

/// A new or present Maildir: every message is written beside and renamed into `cur`, with its date and its flags.
struct MaildirWriter {
    private let path: String
    private var number = 0
    private var keywords: [Keyword] = []

    init(_ path: String) throws(AdminError) {
        self.path = path
        for folder in ["", "/tmp", "/cur", "/new"] { try FileSystem.makeFolder(path + folder) }
    }

    mutating func write(_ bytes: [UInt8], _ message: ImportedMessage) throws(AdminError) {
        number += 1
        let count = String(number)
        let unique = String(repeating: "0", count: max(0, 9 - count.count)) + count
        let name = "\(message.receivedAt).M\(unique)P\(getpid()).posthus,S=\(bytes.count)"
        let beside = "\(path)/tmp/\(name)"
        try create(beside, bytes, at: message.receivedAt)
        let final = "\(path)/cur/\(name):2,\(letters(message.flags))"
        guard rename(beside, final) == 0 else { throw .file(path: final, code: errno) }
    }

    /// The names behind the letters a-z, and the folder's entries made durable.
    func finish() throws(AdminError) {
        if !keywords.isEmpty {
            let text = keywords.enumerated().map { "\($0) \($1)\n" }.joined()
            try create(path + "/dovecot-keywords", Array(text.utf8), at: nil)
        }
        let folder = open(path + "/cur", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw .file(path: path, code: errno) }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw .file(path: path, code: errno) }
    }

    private mutating func letters(_ flags: [Flag]) -> String {
        var result: Set<Character> = []
        for flag in flags {
            switch flag {
            case .system(.draft): result.insert("D")
            case .system(.flagged): result.insert("F")
            case .system(.answered): result.insert("R")
            case .system(.seen): result.insert("S")
            case .system(.deleted): result.insert("T")
            case .system: break
            case .keyword(let keyword):
                if keyword == Keyword("$Forwarded") {
                    result.insert("P")
                } else if let letter = letter(keyword) {
                    result.insert(letter)
                }
            }
        }
        return String(result.sorted())
    }

    /// There are 26; what comes later stays without.
    private mutating func letter(_ keyword: Keyword) -> Character? {
        if !keywords.contains(keyword), keywords.count < 26 { keywords.append(keyword) }
        return keywords.firstIndex(of: keyword).map { Character(Unicode.Scalar(UInt8(ascii: "a") + UInt8($0))) }
    }

    private func create(_ path: String, _ bytes: [UInt8], at date: EpochSeconds?) throws(AdminError) {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .file(path: path, code: errno) }
        defer { close(file) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .file(path: path, code: errno) }
            rest = rest.dropFirst(count)
        }
        if let date {
            let times = [timespec(tv_sec: time_t(date), tv_nsec: 0), timespec(tv_sec: time_t(date), tv_nsec: 0)]
            futimens(file, times)
        }
        guard fsync(file) == 0 else { throw .file(path: path, code: errno) }
    }
}
