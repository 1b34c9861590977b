internal import MailMessage

/// Messages that have lost their place: into the mailbox `Recovered`, with their facts read anew where those are gone.
struct Recovery {
    static let mailboxName = "Recovered"
    static let chunk = 256 << 10

    private let transaction: AccountTransaction
    private let known: Set<String>
    private var database: SQLConnection { transaction.database }
    private var account: AccountID { transaction.account }

    /// `known` are the body files that rows name.
    init(_ transaction: AccountTransaction, known: Set<String>) {
        self.transaction = transaction
        self.known = known
    }

    func run() throws -> Int {
        try homelessMessages() + bodiesWithoutMessage() + filesWithoutRow()
    }

    private func mailbox() throws -> MailboxID {
        guard let name = MailboxName(Self.mailboxName) else { throw StoreError.noSuchMailbox(nil) }
        if let known = try transaction.mailboxID(name) { return known }
        try transaction.subscribe(name, true)
        return try transaction.createMailbox(name).id
    }

    private func homelessMessages() throws -> Int {
        var found: [(id: Int64, size: Int64, sentAt: EpochSeconds)] = []
        try database(
            """
            SELECT m.id, b.size, m.sent_at FROM message m JOIN blob b ON b.account_id=m.account_id AND b.id=m.blob_id
            WHERE m.account_id=$1 AND NOT EXISTS (SELECT 1 FROM mailbox_message mm WHERE mm.message_id=m.id)
              AND NOT EXISTS (SELECT 1 FROM message_gc g WHERE g.message_id=m.id) ORDER BY m.id
            """
        ).each(account) { found.append(($0.int64(0), $0.int64(1), $0.int64(2))) }
        for message in found { try place(MessageID(message.id), size: message.size, sentAt: message.sentAt) }
        return found.count
    }

    private func bodiesWithoutMessage() throws -> Int {
        var blobs: [Int64] = []
        // A message's blob was numbered right behind it: so those of expunged messages are told apart.
        try database(
            """
            SELECT b.id FROM blob b WHERE b.account_id=$1 AND b.refs=0
              AND NOT EXISTS (SELECT 1 FROM message_gc g WHERE g.message_id=b.id-1) ORDER BY b.id
            """
        ).each(account) { blobs.append($0.int64(0)) }
        for blob in blobs {
            let name = try database("SELECT file_name FROM blob WHERE account_id=$1 AND id=$2").text(account, blob)
            let message: StorableMessage
            if let name, !name.isEmpty {
                message = try read(name)
            } else {
                let bytes = try database("SELECT data FROM blob_data WHERE account_id=$1 AND id=$2")
                    .first(account, blob) { $0.bytes(0) }
                guard let bytes else { continue }
                message = StorableMessage(bytes)
            }
            try database("UPDATE blob SET refs=1 WHERE account_id=$1 AND id=$2").run(account, blob)
            try insert(message, blob: blob)
        }
        return blobs.count
    }

    private func filesWithoutRow() throws -> Int {
        let names = transaction.files.names().filter { !known.contains($0) }.sorted()
        for name in names {
            let message = try read(name)
            let blob = try transaction.charge(.init(ids: 1)).firstID
            try database(
                "INSERT INTO blob (account_id, id, size, refs, file_name, digest) VALUES ($1, $2, $3, 1, $4, $5)"
            ).run(account, blob, message.size, name, Int64(bitPattern: message.digest))
            try insert(message, blob: blob)
        }
        return names.count
    }

    private func insert(_ message: StorableMessage, blob: Int64) throws {
        let charged = try transaction.charge(.init(ids: 1))
        let id = MessageID(charged.firstID)
        try transaction.insertMessage(id, blob: blob, of: message, modseq: charged.modseq)
        try place(id, size: message.size, sentAt: message.sentAt ?? 0)
    }

    private func place(_ id: MessageID, size: Int64, sentAt: EpochSeconds) throws {
        let mailbox = try mailbox()
        let modseq = try transaction.open()
        let uid = try transaction.count(CounterChange(), in: mailbox, uids: 1).firstUID
        let row = MessageRow(
            uid: uid, messageID: id, flags: [], modseq: modseq, size: size,
            receivedAt: sentAt > 0 ? sentAt : transaction.now, savedAt: transaction.now, trashedAt: nil)
        try transaction.insertRows([row], in: mailbox)
    }

    /// A body file's facts, in constant memory.
    private func read(_ name: String) throws -> StorableMessage {
        let path = try transaction.files.path(of: name)
        let file = try FileHandle.openForReading(path)
        var (parser, digest, size) = (MessageParser(), ContentDigest(), Int64(0))
        while true {
            let bytes = try file.read(at: size, count: Self.chunk)
            guard !bytes.isEmpty else { break }
            bytes.withUnsafeBytes {
                parser.consume($0)
                digest.consume($0)
            }
            size += Int64(bytes.count)
        }
        return StorableMessage(
            body: .file(path: path, size: size), parsed: parser.finish(), digest: digest.value, spoolFile: nil)
    }
}
