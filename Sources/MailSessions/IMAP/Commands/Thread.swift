import MailMessage
import MailStore
import MailTransport
import MailWire

/// THREAD and UID THREAD (RFC 5256 §3, draft-ietf-morg-inthread).
extension IMAPSession {
    func thread(_ command: ThreadCommand, tag: String) async throws -> IMAPReply {
        let mailbox = try selected().mailbox
        let material: ThreadMaterial
        do {
            let budget = try admit(command.search)
            let hits = try await allHits(of: command.search, in: mailbox.place, budget)
            material = try await self.material(of: hits, for: command.algorithm, in: mailbox, budget)
        } catch {
            throw failure(error, of: command.search, in: mailbox)
        }
        let (view, uid) = (mailbox.view.uids, command.search.uid)
        let reply = try await services.pool.run { [writer = writer()] in
            var writer = writer
            let forest = Threading.thread(material, command.algorithm)
            writer.threads(forest) { message in
                let uid32 = material.uids[message]
                return uid ? uid32 : UID(uid32).flatMap { view.number(of: $0) }?.value ?? 0
            }
            return writer.bytes
        }
        connection.write(reply)
        try await connection.drain()
        return .ok("Threaded")
    }

    /// Old mail has no digests yet: its headers are read once, and what was found is kept.
    private func material(
        of hits: SearchHits, for algorithm: ThreadCommand.Algorithm, in mailbox: SelectedMailbox, _ budget: TimeBudget
    ) async throws -> ThreadMaterial {
        let (id, set) = (mailbox.id, UIDSet(hits.uids))
        guard algorithm != .orderedSubject else {
            return try await mailbox.door.read(within: budget) { reader in
                var material = ThreadMaterial()
                try reader.order(in: id, set, envelopes: true, references: false) { material.add($0, found: nil) }
                return material
            }
        }
        let (material, missing) = try await mailbox.door.read(within: budget) { reader in
            var material = ThreadMaterial()
            var missing = UIDSet()
            try reader.order(in: id, set, envelopes: true, references: true) { row in
                if row.references == nil { missing.insert(row.uid) }
                material.add(row, found: nil)
            }
            return (material, missing)
        }
        guard !missing.isEmpty else { return material }
        let found = try await digests(of: missing, in: mailbox, budget)
        return try await mailbox.door.read(within: budget) { reader in
            var material = ThreadMaterial()
            try reader.order(in: id, set, envelopes: true, references: true) { material.add($0, found: found[$0.uid]) }
            return material
        }
    }

    private func digests(
        of missing: UIDSet, in mailbox: SelectedMailbox, _ budget: TimeBudget
    ) async throws -> [UID: ReferenceDigests] {
        let id = mailbox.id
        let goal = mailbox.view.uids.count(of: missing)
        var (rest, all): (UIDSet, [UID: ReferenceDigests]) = (missing, [:])
        while !rest.isEmpty {
            let wanted = rest
            let batch = try await mailbox.door.read(within: budget) { try DigestBatch($0, wanted, in: id) }
            for (uid, digests) in batch.found { all[uid] = digests }
            rest = batch.rest
            try await progressed(to: all.count, of: goal)
            // Only a saving of time: whether it can be kept makes no difference to the answer.
            _ = try? await mailbox.door.account.write(isRelaxed: true) { try $0.keep(batch.found, in: id) }
        }
        return all
    }
}

/// Some messages' digests, from their headers.
private struct DigestBatch: Sendable {
    private(set) var found: [(uid: UID, digests: ReferenceDigests)] = []
    private(set) var rest = UIDSet()

    init(_ reader: AccountReader, _ wanted: UIDSet, in mailbox: MailboxID) throws {
        let bodies = try reader.bodies(in: mailbox, wanted, upTo: SearchRun.batchBytes)
        for (uid, body) in bodies {
            try reader.checkTime()
            guard let header = try Self.header(of: body) else { continue }
            found.append((uid, ReferenceDigests(ThreadLinks(header))))
        }
        if let last = bodies.last?.uid { rest = wanted.after(last) }
    }

    /// Nil when a body file has gone meanwhile.
    private static func header(of body: MessageBody) throws -> Header? {
        switch body {
        case .inline(let bytes): return try header(of: MessageSource(bytes))
        case .file(let path, let size):
            return try OpenFile(path: path, size: size).map { try header(of: MessageSource($0)) }
        }
    }

    private static func header(of source: MessageSource) throws -> Header {
        guard let header = try source.header() else { return try source.parsed().header }
        return Header(Array(header))
    }
}
