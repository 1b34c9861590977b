import MailMessage
import MailStore
import MailTransport
import MailWire

/// FETCH and UID FETCH (RFC 9051 §6.4.5, RFC 7162 §3.1.4, §3.2.6): one trip to the store per batch, and none of the store's
/// transactions is open while the client is being written to.
extension IMAPSession {
    func fetch(_ command: FetchCommand) async throws -> IMAPReply {
        let mailbox = try selected().mailbox
        if command.changedSince != nil || command.items.contains(.modSeq) { features.insert(.condstore) }
        var set = try resolve(command.set, uid: command.uid, in: mailbox)
        if command.vanished { try checkVanished(command) }
        if let page = command.partial {
            // RFC 9394 §3.3: first the page, then what has changed in it.
            let existing = mailbox.view.uids.intersection(set)
            set = existing.members(page.indices(of: existing.span))
            try checkHandled(set.span)
        }

        let plan = FetchPlan(command, marksSeen: mailbox.permanent.contains(.keepSeen), features)
        if let since = command.changedSince {
            let changes = try await changes(since: since, command, mailbox)
            if command.vanished { send { $0.vanished(changes.gone, earlier: true) } }
            set = set.intersection(changes.changed)
        }
        let part = handled(set, in: mailbox)
        set = part.uids
        let reader = FetchReader(
            plan: plan, account: mailbox.door.account.id, mailbox: mailbox.id, uids: mailbox.view.uids,
            recent: mailbox.recent, encoding: encoding)
        let (found, metUnknownEncoding) = try await answer(reader, set, mailbox)

        if metUnknownEncoding { return .no("A part has an encoding that cannot be undone", code: .unknownCTE) }
        let isComplete = command.uid || command.changedSince != nil || found == mailbox.view.uids.count(of: set)
        let end = isComplete ? .ok("That is all") : IMAPReply.someGone
        return reply(end, leavingOut: part.code)
    }

    private func checkVanished(_ command: FetchCommand) throws {
        guard features.contains(.qresync) else { throw IMAPFailure.bad("ENABLE QRESYNC first") }
        guard command.uid, command.changedSince != nil else {
            throw IMAPFailure.bad("VANISHED goes with UID FETCH and CHANGEDSINCE")
        }
    }

    /// What the index says has changed, and for VANISHED what has gone and the client knows to have: what it has not been
    /// told of yet is still in its view, and comes later without EARLIER (RFC 7162 §3.2.10.1).
    private func changes(
        since: ModSeq, _ command: FetchCommand, _ mailbox: SelectedMailbox
    ) async throws -> (changed: UIDSet, gone: UIDSet) {
        let (id, view) = (mailbox.id, mailbox.view.uids)
        // `*` reaches to what was the end when the client was here last, not to what is the end now.
        let asked = command.vanished ? command.set.uids(last: .last) ?? mailbox.saved : UIDSet()
        return try await mailbox.door.read { reader in
            let changed = try reader.changedUIDs(in: id, since: since)
            guard !asked.isEmpty, let last = try reader.mailbox(id)?.uidNext.predecessor else { return (changed, []) }
            let resync = Resync(known: asked.intersection(UIDSet(.first...last)))
            let remembered = try reader.rememberedVanished(in: id, since: since)
            return (changed, resync.gone(remembered: remembered, present: view, uidNext: last))
        }
    }

    func answer(
        _ reader: FetchReader, _ set: UIDSet, _ mailbox: SelectedMailbox
    ) async throws -> (found: Int, metUnknownEncoding: Bool) {
        let portions = FetchPortions(set, of: mailbox.view.uids, reader.plan)
        if let portions { return (try await answerAhead(reader, portions, mailbox.door), false) }
        return try await answerInTurn(reader, set, mailbox)
    }

    /// Batch after batch.
    private func answerInTurn(
        _ reader: FetchReader, _ set: UIDSet, _ mailbox: SelectedMailbox
    ) async throws -> (found: Int, metUnknownEncoding: Bool) {
        var (reader, rest, found, metUnknownEncoding) = (reader, set, 0, false)
        while !rest.isEmpty {
            let batch = try await nextBatch(reader, rest, mailbox)
            if let unread = batch.unread {
                reader.previews.merge(try await makePreviews(of: unread, reader, mailbox)) { $1 }
                continue
            }
            rest = batch.rest
            found += batch.found
            metUnknownEncoding = try await send(batch, reader.plan) || metUnknownEncoding
        }
        return (found, metUnknownEncoding)
    }

    /// What cannot be kept is told all the same.
    private func makePreviews(
        of set: UIDSet, _ reader: FetchReader, _ mailbox: SelectedMailbox
    ) async throws -> [UID: String] {
        let made = try await mailbox.door.read { try reader.makePreviews($0, set) }
        try? await mailbox.door.account.keepPreviews(made.kept)
        return made.words
    }

    private func nextBatch(
        _ reader: FetchReader, _ set: UIDSet, _ mailbox: SelectedMailbox
    ) async throws -> FetchBatch {
        let batch = try await mailbox.door.read { try reader.read($0, set) }
        guard batch.unseen != nil else { return batch }
        do {
            let marked = try await mailbox.door.write(needing: [.read, .keepSeen]) { try reader.mark($0, set) }
            if let modseq = marked.ownWrite { mailbox.view.noteOwnWrite(at: modseq) }
            return marked
        } catch {
            // With a full disk mail can still be read; that it was is then not remembered. Nor is it when the right to
            // do so has just been taken away.
            guard error == .diskFull || error == .noRights else { throw error }
            return try await mailbox.door.read { try reader.readUnmarked($0, set) }
        }
    }

    /// True when something could not be decoded.
    func send(_ batch: FetchBatch, _ plan: FetchPlan) async throws -> Bool {
        var metUnknownEncoding = batch.metUnknownEncoding
        for piece in batch.output.pieces {
            switch piece {
            case .bytes(let bytes): connection.write(bytes)
            case .file(let file, let range): try await stream(file, range)
            case .large(let large):
                guard let encoded = try await encode(large, plan) else { continue }
                metUnknownEncoding = try await send(encoded, plan) || metUnknownEncoding
            }
            try await connection.drain()
        }
        return metUnknownEncoding
    }

    /// Parses a large message where that is needed, off the event loop; nil when its file has gone meanwhile.
    private func encode(_ large: LargeMessage, _ plan: FetchPlan) async throws -> FetchBatch? {
        let (encoding, keywords) = (encoding, try selected().mailbox.keywords)
        return try await services.pool.run {
            guard let file = OpenFile(path: large.path, size: large.size) else { return nil }
            var encoder = FetchEncoder(plan: plan, names: FlagNames(keywords), encoding: encoding)
            var batch = FetchBatch(output: FetchOutput(encoding: encoding, namesUIDs: plan.namesUIDs), rest: UIDSet())
            try encoder.encode(large.message, MessageSource(file), file, to: &batch.output)
            batch.output.endPiece()
            batch.metUnknownEncoding = encoder.metUnknownEncoding
            return batch
        }
    }

    /// In pieces, each sent before the next is read. The literal is announced already: an error here ends the session.
    private func stream(_ file: OpenFile, _ range: Range<Int>) async throws {
        var offset = range.lowerBound
        while offset < range.upperBound {
            let (start, count) = (offset, min(OpenFile.chunkSize, range.upperBound - offset))
            do {
                connection.write(try await services.pool.run { try file.read(at: start, count: count) })
            } catch let error as StoreError {
                throw IMAPFailure.bye("The message cannot be read", code: .serverBug, cause: "\(error)")
            }
            offset += count
            try await connection.drain()
        }
    }
}
