/// Puts commands together from lines and literals; owns every limit on what a peer can make us hold or wait for.
///
/// The session asks `need`, reads that, feeds it, and acts on the step. What has to be skipped after an error is a
/// need like any other, so the bytes of a refused literal cannot be taken for the next command.
///
///     switch assembler.need {
///     case .line(let limit): step = assembler.line(try await connection.readLine(limit: limit))
///     case .literal(let left): step = assembler.bytes(try await connection.readChunk(max: left))
///     case .message(let left): chunk = ...; spool it; step = assembler.bytes(chunk)
///     case .discard(let left): chunk = ...; step = assembler.bytes(chunk)
///     case .close: say BYE and close
///     }
package struct IMAPCommandAssembler: Sendable {
    /// What to read next.
    package enum Need: Sendable, Equatable {
        /// A line without its end, at most so long.
        case line(limit: Int)
        /// So many bytes of a literal, in chunks of any size.
        case literal(Int)
        /// So many bytes of an APPEND's message: for the spool, and then for `bytes(_:)`.
        case message(UInt64)
        /// So many bytes to be read and dropped.
        case discard(UInt64)
        /// More would have to be skipped than `Limits.discarded` allows.
        case close
    }

    package enum Step: Sendable, Equatable {
        /// Look at `need` again.
        case more
        /// Send `+` first: the client waits for it. Then look at `need`.
        case sendContinuation
        case command(IMAPCommand)
        /// The beginning of an APPEND or REPLACE. When its pieces end in a literal: either call `acceptMessage()` and
        /// stream, or answer NO and call `refuseMessage()`.
        case append(IMAPCommand, AppendCommand)
        /// What stands behind a literal of the APPEND. Unless it ends in another, the command is over: answer it.
        case appended([AppendPiece])
        /// Answer BAD, and drop the message if one was streamed. What must be skipped has become the next need.
        case failed(IMAPSyntaxError)
    }

    enum State: Sendable {
        case collecting
        case literal(left: Int)
        case messageOffered(LiteralHeader)
        case message(left: UInt64)
        case behindMessage
        case discarding(left: UInt64)
        case discardingLine
        case closed
    }

    package var limits: Limits
    package var encoding: MailboxEncoding

    var state = State.collecting
    /// The command so far, as `IMAPParser` wants it.
    private(set) var command: [UInt8] = []
    private var text = 0
    private var literals = 0
    private var literalCount = 0
    var discarded: UInt64 = 0
    var append = AppendGrammar(takesMany: true)

    package init(limits: Limits = .beforeLogin, encoding: MailboxEncoding = .modifiedUTF7) {
        self.limits = limits
        self.encoding = encoding
    }

    /// Nothing of a command has come yet.
    package var isBetweenCommands: Bool {
        if case .collecting = state { command.isEmpty } else { false }
    }

    package var need: Need {
        switch state {
        case .collecting: .line(limit: max(0, limits.text - text))
        case .literal(let left): .literal(left)
        case .messageOffered(let header): .message(header.size)
        case .message(let left): .message(left)
        case .behindMessage, .discardingLine: .line(limit: limits.text)
        case .discarding(let left): .discard(left)
        case .closed: .close
        }
    }
}

// MARK: Lines

extension IMAPCommandAssembler {
    /// A line without its end.
    package mutating func line(_ line: [UInt8]) -> Step {
        switch state {
        case .collecting: return collect(line)
        case .behindMessage: return goOn(line)
        case .discardingLine:
            discardedLine(line)
            return .more
        default:
            state = .closed  // The caller did not read what we asked for; nothing later can be in step.
            return .more
        }
    }

    private mutating func collect(_ line: [UInt8]) -> Step {
        let header = LiteralHeader(endOfLine: line[...])
        let isTooLong = line.count > limits.text - text
        command.append(contentsOf: isTooLong ? line.prefix(max(0, limits.text - text)) : line[...])
        text += line.count
        guard !isTooLong else { return refuse(.limit, "The command is longer than \(limits.text) bytes", header) }
        guard let header else { return finish() }
        command.append(contentsOf: [0x0d, 0x0a])
        return announced(header)
    }

    /// A line longer than `need` allowed, of which only the ends are left. A literal that its end announces comes in any
    /// case, and must not be read as commands.
    package mutating func lineTooLong(head: [UInt8], tail: [UInt8]) -> Step {
        if case .discardingLine = state {
            discardedLine(tail)
            return .more
        }
        if command.isEmpty { command = head }
        return refuse(.limit, "The line is too long", LiteralHeader(endOfLine: tail[...]))
    }

    private mutating func finish() -> Step {
        defer { reset() }
        var parser = IMAPParser(command, encoding: encoding)
        do {
            let command = try parser.command()
            guard let append = command.body.appending else { return .command(command) }
            return .append(command, append)
        } catch {
            return .failed(error)
        }
    }

    mutating func reset() {
        state = .collecting
        command = []
        text = 0
        literals = 0
        literalCount = 0
        discarded = 0
    }
}

// MARK: Literals

extension IMAPCommandAssembler {
    /// The first literal of an APPEND that is streamed is its first, or the second when the mailbox name is one too.
    /// Further ones are not looked at before the command is whole, or many small ones would have us parse the same bytes
    /// again and again.
    private static let inspectedLiterals = 2

    private mutating func announced(_ header: LiteralHeader) -> Step {
        literalCount += 1
        if literalCount <= Self.inspectedLiterals {
            var parser = IMAPParser(command, encoding: encoding)
            do throws(IMAPSyntaxError) {
                let command = try parser.command()
                if let append = command.body.appending {
                    if let grammar = parser.appending { self.append = grammar }
                    state = .messageOffered(header)
                    return .append(command, append)
                }
            } catch {
                // Incomplete is what a command is that waits for its literal: anything else is wrong already.
                if error.reason != .incomplete { return refuse(error, header) }
            }
        }
        return take(header)
    }

    private mutating func take(_ header: LiteralHeader) -> Step {
        // RFC 5464 §5: a value may be any octets.
        guard !header.isBinary || IMAPParser.identity(of: command).name == "SETMETADATA" else {
            return refuse(.invalid, "A literal8 can only be a message or a value", header)
        }
        guard let size = Int(exactly: header.size), size <= limits.literals - literals else {
            return refuse(.limit, "The literals are larger than \(limits.literals) bytes", header)
        }
        literals += size
        if size > 0 { state = .literal(left: size) }
        return header.isSynchronizing ? .sendContinuation : .more
    }

    /// Some bytes of a literal, a message, or what is being skipped; not more than `need` said.
    package mutating func bytes(_ chunk: some Collection<UInt8>) -> Step {
        let count = UInt64(chunk.count)
        switch state {
        case .literal(let left) where chunk.count <= left:
            command.append(contentsOf: chunk)
            state = chunk.count == left ? .collecting : .literal(left: left - chunk.count)
        case .messageOffered(let header) where count <= header.size: streamed(count, of: header.size)
        case .message(let left) where count <= left: streamed(count, of: left)
        case .discarding(let left) where count <= left:
            state = count == left ? .discardingLine : .discarding(left: left - count)
        default: state = .closed  // As in `line`.
        }
        return .more
    }
}
