@testable import MailWire

/// What a session does with the assembler, over bytes that arrive in chunks of a given size.
struct AssemblerDriver {
    enum Event: Equatable {
        case continuation
        case command(String, IMAPCommand.Body)
        case message(String, [UInt8])
        case pieces([AppendPiece])
        case failed(tag: String?, IMAPSyntaxError.Reason)
        case discarded(Int)
        case closed
        /// The input ended while something was still wanted.
        case wants(IMAPCommandAssembler.Need)
    }

    var assembler: IMAPCommandAssembler
    var refusesMessages = false
    private var input: ArraySlice<UInt8>
    private let chunk: Int
    private var events: [Event] = []
    private var message: (tag: String, content: [UInt8])?

    init(_ input: [UInt8], chunk: Int, limits: IMAPCommandAssembler.Limits = .afterLogin) {
        self.input = input[...]
        self.chunk = chunk
        assembler = IMAPCommandAssembler(limits: limits)
    }

    static func run(
        _ text: String, chunk: Int = .max, limits: IMAPCommandAssembler.Limits = .afterLogin, refusing: Bool = false
    ) -> [Event] {
        var driver = AssemblerDriver(Array(text.utf8), chunk: chunk, limits: limits)
        driver.refusesMessages = refusing
        return driver.run()
    }

    mutating func run() -> [Event] {
        while true {
            let need = assembler.need
            switch need {
            case .line:
                guard let line = nextLine() else { return input.isEmpty ? events : events + [.wants(need)] }
                act(on: assembler.line(line))
            case .literal(let left): if !feed(left) { return events + [.wants(need)] }
            case .message(let left): if !feed(Int(clamping: left), isMessage: true) { return events + [.wants(need)] }
            case .discard(let left): if !feed(Int(clamping: left), isDiscard: true) { return events + [.wants(need)] }
            case .close: return events + [.closed]
            }
        }
    }

    private mutating func nextLine() -> [UInt8]? {
        guard let end = input.firstIndex(of: 0x0a) else { return nil }
        let line = Array(input[..<end].dropLast())
        input = input[(end + 1)...]
        return line
    }

    private mutating func feed(_ left: Int, isMessage: Bool = false, isDiscard: Bool = false) -> Bool {
        let piece = Array(input.prefix(min(left, chunk)))
        guard !piece.isEmpty || left == 0 else { return false }
        input = input.dropFirst(piece.count)
        if isMessage { message?.content += piece }
        if isDiscard, case .discarded(let before)? = events.last {
            events[events.count - 1] = .discarded(before + piece.count)
        } else if isDiscard {
            events.append(.discarded(piece.count))
        }
        act(on: assembler.bytes(piece))
        return true
    }

    private mutating func act(on step: IMAPCommandAssembler.Step) {
        switch step {
        case .more: break
        case .sendContinuation: events.append(.continuation)
        case .command(let command): events.append(.command(command.tag, command.body))
        case .append(let command, let append):
            events.append(.command(command.tag, command.body))
            if refusesMessages { return assembler.refuseMessage() }
            guard case .literal? = append.pieces.last else { return }
            message = (command.tag, [])
            act(on: assembler.acceptMessage())
        case .appended(let pieces):
            if let message { events.append(.message(message.tag, message.content)) }
            if pieces != [.messageEnd] { events.append(.pieces(pieces)) }
            guard case .literal? = pieces.last else { return }
            message?.content = []
            act(on: assembler.acceptMessage())
        case .failed(let error): events.append(.failed(tag: error.tag, error.reason))
        }
    }
}
