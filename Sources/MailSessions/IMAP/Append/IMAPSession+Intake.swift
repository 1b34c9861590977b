import MailMessage
import MailStore
import MailTransport
import MailWire

/// Piece by piece through a spool, whatever the size.
extension IMAPSession {
    /// All messages of the command, ready to be stored. On failure what of the command is still to come is skipped.
    func takeMessages(_ command: AppendCommand, _ goal: AppendGoal) async throws -> [NewMessage] {
        connection.setDeadline(seconds: services.settings.limits.transferSeconds)
        defer { connection.setDeadline(seconds: nil) }
        return try await refusingMessage {
            var intake = AppendIntake(goal)
            var pieces = command.pieces
            while true {
                for piece in pieces { try await take(piece, &intake) }
                guard case .literal? = pieces.last else { return intake.messages }
                pieces = try await nextPieces()
            }
        }
    }

    private func take(_ piece: AppendPiece, _ intake: inout AppendIntake) async throws {
        switch piece {
        case .message(let flags, let date):
            try checkHandled(intake.messages.count + 1, atMost: IMAPLimits.appendMessages)
            intake.current = AppendIntake.Message(
                spool: services.store.makeSpool(), flags: flags, date: date?.instant ?? services.clock())
        case .literal(let header, .url):
            let url = try await receiveURL(header)
            try await catenate(url, &intake)
        case .literal(let header, let kind):
            // RFC 3502 §5: an empty message takes back the whole command.
            if kind != .part, header.size == 0 { throw IMAPFailure.no("The message is empty", code: .cannot) }
            if kind == .utf8, !takesUTF8 { throw IMAPFailure.bad("ENABLE UTF8=ACCEPT comes before UTF8") }
            try await admit(header.size, isOnItsWay: !header.isSynchronizing, &intake)
            try await receive(&intake)
        case .url(let url): try await catenate(url, &intake)
        case .messageEnd: try await finish(&intake)
        }
    }

    private func finish(_ intake: inout AppendIntake) async throws {
        guard let message = intake.current else { return }
        guard message.size > 0 else { throw IMAPFailure.no("The message is empty", code: .cannot) }
        // RFC 9051 §4.3.1, RFC 3516 §4.2: what could not be fetched again as a literal is not taken.
        if message.hasNUL { throw IMAPFailure.no("The message contains NUL", code: .unknownCTE) }
        try intake.finish(try await message.spool.finish(parked: intake.isParking), as: message)
    }

    /// What can be refused before the bytes are on their way is refused then. The write looks again.
    func admit(_ size: UInt64, isOnItsWay: Bool, _ intake: inout AppendIntake) async throws {
        let largest = services.settings.messageLimit
        let rest = largest - (intake.current?.size ?? 0)
        guard rest >= 0, size <= UInt64(clamping: rest), let size = Int64(exactly: size) else {
            throw IMAPFailure.no("Messages may have \(largest) bytes at most", code: .tooBig)
        }
        intake.current?.size += size
        try checkDisk()
        guard let wanted = intake.look(before: size, isOnItsWay: isOnItsWay) else { return }
        let goal = intake.goal
        let isThere = try await goal.target.account.read { reader in
            let used = try reader.usage().bytes
            let room = goal.limit.withOverdraft.bytes.map { $0 - min($0, used) }
            if let room, room < wanted { throw StoreError.overQuota(.full) }
            return try goal.target.id(reader, needing: .insert) != nil
        }
        guard isThere else { throw IMAPFailure.no("There is no such mailbox", code: .tryCreate) }
    }

    /// Streams the literal into the spool. When that fails the rest is still read, so that the next command is one.
    private func receive(_ intake: inout AppendIntake) async throws {
        guard let spool = intake.current?.spool else { return }
        var failure: StoreError?
        try await readMessage { chunk in
            if chunk.contains(0) { intake.current?.hasNUL = true }
            guard failure == nil, intake.current?.hasNUL == false else { return }
            do throws(StoreError) { try await spool.append(chunk) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    /// The grammar has seen to its size.
    private func receiveURL(_ header: LiteralHeader) async throws -> [UInt8] {
        var url: [UInt8] = []
        try await readMessage { url += $0 }
        return url
    }

    private func readMessage(_ take: ([UInt8]) async throws -> Void) async throws {
        if case .sendContinuation = assembler.acceptMessage() { send { $0.continuation() } }
        connection.beginPace(services.settings.limits.pace)
        while case .message(let left) = assembler.need {
            let most = Int(clamping: min(left, UInt64(Self.chunkSize)))
            guard let chunk = try await connection.readChunk(max: most) else { throw ConnectionError.closed }
            _ = assembler.bytes(chunk)
            try await take(chunk)
        }
    }

    /// The line behind a literal.
    private func nextPieces() async throws -> [AppendPiece] {
        guard case .line(let limit) = assembler.need else { throw ConnectionError.closed }
        let step: IMAPCommandAssembler.Step
        do {
            guard let line = try await connection.readLine(limit: limit + 2) else { throw ConnectionError.closed }
            step = assembler.line(line.bytes)
        } catch {
            guard case ConnectionError.lineTooLong(let line) = error else { throw error }
            step = assembler.lineTooLong(head: line.head, tail: line.tail)
        }
        switch step {
        case .appended(let pieces): return pieces
        case .failed(let error): throw IMAPFailure.bad(error.text, code: error.reason == .limit ? .limit : nil)
        default: throw ConnectionError.closed
        }
    }
}
