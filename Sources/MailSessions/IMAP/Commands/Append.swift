import MailMessage
import MailStore
import MailTransport
import MailWire

/// APPEND (RFC 9051 §6.3.12, RFC 7889): the message goes through a spool, whatever its size.
extension IMAPSession {
    func append(_ command: AppendCommand) async throws -> IMAPReply {
        let login = try loggedIn()
        let (limit, target): (QuotaLimit, MailboxTarget)
        do {
            target = try await self.target(command.mailbox, login, code: .tryCreate)
            limit = try await services.store.directory.limit(of: target.account.id)
            try checkSize(command.literal.size)
            try checkDisk()
            if !isShortAndOnItsWay(command.literal) { try await checkTarget(target, command.literal.size, limit) }
        } catch {
            assembler.refuseMessage()
            throw error
        }

        let message = try await receiveMessage()
        let (flags, date) = (command.flags, command.date?.instant ?? services.clock())
        let appended = try await target.account.write(limit: limit) { transaction -> Appended? in
            guard let mailbox = try target.id(transaction, needing: .insert) else { return nil }
            let rights = try target.home.rights(on: mailbox, transaction)
            return try transaction.append(
                message, to: mailbox, flags: flags.filter(rights.mayChange), receivedAt: date)
        }

        guard let appended else { throw IMAPFailure.no("There is no such mailbox", code: .tryCreate) }
        return .ok("Stored", code: .appendUID(validity: appended.uidValidity, [appended.uid]))
    }

    private func checkSize(_ size: UInt64) throws {
        guard size <= UInt64(clamping: services.settings.messageLimit) else {
            throw IMAPFailure.no("Messages may have \(services.settings.messageLimit) bytes at most", code: .tooBig)
        }
        guard size > 0 else { throw IMAPFailure.no("The message is empty", code: .cannot) }
    }

    /// It comes whatever we say and stays in memory: the write alone decides, and one trip to the store is saved.
    private func isShortAndOnItsWay(_ literal: LiteralHeader) -> Bool {
        !literal.isSynchronizing && literal.size < UInt64(MessageBody.fileThreshold)
    }

    /// What can be refused before the message is on its way is refused then. The write looks again.
    private func checkTarget(_ target: MailboxTarget, _ size: UInt64, _ limit: QuotaLimit) async throws {
        let isThere = try await target.account.read { reader in
            let used = try reader.usage().bytes
            let isFull = limit.withOverdraft.bytes.map { $0 < used || UInt64(clamping: $0 - used) < size } ?? false
            if isFull { throw StoreError.overQuota(.full) }
            return try target.id(reader, needing: .insert) != nil
        }
        guard isThere else { throw IMAPFailure.no("There is no such mailbox", code: .tryCreate) }
    }

    /// Streams the literal into a spool. When the spool fails the rest is still read, so that the next command is one.
    private func receiveMessage() async throws -> StorableMessage {
        if case .sendContinuation = assembler.acceptMessage() { send { $0.continuation() } }
        connection.beginPace(services.settings.limits.pace)
        connection.setDeadline(seconds: services.settings.limits.transferSeconds)
        defer { connection.setDeadline(seconds: nil) }
        let spool = services.store.makeSpool()
        var (failure, hasNUL): (StoreError?, Bool) = (nil, false)
        while case .message(let left) = assembler.need {
            let most = Int(clamping: min(left, UInt64(Self.chunkSize)))
            guard let chunk = try await connection.readChunk(max: most) else { throw ConnectionError.closed }
            _ = assembler.bytes(chunk)
            if chunk.contains(0) { hasNUL = true }
            guard failure == nil, !hasNUL else { continue }
            do { try await spool.append(chunk) } catch { failure = error }
        }
        try await endMessage()
        if let failure { throw failure }
        // RFC 9051 §4.3.1, RFC 3516 §4.2: what could not be fetched again as a literal is not taken.
        if hasNUL { throw IMAPFailure.no("The message contains NUL", code: .unknownCTE) }
        return try await spool.finish()
    }

    /// The line behind the literal.
    private func endMessage() async throws {
        guard case .line(let limit) = assembler.need else { return }
        guard let line = try await connection.readLine(limit: limit + 2) else { throw ConnectionError.closed }
        switch assembler.line(line.bytes) {
        case .messageEnd: return
        case .failed(let error): throw IMAPFailure.bad(error.text)
        default: throw IMAPFailure.bad("Only one message at a time")
        }
    }
}
