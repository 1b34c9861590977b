import MailWire

/// A client's bytes through everything that SMTP and POP3 do with them before a session sees them: the same transcript
/// however they are cut. Nil, or what is broken. The fuzzer Tests/Fuzz/smtp-session runs it as the tests do.
func exerciseSMTPSession(_ input: [UInt8]) -> String? {
    let cut = input.isEmpty ? 0 : Int(input[0]) % (input.count + 1)
    var whole = WireTranscript()
    whole.take(input[...])
    var halves = WireTranscript()
    halves.take(input[..<cut])
    halves.take(input[cut...])
    if whole.events != halves.events { return "cut at \(cut): \(whole.events) is not \(halves.events)" }
    return brokenRoundTrip(input) ?? brokenBase64(input)
}

/// Dots put in and taken out again leave the message as it was, but for its last line's end.
private func brokenRoundTrip(_ input: [UInt8]) -> String? {
    var (writer, reader) = (DotWriter(), DotReader())
    var wire: [UInt8] = []
    var back: [UInt8] = []
    writer.write(input, into: &wire)
    writer.finish(into: &wire)
    let step = reader.consume(wire, into: &back)
    guard step.isEnd, step.consumed == wire.count else { return "the end is not at the end" }
    guard reader.fault == nil else { return nil }
    let complete = input.isEmpty || input.suffix(2) == [0x0d, 0x0a] ? input : input + [0x0d, 0x0a]
    return back == complete ? nil : "dots changed the message"
}

private func brokenBase64(_ input: [UInt8]) -> String? {
    guard SASLBase64.decode(SASLBase64.encode(input)) == input else { return "base64 there and back" }
    guard let bytes = SASLBase64.decode(input) else { return nil }
    _ = try? PlainMessage(bytes)
    return SASLBase64.encode(bytes) == input ? nil : "base64 back and there"
}

/// What a server would understand of some bytes: commands, and messages by their contents.
private struct WireTranscript {
    private enum State {
        case command([UInt8])
        case data(DotReader, [UInt8])
        case chunk(Int64, [UInt8], LineEndingCheck)
    }

    enum Event: Equatable {
        case line(Result<SMTPCommand, SMTPError>, POP3Command?)
        case message(DotReader.Fault?, [UInt8])
    }

    private(set) var events: [Event] = []
    private var state = State.command([])

    mutating func take(_ bytes: ArraySlice<UInt8>) {
        var rest = bytes
        while !rest.isEmpty {
            switch state {
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
        events.append(.line(parsed, try? POP3Command.parse(line)))
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
