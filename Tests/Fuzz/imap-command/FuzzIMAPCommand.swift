import MailMessage
import MailWire

/// Everything a peer can do with bytes before a session acts on them: lines and literals become commands, the same ones
/// however the bytes are cut, within the limits, and with one line as the answer to what is wrong.
///
/// The first byte chooses the limits, the encoding, the size of the chunks and whether messages are refused.
enum FuzzIMAPCommand: FuzzTarget {
    static let name = "imap-command"
    static var memoryPerByte: Int { 300 }  // 64 bytes of name and address for each `a ` of a list

    static func check(_ input: [UInt8]) -> String? {
        guard let choice = input.first else { return nil }
        let bytes = input.dropFirst()
        var whole = IMAPTranscript(choice: choice, chunk: .max, input: bytes)
        var pieces = IMAPTranscript(choice: choice, chunk: 1 + Int(choice >> 4), input: bytes)
        var rules = Rules()
        rules.none(whole.run())
        rules.none(pieces.run())
        rules.that(whole.steps == pieces.steps, "in pieces: \(pieces.steps) is not \(whole.steps)")
        return rules.broken
    }
}

/// What an assembler makes of some bytes, and whether it keeps its promises meanwhile.
private struct IMAPTranscript {
    private(set) var steps: [IMAPCommandAssembler.Step] = []
    private var assembler: IMAPCommandAssembler
    private var input: ArraySlice<UInt8>
    private let chunk: Int
    private let refuses: Bool
    /// Every turn takes some input, so this many turns are enough for any.
    private var turns: Int

    init(choice: UInt8, chunk: Int, input: ArraySlice<UInt8>) {
        let limits: IMAPCommandAssembler.Limits = choice & 1 == 0 ? .beforeLogin : .afterLogin
        assembler = IMAPCommandAssembler(limits: limits, encoding: choice & 2 == 0 ? .modifiedUTF7 : .utf8)
        refuses = choice & 4 != 0
        self.chunk = chunk
        self.input = input
        turns = input.count * 2 + 16
    }

    mutating func run() -> String? {
        while turns > 0 {
            turns -= 1
            guard let step = next() else { return nil }
            if let broken = act(on: step) { return broken }
        }
        return "no end is reached"
    }

    /// Nil when the input is at its end or the connection would close.
    private mutating func next() -> IMAPCommandAssembler.Step? {
        switch assembler.need {
        case .line: nextLine().map { assembler.line($0) }
        case .literal(let left): piece(UInt64(clamping: left)).map { assembler.bytes($0) }
        case .message(let left), .discard(let left): piece(left).map { assembler.bytes($0) }
        case .close: nil
        }
    }

    private mutating func nextLine() -> [UInt8]? {
        guard let end = input.firstIndex(of: 0x0a) else { return nil }
        let line = input[..<end]
        input = input[(end + 1)...]
        return Array(line.last == 0x0d ? line.dropLast() : line)
    }

    private mutating func piece(_ left: UInt64) -> [UInt8]? {
        let piece = input.prefix(Int(clamping: min(left, UInt64(clamping: chunk))))
        guard !piece.isEmpty || left == 0 else { return nil }
        input = input.dropFirst(piece.count)
        return Array(piece)
    }

    private mutating func act(on step: IMAPCommandAssembler.Step) -> String? {
        if step != .more { steps.append(step) }
        if let broken = brokenNeed() { return broken }
        switch step {
        case .more, .sendContinuation: return nil
        case .command(let command): return resolve(command)
        case .append(let command, let append):
            guard command.body.appending == append else { return "a message of \(command.name)" }
            _ = append.mailbox.name
            return offer(append.pieces)
        case .appended(let pieces): return offer(pieces)
        case .failed(let error): return brokenAnswer(error)
        }
    }

    private mutating func offer(_ pieces: [AppendPiece]) -> String? {
        for case .url(let url) in pieces { if MessageURL(url)?.uid == 0 { return "a URL of no message" } }
        guard case .literal? = pieces.last else { return pieces.last == .messageEnd ? nil : "a message without an end" }
        if refuses { assembler.refuseMessage() } else { _ = assembler.acceptMessage() }
        return nil
    }

    private func brokenNeed() -> String? {
        switch assembler.need {
        case .line(let limit):
            limit >= 0 && limit <= assembler.limits.text ? nil : "a line limit of \(limit)"
        case .literal(let left):
            left > 0 && left <= assembler.limits.literals ? nil : "a literal of \(left)"
        case .discard(let left): left <= assembler.limits.discarded ? nil : "to discard \(left)"
        case .message, .close: nil
        }
    }

    private func brokenAnswer(_ error: IMAPSyntaxError) -> String? {
        var writer = ReplyWriter()
        writer.failure(error)
        let isOneLine = writer.bytes.suffix(2) == [0x0d, 0x0a] && writer.bytes.dropLast(2).allSatisfy { $0 >= 0x20 }
        return isOneLine ? nil : "the answer \(writer.bytes)"
    }

    /// What sessions do with sets.
    private func resolve(_ command: IMAPCommand) -> String? {
        switch command.body {
        case .fetch(let fetch): return resolve(fetch.set)
        case .uidExpunge(let set): return resolve(set)
        case .list(let list): return list.patterns.isEmpty ? "a LIST without patterns" : nil
        case .append, .replace: return "an APPEND without a message"
        default: return nil
        }
    }

    private func resolve(_ set: SequenceSet) -> String? {
        for count in [0, 1, 100] {
            guard let ranges = set.clampedSequenceNumbers(count: count) else { continue }
            guard ranges.allSatisfy({ $0.upperBound.value <= count }) else { return "a number beyond \(count)" }
        }
        _ = set.uids(last: nil)
        return nil
    }
}
