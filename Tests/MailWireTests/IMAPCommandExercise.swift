import MailMessage
import MailWire

/// What the fuzzer and the replay of its seeds both do with some bytes: everything a peer can do with them, with the
/// promises checked that a session relies on. Answers what was broken, or nil.
///
/// The first byte chooses the limits, the encoding, the size of the chunks and whether messages are refused.
func exerciseIMAPCommands(_ input: [UInt8]) -> String? {
    guard let choice = input.first else { return nil }
    var exercise = IMAPCommandExercise(choice: choice, input: input.dropFirst())
    return exercise.run() ?? checkNames(Array(input.dropFirst()))
}

private struct IMAPCommandExercise {
    private var assembler: IMAPCommandAssembler
    private var input: ArraySlice<UInt8>
    private let chunk: Int
    private let refuses: Bool
    /// Every turn takes some input, so this many turns are enough for any.
    private var turns: Int

    init(choice: UInt8, input: ArraySlice<UInt8>) {
        let limits: IMAPCommandAssembler.Limits = choice & 1 == 0 ? .beforeLogin : .afterLogin
        assembler = IMAPCommandAssembler(limits: limits, encoding: choice & 2 == 0 ? .modifiedUTF7 : .utf8)
        refuses = choice & 4 != 0
        chunk = choice & 8 == 0 ? .max : 1 + Int(choice >> 4)
        self.input = input
        turns = input.count * 2 + 16
    }

    mutating func run() -> String? {
        while turns > 0 {
            turns -= 1
            let step: IMAPCommandAssembler.Step
            switch assembler.need {
            case .line(let limit):
                guard limit >= 0, limit <= assembler.limits.text else { return "a line limit of \(limit)" }
                guard let line = nextLine() else { return nil }
                step = assembler.line(line)
            case .literal(let left):
                guard left > 0, left <= assembler.limits.literals else { return "a literal of \(left)" }
                guard let piece = next(UInt64(left)) else { return nil }
                step = assembler.bytes(piece)
            case .message(let left), .discard(let left):
                guard let piece = next(left) else { return nil }
                step = assembler.bytes(piece)
            case .close: return nil
            }
            if let broken = act(on: step) { return broken }
        }
        return "no end is reached"
    }

    private mutating func nextLine() -> [UInt8]? {
        guard let end = input.firstIndex(of: 0x0a) else { return nil }
        let line = input[..<end]
        input = input[(end + 1)...]
        return Array(line.last == 0x0d ? line.dropLast() : line)
    }

    private mutating func next(_ left: UInt64) -> [UInt8]? {
        let piece = input.prefix(Int(clamping: min(left, UInt64(chunk))))
        guard !piece.isEmpty || left == 0 else { return nil }
        input = input.dropFirst(piece.count)
        return Array(piece)
    }

    private mutating func act(on step: IMAPCommandAssembler.Step) -> String? {
        switch step {
        case .more, .sendContinuation, .messageEnd: return nil
        case .command(let command): return resolve(command)
        case .append(let command, let append):
            guard command.name == "APPEND" else { return "a message of \(command.name)" }
            if refuses { assembler.refuseMessage() } else { _ = assembler.acceptMessage() }
            _ = append.mailbox.name
            return nil
        case .failed(let error):
            var writer = ReplyWriter()
            writer.failure(error)
            let lines = writer.bytes.count { $0 == 0x0a }
            return lines == 1 && !writer.bytes.contains(0) ? nil : "an answer of \(lines) lines"
        }
    }

    /// What sessions do with sets.
    private func resolve(_ command: IMAPCommand) -> String? {
        switch command.body {
        case .fetch(let fetch): return resolve(fetch.set)
        case .uidExpunge(let set): return resolve(set)
        case .list(let list): return list.patterns.isEmpty ? "a LIST without patterns" : nil
        case .append: return "an APPEND without a message"
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

/// A decoded name is written and read again as itself.
private func checkNames(_ bytes: [UInt8]) -> String? {
    guard let text = ModifiedUTF7.decode(bytes) else { return nil }
    let again = ModifiedUTF7.decode(ModifiedUTF7.encode(text))
    return again.map { Array($0.utf8) } == Array(text.utf8) ? nil : "a name that changes"
}
