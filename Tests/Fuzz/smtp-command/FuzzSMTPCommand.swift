import MailMessage
import MailWire

/// A client's bytes through everything that SMTP does with them before a session acts: commands, dots, chunks, xtext.
enum FuzzSMTPCommand: FuzzTarget {
    static let name = "smtp-command"
    static var memoryPerByte: Int { 300 }

    static func check(_ input: [UInt8]) -> String? {
        var whole = SMTPTranscript()
        whole.take(input[...])
        var rules = Rules()
        for pieces in Pieces.cuts(of: input, input.first ?? 0) {
            var cut = SMTPTranscript()
            for piece in pieces { cut.take(piece) }
            rules.that(whole.events == cut.events, "in pieces: \(cut.events) is not \(whole.events)")
        }
        for case .line(.success(let command)) in whole.events { rules.none(brokenPath(command)) }
        rules.none(brokenDots(input))
        rules.that(Xtext.decode(Xtext.encode(input).utf8) == input, "xtext there and back")
        return rules.broken
    }

    /// An address that was taken is written so that it is taken again.
    private static func brokenPath(_ command: SMTPCommand) -> String? {
        let line: String
        switch command {
        case .mail(.mailbox(let address), let parameters) where parameters == MailParameters():
            line = "MAIL FROM:<\(address)>"
        case .rcpt(.mailbox(let address), let parameters) where parameters == RcptParameters():
            line = "RCPT TO:<\(address)>"
        default: return nil
        }
        guard line.utf8.count <= SMTPLimits.commandLine else { return nil }
        return (try? SMTPCommand.parse(Array(line.utf8))) == command ? nil : "\(line) is another command"
    }

    /// Dots put in and taken out again leave the message as it was, but for its last line's end.
    private static func brokenDots(_ input: [UInt8]) -> String? {
        var (writer, reader) = (DotWriter(), DotReader())
        var wire: [UInt8] = []
        var back: [UInt8] = []
        for piece in Pieces.small(input, 3) { writer.write(Array(piece), into: &wire) }
        writer.finish(into: &wire)
        let step = reader.consume(wire, into: &back)
        guard step.isEnd, step.consumed == wire.count else { return "the end is not at the end" }
        guard reader.fault == nil else { return nil }
        let complete = input.isEmpty || input.suffix(2) == [0x0d, 0x0a] ? input : input + [0x0d, 0x0a]
        return back == complete ? nil : "dots changed the message"
    }
}

/// What a server would understand of some bytes: commands, and messages by their contents.
private struct SMTPTranscript {
    private enum State {
        case command([UInt8])
        case data(DotReader, [UInt8])
        case chunk(Int64, [UInt8], LineEndingCheck)
    }

    enum Event: Equatable {
        case line(Result<SMTPCommand, SMTPError>)
        case message(DotReader.Fault?, [UInt8])
    }

    private(set) var events: [Event] = []
    private var state = State.command([])

    mutating func take(_ bytes: ArraySlice<UInt8>) {
        var rest = bytes
        while !rest.isEmpty {
            let before = state
            state = .command([])  // so that what is collected is not copied
            switch before {
            case .command(let line): command(line, &rest)
            case .data(let reader, let content): data(reader, content, &rest)
            case .chunk(let size, let content, let check): chunk(size, content, check, &rest)
            }
        }
    }

    private mutating func command(_ begun: [UInt8], _ rest: inout ArraySlice<UInt8>) {
        guard let end = rest.firstIndex(of: 0x0a) else {
            state = .command(begun + rest)
            rest = []
            return
        }
        var line = begun + rest[..<end]
        rest = rest[(end + 1)...]
        if line.last == 0x0d { line.removeLast() }
        let parsed = Result { () throws(SMTPError) in try SMTPCommand.parse(line) }
        events.append(.line(parsed))
        switch parsed {
        case .success(.data): state = .data(DotReader(), [])
        case .success(.bdat(let size, _)) where size > 0: state = .chunk(size, [], LineEndingCheck())
        default: state = .command([])
        }
    }

    private mutating func data(_ begun: DotReader, _ content: [UInt8], _ rest: inout ArraySlice<UInt8>) {
        var (reader, content) = (begun, content)
        let step = reader.consume(rest, into: &content)
        rest = rest.dropFirst(step.consumed)
        state = step.isEnd ? .command([]) : .data(reader, content)
        if step.isEnd { events.append(.message(reader.fault, reader.fault == nil ? content : [])) }
    }

    private mutating func chunk(
        _ size: Int64, _ content: [UInt8], _ begun: LineEndingCheck, _ rest: inout ArraySlice<UInt8>
    ) {
        var check = begun
        let piece = rest.prefix(Int(clamping: size))
        piece.withUnsafeBytes { check.consume($0) }
        rest = rest.dropFirst(piece.count)
        let left = size - Int64(piece.count)
        state = left == 0 ? .command([]) : .chunk(left, content + piece, check)
        if left == 0 { events.append(.message(check.fault, content + piece)) }
    }
}
