import MailMessage
import MailStore
import MailWire

/// What stands in the rows or ready beside them is encoded as it comes, until the batch is full.
///
/// Two trips are made at once, and threads that count references to the same arrays wait for each other: each trip has
/// what it asks with every row for itself.
extension FetchReader {
    func encode(_ source: FetchPlan.Stream, _ reader: AccountReader, _ set: UIDSet) throws -> FetchBatch {
        var encoder = FetchEncoder(plan: plan, names: FlagNames(try reader.keywords()), encoding: encoding)
        var batch = FetchBatch(output: FetchOutput(encoding: encoding, namesUIDs: plan.namesUIDs), rest: UIDSet())
        let before = DiskReads.ofThisThread()
        batch.output.writer.reserve(min(FetchPlan.pieceRoom, set.span * source.usualLine))
        do {
            switch source {
            case .flags: try encodeFlags(reader, set, encoder.names, to: &batch)
            case .rows: try encodeRows(reader, set, &encoder, to: &batch)
            case .facts: try encodeFacts(reader, set, &encoder, to: &batch)
            }
        } catch let full as FullAfter {
            batch.rest = set.after(full.last)
        }
        batch.output.endPiece()
        batch.diskReads = DiskReads.ofThisThread() - before
        return batch
    }

    private struct FullAfter: Error { let last: UID }

    private func encodeFlags(
        _ reader: AccountReader, _ set: UIDSet, _ names: FlagNames, to batch: inout FetchBatch
    ) throws {
        var (numbers, recent) = (NumberWalk(uids, over: set), SetWalk(recent.intersection(set)))
        var line = FlagLine(plan.items.compactMap(\.inFlagList), names)
        try reader.flags(in: mailbox, set) { uid, flags in
            guard let number = numbers.number(of: uid) else { return }
            line.write(number, uid, flags, isRecent: recent.contains(uid), to: &batch.output.writer)
            try count(uid, in: &batch)
        }
    }

    private func encodeRows(
        _ reader: AccountReader, _ set: UIDSet, _ encoder: inout FetchEncoder, to batch: inout FetchBatch
    ) throws {
        var (numbers, recent) = (NumberWalk(uids, over: set), SetWalk(recent.intersection(set)))
        try reader.rows(in: mailbox, set, changedSince: plan.changedSince) { row in
            guard let number = numbers.number(of: row.uid) else { return }
            let message = FetchedMessage(number: number, row: row, isRecent: recent.contains(row.uid))
            try encoder.encode(message, nil, to: &batch.output)
            try count(row.uid, in: &batch)
        }
    }

    private func encodeFacts(
        _ reader: AccountReader, _ set: UIDSet, _ encoder: inout FetchEncoder, to batch: inout FetchBatch
    ) throws {
        var (numbers, recent) = (NumberWalk(uids, over: set), SetWalk(recent.intersection(set)))
        try reader.listing(in: mailbox, set, changedSince: plan.changedSince) { row, facts in
            guard let number = numbers.number(of: row.uid) else { return }
            let message = FetchedMessage(number: number, row: row, isRecent: recent.contains(row.uid))
            try encoder.encode(message, nil, facts: facts, to: &batch.output)
            try count(row.uid, in: &batch)
        }
    }

    private func count(_ uid: UID, in batch: inout FetchBatch) throws {
        batch.found += 1
        guard batch.output.writer.count >= FetchPlan.pieceSize else { return }
        batch.output.endPiece()
        if batch.output.endedBytes >= Int(FetchPlan.bodyLimit) { throw FullAfter(last: uid) }
        batch.output.writer.reserve(FetchPlan.pieceRoom)
    }
}

extension FetchPlan.Stream {
    /// Bytes of most messages.
    fileprivate var usualLine: Int {
        switch self {
        case .flags: 56
        case .rows: 128
        case .facts: 1_024
        }
    }
}
