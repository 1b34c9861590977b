/// What is streamed, and what is skipped.
extension IMAPCommandAssembler {
    /// The message is wanted: `.sendContinuation` or `.more`; its bytes are the next need.
    package mutating func acceptMessage() -> Step {
        guard case .messageOffered(let header) = state else { return .more }
        streamed(0, of: header.size)
        return header.isSynchronizing ? .sendContinuation : .more
    }

    /// The message is not wanted, or no longer: what of it is on its way is skipped, and the rest of its line.
    /// The session has answered the command or does so now.
    package mutating func refuseMessage() {
        switch state {
        case .messageOffered(let header): skip(header)
        case .message(let left): discard(left)
        case .behindMessage: state = .discardingLine
        default: break
        }
    }

    mutating func streamed(_ count: UInt64, of left: UInt64) {
        state = count == left ? .behindMessage : .message(left: left - count)
    }

    /// More messages (RFC 3502), more parts of one (RFC 4469), or nothing. Each piece is parsed once: the grammar knows
    /// where it stands.
    mutating func goOn(_ line: [UInt8]) -> Step {
        let header = LiteralHeader(endOfLine: line[...])
        var parser = IMAPParser(
            header == nil ? line : line + [0x0d, 0x0a], continuing: IMAPParser.identity(of: command))
        do {
            let pieces = try parser.appendPieces(&append)
            if let header { state = .messageOffered(header) } else { reset() }
            return .appended(pieces)
        } catch {
            return refuse(error, header)
        }
    }
}

// MARK: Refusals

extension IMAPCommandAssembler {
    mutating func refuse(
        _ reason: IMAPSyntaxError.Reason, _ text: String, _ header: LiteralHeader?
    ) -> Step {
        let (tag, name) = IMAPParser.identity(of: command)
        return refuse(IMAPSyntaxError(tag: tag, name: name, reason: reason, text: text), header)
    }

    mutating func refuse(_ error: IMAPSyntaxError, _ header: LiteralHeader?) -> Step {
        skip(header)
        return .failed(error)
    }

    /// A synchronizing literal is not sent before we ask for it; the bytes of the other kind come in any case, and
    /// behind them the rest of the command's line (RFC 7888 §4).
    private mutating func skip(_ header: LiteralHeader?) {
        reset()
        guard let header, !header.isSynchronizing else { return }
        discard(header.size)
    }

    /// `overhead` counts towards the limit too: literals of no bytes do not come for nothing.
    private mutating func discard(_ count: UInt64, overhead: Int = 0) {
        let (size, isHuge) = count.addingReportingOverflow(UInt64(overhead))
        let (sum, overflow) = discarded.addingReportingOverflow(size)
        guard !isHuge, !overflow, sum <= limits.discarded else { return state = .closed }
        discarded = sum
        state = count > 0 ? .discarding(left: count) : .discardingLine
    }

    /// The line behind a skipped literal may announce the next one.
    mutating func discardedLine(_ line: [UInt8]) {
        guard let header = LiteralHeader(endOfLine: line[...]), !header.isSynchronizing else { return reset() }
        discard(header.size, overhead: line.count)
    }
}
