import MailMessage
import MailStore
import MailWire

/// One trip to the store: as many messages as fit, encoded there and then.
struct FetchBatch: Sendable {
    var output: FetchOutput
    /// Still to be fetched.
    var rest: UIDSet
    /// These have to be marked \Seen first: the trip is to be made again as a write.
    var unseen: UIDSet?
    /// Of these somebody must look at the text first: then the trip is to be made again.
    var unread: UIDSet?
    var ownWrite: ModSeq?
    var metUnknownEncoding = false
    /// How many of the messages were found.
    var found = 0
    /// What of them came from the disk, in units of 512 octets.
    var diskReads = 0
}

struct FetchReader: Sendable {
    let plan: FetchPlan
    let account: AccountID
    let mailbox: MailboxID
    let uids: UIDRuns
    let recent: UIDSet
    let encoding: MailboxEncoding
    /// Made for this very command.
    var previews: [UID: String] = [:]

    private struct Full: Error {}

    /// Reads, or finds that something has to be marked first.
    func read(_ reader: AccountReader, _ set: UIDSet) throws -> FetchBatch {
        if let source = plan.stream { return try encode(source, reader, set) }
        let (messages, rest) = try collect(reader, set)
        if plan.makesPreviews {
            let unread = try unread(reader, UIDSet(messages.map(\.row.uid)))
            guard unread.isEmpty else {
                var batch = FetchBatch(
                    output: FetchOutput(encoding: encoding, namesUIDs: plan.namesUIDs), rest: set)
                batch.unread = unread
                return batch
            }
        }
        let unseen = plan.marksSeen ? messages.filter { !$0.row.flags.contains(.seen) }.map(\.row.uid) : []
        guard unseen.isEmpty else {
            return FetchBatch(
                output: FetchOutput(encoding: encoding, namesUIDs: plan.namesUIDs), rest: set, unseen: UIDSet(unseen))
        }
        return try encode(reader, messages, rest)
    }

    func readUnmarked(_ reader: AccountReader, _ set: UIDSet) throws -> FetchBatch {
        let (messages, rest) = try collect(reader, set)
        return try encode(reader, messages, rest)
    }

    func mark(_ transaction: AccountTransaction, _ set: UIDSet) throws -> FetchBatch {
        var (messages, rest) = try collect(transaction, set)
        let unseen = UIDSet(messages.filter { !$0.row.flags.contains(.seen) }.map(\.row.uid))
        let outcome = try transaction.setFlags(in: mailbox, unseen, .add([.system(.seen)]))
        var changed = outcome.changed[...]
        for index in messages.indices {
            guard let row = changed.first, row.uid == messages[index].row.uid else { continue }
            messages[index].row = messages[index].row.flagged(row.flags, at: row.modseq)
            messages[index].flagsChanged = true
            changed.removeFirst()
        }
        var batch = try encode(transaction, messages, rest)
        batch.ownWrite = outcome.modseq
        return batch
    }

    /// Rows by ascending UID until the batch is full.
    private func collect(_ reader: AccountReader, _ set: UIDSet) throws -> ([FetchedMessage], rest: UIDSet) {
        var messages: [FetchedMessage] = []
        var bytes: Int64 = 0
        do {
            try reader.rows(in: mailbox, set, changedSince: plan.changedSince) { row in
                guard let number = uids.number(of: row.uid) else { return }
                messages.append(FetchedMessage(number: number, row: row, isRecent: recent.contains(row.uid)))
                bytes += min(row.size, FetchPlan.bodyLimit) * plan.bodyItems
                if messages.count >= FetchPlan.rowLimit || bytes >= FetchPlan.bodyLimit { throw Full() }
            }
            return (messages, UIDSet())
        } catch is Full {
            return (messages, messages.last.map { set.after($0.row.uid) } ?? UIDSet())
        }
    }

    private func encode(_ reader: AccountReader, _ messages: [FetchedMessage], _ rest: UIDSet) throws -> FetchBatch {
        var messages = messages
        if plan.needsFacts { try addFacts(reader, to: &messages) }
        if plan.needsObjects { try addObjects(reader, to: &messages) }
        if plan.needsPreviews { try addPreviews(reader, to: &messages) }
        var encoder = FetchEncoder(plan: plan, names: FlagNames(try reader.keywords()), encoding: encoding)
        var batch = FetchBatch(output: FetchOutput(encoding: encoding, namesUIDs: plan.namesUIDs), rest: rest)
        if plan.needsBody {
            try encodeBodies(reader, messages, &encoder, to: &batch)
        } else {
            for message in messages { try encoder.encode(message, nil, to: &batch.output) }
            batch.found = messages.count
        }
        batch.output.endPiece()
        batch.metUnknownEncoding = encoder.metUnknownEncoding
        return batch
    }

    private func encodeBodies(
        _ reader: AccountReader, _ messages: [FetchedMessage], _ encoder: inout FetchEncoder, to batch: inout FetchBatch
    ) throws {
        var bodies = try reader.bodies(in: mailbox, UIDSet(messages.map(\.row.uid)), upTo: .max)[...]
        for message in messages {
            guard let body = bodies.first, body.uid == message.row.uid else { continue }
            bodies.removeFirst()
            batch.found += 1
            switch body.body {
            case .inline(let bytes): try encoder.encode(message, MessageSource(bytes), to: &batch.output)
            case .file(let path, let size):
                batch.output.append(.large(LargeMessage(message: message, path: path, size: size)))
            }
        }
    }

    private func addObjects(_ reader: AccountReader, to messages: inout [FetchedMessage]) throws {
        var index = 0
        try reader.objects(in: mailbox, UIDSet(messages.map(\.row.uid))) { uid, content, thread in
            while index < messages.count, messages[index].row.uid < uid { index += 1 }
            guard index < messages.count, messages[index].row.uid == uid else { return }
            messages[index].emailID = ObjectIDs.email(content, of: account)
            messages[index].threadID = ObjectIDs.thread(thread, of: account)
        }
    }

    private func addFacts(_ reader: AccountReader, to messages: inout [FetchedMessage]) throws {
        var index = 0
        try reader.facts(in: mailbox, UIDSet(messages.map(\.row.uid))) { uid, envelope, bodyStructure in
            while index < messages.count, messages[index].row.uid < uid { index += 1 }
            guard index < messages.count, messages[index].row.uid == uid else { return }
            messages[index].envelope = Array(envelope)
            messages[index].bodyStructure = Array(bodyStructure)
        }
    }
}
