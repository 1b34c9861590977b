import MailMessage
import Testing

@testable import MailWire

@Suite("IMAP command assembly")
struct IMAPAssemblerTests {
    typealias Event = AssemblerDriver.Event
    static let small = IMAPCommandAssembler.Limits(text: 40, literals: 10, discarded: 100)

    private static func login(_ tag: String, _ user: String, _ password: String) -> Event {
        .command(tag, .login(LoginCommand(user: Array(user.utf8), password: Array(password.utf8))))
    }

    private static func append(_ tag: String, _ size: UInt64, waits: Bool = true, binary: Bool = false) -> Event {
        let literal = LiteralHeader(size: size, isSynchronizing: waits, isBinary: binary)
        let pieces: [AppendPiece] = [.message(flags: [], date: nil), .literal(literal, .text)]
        return .command(tag, .append(AppendCommand(mailbox: mailbox("x"), pieces: pieces)))
    }

    private static func next(_ flags: [Flag] = [], _ size: UInt64, waits: Bool = false) -> [AppendPiece] {
        let literal = LiteralHeader(size: size, isSynchronizing: waits)
        return [.messageEnd, .message(flags: flags, date: nil), .literal(literal, .text)]
    }

    private static func catenate(_ pieces: AppendPiece...) -> Event {
        .command("a", .append(AppendCommand(mailbox: mailbox("x"), pieces: [.message(flags: [], date: nil)] + pieces)))
    }

    /// Of the mailbox x.
    private static func replace(_ number: UInt32, uid: Bool, _ size: UInt64) -> Event {
        let append = AppendCommand(mailbox: mailbox("x"), pieces: [.message(flags: [], date: nil), whole(size)])
        return .command("a", .replace(ReplaceCommand(uid: uid, set: numbers((number, number)), append: append)))
    }

    private static func whole(_ size: UInt64) -> AppendPiece {
        .literal(LiteralHeader(size: size, isSynchronizing: false), .text)
    }

    private static func text(_ size: UInt64) -> AppendPiece {
        .literal(LiteralHeader(size: size, isSynchronizing: false), .part)
    }

    private static func message(_ tag: String, _ text: String) -> Event { .message(tag, Array(text.utf8)) }
    private static let noop = Event.command("n", .noop)

    static let dialogues: [(String, [Event])] = [
        ("n NOOP\r\n", [noop]),
        ("n NOOP\r\nn NOOP\r\n", [noop, noop]),
        ("\r\nn NOOP\r\n", [.failed(tag: nil, .incomplete), noop]),
        ("a LOGIN {4}\r\nanna {1}\r\nb\r\nn NOOP\r\n", [.continuation, .continuation, login("a", "anna", "b"), noop]),
        ("a LOGIN {4+}\r\nanna {1+}\r\nb\r\nn NOOP\r\n", [login("a", "anna", "b"), noop]),
        ("a LOGIN {0+}\r\n {2}\r\n\r\n\r\n", [.continuation, login("a", "", "\r\n")]),
        // Refused while the literal waits: nothing follows.
        ("a XYZZY {5}\r\nn NOOP\r\n", [.failed(tag: "a", .unknownCommand), noop]),
        ("a LOGIN anna b {5}\r\nn NOOP\r\n", [.failed(tag: "a", .invalid), noop]),
        ("a APPEND x {99999999999999999999999}\r\nn NOOP\r\n", [.failed(tag: "a", .invalid), noop]),
        ("a LOGIN ~{5}\r\nn NOOP\r\n", [.failed(tag: "a", .invalid), noop]),
        ("{5}\r\nn NOOP\r\n", [.failed(tag: nil, .invalid), noop]),
        // Refused with the literal on its way: exactly its bytes and the rest of its line are skipped.
        ("a XYZZY {8+}\r\nb NOOP\r\n tail\r\nn NOOP\r\n", [.failed(tag: "a", .unknownCommand), .discarded(8), noop]),
        ("a XYZZY {8+}\r\nb NOOP\r\n\r\nn NOOP\r\n", [.failed(tag: "a", .unknownCommand), .discarded(8), noop]),
        ("a XYZZY {0+}\r\nb NOOP\r\nn NOOP\r\n", [.failed(tag: "a", .unknownCommand), noop]),
        (
            "a X {1+}\r\nb {2+}\r\ncc {3+}\r\nddd\r\nn NOOP\r\n",
            [.failed(tag: "a", .unknownCommand), .discarded(6), noop]
        ),
        ("a X {1+}\r\nb {5}\r\nn NOOP\r\n", [.failed(tag: "a", .unknownCommand), .discarded(1), noop]),
        ("a LOGIN {1+}\r\nb ({2+}\r\ncc\r\nn NOOP\r\n", [.failed(tag: "a", .invalid), .discarded(2), noop]),
        ("a LOGIN ~{3+}\r\nbcd\r\nn NOOP\r\n", [.failed(tag: "a", .invalid), .discarded(3), noop]),
        ("{3+}\r\nbcd\r\nn NOOP\r\n", [.failed(tag: nil, .invalid), .discarded(3), noop]),
        // Too late to refuse: the third literal is only looked at with the whole command.
        (
            "a LOGIN {1+}\r\nb {1+}\r\nc {1+}\r\nd\r\nn NOOP\r\n",
            [.failed(tag: "a", .invalid), noop]
        ),
        // Braces that announce nothing.
        ("a LOGIN b c{d}\r\nn NOOP\r\n", [.failed(tag: "a", .invalid), noop]),
        ("a LOGIN b {+}\r\nn NOOP\r\n", [.failed(tag: "a", .invalid), noop]),
        ("a LOGIN b \"{3}\"\r\nn NOOP\r\n", [login("a", "b", "{3}"), noop]),
        // Messages.
        ("a APPEND x {5}\r\nhello\r\nn NOOP\r\n", [append("a", 5), .continuation, message("a", "hello"), noop]),
        (
            "a APPEND x {7+}\r\n\r\nx{3+}\r\nn NOOP\r\n",
            [append("a", 7, waits: false), message("a", "\r\nx{3+}"), noop]
        ),
        (
            "a APPEND x ~{2}\r\n\u{0}\u{0}\r\nn NOOP\r\n",
            [append("a", 2, binary: true), .continuation, message("a", "\u{0}\u{0}"), noop]
        ),
        ("a APPEND x {0}\r\n\r\nn NOOP\r\n", [append("a", 0), .continuation, message("a", ""), noop]),
        (
            "a APPEND {1}\r\nx {2+}\r\nhi\r\nn NOOP\r\n",
            [
                .continuation,
                append("a", 2, waits: false), message("a", "hi"), noop,
            ]
        ),
        // Several messages (RFC 3502).
        (
            "a APPEND x {2+}\r\nhi (\\Seen) {3+}\r\nyou\r\nn NOOP\r\n",
            [
                append("a", 2, waits: false), message("a", "hi"), .pieces(next([.system(.seen)], 3)),
                message("a", "you"),
                noop,
            ]
        ),
        (
            "a APPEND x {2}\r\nhi {3}\r\nyou\r\nn NOOP\r\n",
            [
                append("a", 2), .continuation, message("a", "hi"), .pieces(next([], 3, waits: true)), .continuation,
                message("a", "you"), noop,
            ]
        ),
        (
            "a APPEND x {2+}\r\nhi b {5+}\r\nb c\r\n\r\nn NOOP\r\n",
            [append("a", 2, waits: false), .failed(tag: "a", .invalid), .discarded(5), noop]
        ),
        (
            "a APPEND x {2+}\r\nhi b {5}\r\nn NOOP\r\n",
            [append("a", 2, waits: false), .failed(tag: "a", .invalid), noop]
        ),
        (
            "a APPEND x {2+}\r\nhi there\r\nn NOOP\r\n",
            [append("a", 2, waits: false), .failed(tag: "a", .invalid), noop]
        ),
        // Messages of parts (RFC 4469).
        (
            "a APPEND x CATENATE (URL /;UID=1 URL \"u v\")\r\nn NOOP\r\n",
            [catenate(.url(Array("/;UID=1".utf8)), .url(Array("u v".utf8)), .messageEnd), noop]
        ),
        (
            "a APPEND x CATENATE (TEXT {2+}\r\nhi URL {3+}\r\n/;u TEXT {1+}\r\n!)\r\nn NOOP\r\n",
            [
                catenate(text(2)), message("a", "hi"),
                .pieces([.literal(LiteralHeader(size: 3, isSynchronizing: false), .url)]), message("a", "/;u"),
                .pieces([text(1)]), message("a", "!"), noop,
            ]
        ),
        (
            "a APPEND x CATENATE (TEXT {2+}\r\nhi URL u) (\\Seen) {1+}\r\n!\r\nn NOOP\r\n",
            [
                catenate(text(2)), message("a", "hi"), .pieces([.url([0x75])] + next([.system(.seen)], 1)),
                message("a", "!"), noop,
            ]
        ),
        (
            "a APPEND x UTF8 (~{2+}\r\nhi)\r\nn NOOP\r\n",
            [
                catenate(.literal(LiteralHeader(size: 2, isSynchronizing: false, isBinary: true), .utf8)),
                message("a", "hi"), noop,
            ]
        ),
        (
            "a APPEND x CATENATE (TEXT {2+}\r\nhi\r\nn NOOP\r\n",
            [catenate(text(2)), .failed(tag: "a", .incomplete), noop]
        ),
        (
            "a APPEND x UTF8 (~{2+}\r\nhi\r\nn NOOP\r\n",
            [
                catenate(.literal(LiteralHeader(size: 2, isSynchronizing: false, isBinary: true), .utf8)),
                .failed(tag: "a", .incomplete), noop,
            ]
        ),
        // One message only (RFC 8508).
        (
            "a REPLACE 4 x {2+}\r\nhi\r\nn NOOP\r\n",
            [
                replace(4, uid: false, 2),
                message("a", "hi"), noop,
            ]
        ),
        (
            "a UID REPLACE 4 x {2+}\r\nhi {3+}\r\nyou\r\nn NOOP\r\n",
            [
                replace(4, uid: true, 2),
                .failed(tag: "a", .invalid), .discarded(3), noop,
            ]
        ),
        // Unfinished.
        ("a LOGIN {5+}\r\nab", [.wants(.literal(3))]),
        ("a XYZZY {5+}\r\nab", [.failed(tag: "a", .unknownCommand), .discarded(2), .wants(.discard(3))]),
        ("a APPEND x {5+}\r\nab", [append("a", 5, waits: false), .wants(.message(3))]),
        ("a NOO", [.wants(.line(limit: 65_536))]),
    ]

    @Test("the same events however the bytes arrive", arguments: dialogues.indices)
    func dialogue(row: Int) {
        let (text, wanted) = Self.dialogues[row]
        for chunk in [1, 2, 3, 7, Int.max] {
            #expect(AssemblerDriver.run(text, chunk: chunk) == wanted, "\(text.debugDescription) by \(chunk)")
        }
    }

    @Test(
        "a session that does not want the message",
        arguments: [
            ("a APPEND x {5}\r\nn NOOP\r\n", [append("a", 5), noop]),
            ("a APPEND x {5+}\r\nhello\r\nn NOOP\r\n", [append("a", 5, waits: false), .discarded(5), noop]),
            (
                "a APPEND x {5+}\r\nhello (\\Seen) {3+}\r\nyou\r\nn NOOP\r\n",
                [append("a", 5, waits: false), .discarded(8), noop]
            ),
            ("a APPEND x {0+}\r\n\r\nn NOOP\r\n", [append("a", 0, waits: false), noop]),
            ("a APPEND x {999999999999+}\r\nhello", [append("a", 999_999_999_999, waits: false), .closed]),
            ("a APPEND x {999999999999}\r\nn NOOP\r\n", [append("a", 999_999_999_999), noop]),
        ] as [(String, [Event])])
    func refusedMessages(text: String, wanted: [Event]) {
        #expect(AssemblerDriver.run(text, refusing: true) == wanted)
        #expect(AssemblerDriver.run(text, chunk: 1, refusing: true) == wanted)
    }

    @Test("a message given up halfway is skipped to its end", arguments: [0, 1, 4, 5])
    func abandonedMessage(received: Int) {
        var assembler = IMAPCommandAssembler(limits: .afterLogin)
        _ = assembler.line(Array("a APPEND x {5}".utf8))
        #expect(assembler.acceptMessage() == .sendContinuation)
        #expect(assembler.bytes(Array("hello".utf8.prefix(received))) == .more)
        assembler.refuseMessage()
        if received < 5 {
            #expect(assembler.need == .discard(UInt64(5 - received)))
            #expect(assembler.bytes(Array("hello".utf8.dropFirst(received))) == .more)
        }
        #expect(assembler.line([]) == .more)
        #expect(assembler.line(Array("n NOOP".utf8)) == .command(IMAPCommand(tag: "n", name: "NOOP", body: .noop)))
    }

    @Test("lines at the limit and one beyond", arguments: [(39, true), (40, true), (41, false)])
    func longLine(length: Int, isTaken: Bool) {
        let line = "a LOGIN b " + String(repeating: "c", count: length - 10)
        let events = AssemblerDriver.run(line + "\r\nn NOOP\r\n", limits: Self.small)
        #expect(events.last == Self.noop)
        #expect(
            events.first == (isTaken ? Self.login("a", "b", String(line.dropFirst(10))) : .failed(tag: "a", .limit)))
    }

    @Test("the lines of one command share one limit", arguments: [(39, true), (40, true), (41, false)])
    func longCommand(length: Int, isTaken: Bool) {
        let end = " \"" + String(repeating: "c", count: length - "a LOGIN {1+}".utf8.count - 3) + "\""
        let events = AssemblerDriver.run("a LOGIN {1+}\r\nb\(end)\r\nn NOOP\r\n", limits: Self.small)
        #expect(events.last == Self.noop)
        #expect((events.first == .failed(tag: "a", .limit)) == !isTaken)
    }

    @Test(
        "the literals of one command share one budget",
        arguments: [
            (9, 0, true), (10, 0, true), (11, 0, false), (5, 4, true), (5, 5, true), (5, 6, false), (10, 1, false),
            (0, 11, false),
        ])
    func literals(first: Int, second: Int, isTaken: Bool) {
        func text(_ plus: String) -> String {
            let (one, two) = (String(repeating: "u", count: first), String(repeating: "p", count: second))
            return "a LOGIN {\(first)\(plus)}\r\n\(one) {\(second)\(plus)}\r\n\(two)\r\nn NOOP\r\n"
        }
        let events = AssemblerDriver.run(text("+"), limits: Self.small)
        #expect(events.last == Self.noop)
        #expect((events.first == .failed(tag: "a", .limit)) == !isTaken)
        let waiting = AssemblerDriver.run(text(""), limits: Self.small)
        #expect(waiting.contains(.failed(tag: "a", .limit)) == !isTaken)
    }

    @Test("the defaults before login", arguments: [(4_095, true), (4_096, true), (4_097, false)])
    func beforeLogin(size: Int, isTaken: Bool) {
        let password = String(repeating: "p", count: size)
        let events = AssemblerDriver.run("a LOGIN u {\(size)+}\r\n\(password)\r\nn NOOP\r\n", limits: .beforeLogin)
        #expect(events.last == Self.noop)
        #expect(events.first == (isTaken ? Self.login("a", "u", password) : .failed(tag: "a", .limit)))
        #expect(IMAPCommandAssembler().need == .line(limit: 8_192))
    }

    @Test("what would be too much to skip closes", arguments: [(99, false), (100, false), (101, true)])
    func discardLimit(size: Int, closes: Bool) {
        let text = "a X {\(size)+}\r\n" + String(repeating: "x", count: size) + "\r\nn NOOP\r\n"
        let events = AssemblerDriver.run(text, limits: Self.small)
        #expect(events.last == (closes ? .closed : Self.noop))
        #expect(events.first == .failed(tag: "a", .unknownCommand))
    }

    @Test(
        "sizes no number holds", arguments: ["18446744073709551615", "18446744073709551616", "99999999999999999999999"])
    func hugeSizes(size: String) {
        for command in ["X", "LOGIN", "APPEND x"] {
            let events = AssemblerDriver.run("a \(command) {\(size)+}\r\nhello", refusing: true)
            #expect(events.last == .closed)
        }
    }

    @Test("empty literals do not come for nothing")
    func emptyLiterals() {
        let many = String(repeating: "{0+}\r\n ", count: 100)
        let collected = AssemblerDriver.run("a SEARCH TEXT " + many + "\r\nn NOOP\r\n", limits: Self.small)
        #expect(collected.first == .failed(tag: "a", .limit) || collected.first == .failed(tag: "a", .invalid))
        #expect(collected.last == Self.noop || collected.last == .closed)
        let skipped = AssemblerDriver.run("a X " + many + "\r\nn NOOP\r\n", limits: Self.small)
        #expect(skipped == [.failed(tag: "a", .unknownCommand), .closed])
    }

    @Test("a caller out of step closes")
    func outOfStep() {
        var assembler = IMAPCommandAssembler()
        _ = assembler.bytes([0x61])
        #expect(assembler.need == .close)
        assembler = IMAPCommandAssembler()
        _ = assembler.line(Array("a LOGIN {3}".utf8))
        _ = assembler.bytes(Array("toolong".utf8))
        #expect(assembler.need == .close)
        #expect(assembler.line([]) == .more)
        #expect(assembler.need == .close)
    }

    @Test(
        "lines that answer a continuation",
        arguments: [
            ("DONE", true, false), ("done", true, false), ("DONE ", false, false), ("", false, false),
            ("*", false, true),
            ("**", false, false),
        ])
    func continuationLines(text: String, isDone: Bool, isCancellation: Bool) {
        #expect(ContinuationLine.isDone(Array(text.utf8)) == isDone)
        #expect(ContinuationLine.isCancellation(Array(text.utf8)) == isCancellation)
    }
}
