import MailWire
import Testing

@Suite struct POP3CommandTests {
    private static func parse(_ line: String) -> Result<POP3Command, POP3Error> {
        Result { () throws(POP3Error) in try POP3Command.parse(Array(line.utf8)) }
    }

    private static let one = POP3MessageNumber(1).map { $0 }

    @Test(arguments: [
        ("STAT", POP3Command.stat), ("stat", .stat), ("LIST", .list(nil)), ("LIST 1", .list(one)), ("UIDL", .uidl(nil)),
        ("UIDL 1", .uidl(one)), ("NOOP", .noop), ("RSET", .rset), ("QUIT", .quit), ("CAPA", .capa), ("STLS", .stls),
        ("UTF8", .utf8), ("USER a@b.test", .user(Array("a@b.test".utf8))), ("PASS a b ", .pass(Array("a b ".utf8))),
        ("APOP a b", .apop), ("AUTH", .auth(mechanism: nil, initialResponse: nil)),
        ("AUTH plain", .auth(mechanism: "PLAIN", initialResponse: nil)),
        ("AUTH PLAIN =", .auth(mechanism: "PLAIN", initialResponse: Array("=".utf8))),
        ("STAT ", .stat),
    ])
    func good(line: String, command: POP3Command) { #expect(Self.parse(line) == .success(command)) }

    @Test(arguments: [("RETR", 7), ("DELE", 4_294_967_296)])
    func numbers(keyword: String, number: Int) throws {
        let expected = try #require(POP3MessageNumber(number))
        let command: POP3Command = keyword == "RETR" ? .retr(expected) : .dele(expected)
        #expect(Self.parse("\(keyword) \(number)") == .success(command))
    }

    @Test func top() throws {
        let number = try #require(POP3MessageNumber(2))
        #expect(Self.parse("TOP 2 0") == .success(.top(number, lines: 0)))
    }

    @Test(arguments: [
        ("", POP3Error.unknownCommand), ("FOO", .unknownCommand), ("STATS", .unknownCommand), ("RETR", .badArgument),
        ("RETR 0", .badArgument), ("RETR -1", .badArgument), ("RETR x", .badArgument), ("RETR 1 2", .badArgument),
        ("RETR 99999999999", .badArgument), ("TOP 1", .badArgument), ("TOP 1 -1", .badArgument),
        ("TOP 1 1 1", .badArgument),
        ("LIST x", .badArgument), ("USER", .badArgument), ("PASS", .badArgument), ("USER ", .badArgument),
        ("STAT 1", .badArgument), ("QUIT now", .badArgument), ("AUTH a b c", .badArgument), ("RETR1", .unknownCommand),
        ("NOOP\0", .unknownCommand),
    ])
    func bad(line: String, error: POP3Error) { #expect(Self.parse(line) == .failure(error)) }

    @Test(arguments: [(-1, true), (0, true), (1, false)])
    func lineLimit(over: Int, isGood: Bool) {
        let line = "USER " + String(repeating: "x", count: POP3Limits.commandLine - 5 + over)
        #expect(((try? Self.parse(line).get()) != nil) == isGood)
    }

    @Test(arguments: [
        (POP3Reply.ok(""), "+OK\r\n"), (.ok("2 320"), "+OK 2 320\r\n"), (.error(nil, "No"), "-ERR No\r\n"),
        (.error(.inUse, "Busy"), "-ERR [IN-USE] Busy\r\n"), (.error(.temporary, "Later"), "-ERR [SYS/TEMP] Later\r\n"),
    ])
    func replies(reply: POP3Reply, text: String) { #expect(reply.bytes == Array(text.utf8)) }
}
