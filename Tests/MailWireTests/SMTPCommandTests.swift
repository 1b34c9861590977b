import MailMessage
import MailWire
import Testing

@Suite struct SMTPCommandTests {
    private static func sender(_ text: String) -> ReversePath? { EmailAddress(text).map(ReversePath.mailbox) }

    private static func parse(_ line: String) -> Result<SMTPCommand, SMTPError> {
        Result { () throws(SMTPError) in try SMTPCommand.parse(Array(line.utf8)) }
    }

    @Test(arguments: [
        ("DATA", SMTPCommand.data), ("data", .data), ("RsEt", .rset), ("QUIT", .quit), ("QUIT  ", .quit),
        ("NOOP", .noop), ("NOOP anything at all", .noop), ("HELP", .help), ("HELP MAIL", .help),
        ("STARTTLS", .startTLS), ("VRFY someone", .vrfy("someone")), ("EXPN list", .expn("list")),
        ("BDAT 0", .bdat(size: 0, isLast: false)),
        ("BDAT 99999999999999999999 LAST", .bdat(size: .max, isLast: true)),
        ("BDAT 10 LAST", .bdat(size: 10, isLast: true)),
        ("bdat 7 last", .bdat(size: 7, isLast: true)),
        ("AUTH PLAIN", .auth(mechanism: "PLAIN", initialResponse: nil)),
        ("AUTH plain =", .auth(mechanism: "PLAIN", initialResponse: Array("=".utf8))),
        ("AUTH SCRAM-SHA-256 biws", .auth(mechanism: "SCRAM-SHA-256", initialResponse: Array("biws".utf8))),
        ("MAIL FROM:<>", .mail(from: .null, MailParameters())),
        ("MAIL FROM: <>", .mail(from: .null, MailParameters())),
        ("RCPT TO:<Postmaster>", .rcpt(to: .postmaster, RcptParameters())),
    ])
    func goodCommands(line: String, command: SMTPCommand) { #expect(Self.parse(line) == .success(command)) }

    @Test(arguments: [
        ("", SMTPError.unknownCommand), ("FOO", .unknownCommand), ("STARTTLSX", .unknownCommand),
        ("DATA now", .noArgumentsAllowed), ("QUIT x", .noArgumentsAllowed), ("STARTTLS x", .noArgumentsAllowed),
        ("MAILFROM:<a@b.test>", .unknownCommand), ("\u{16}\u{03}\u{01}", .unknownCommand),
        ("GET / HTTP/1.1", .otherProtocol), ("POST / HTTP/1.1", .otherProtocol), ("DATA\0", .unknownCommand),
        ("EHLO", .nameNeeded), ("HELO ", .nameNeeded), ("EHLO a b", .nameNeeded), ("EHLO a(b", .nameNeeded),
        ("VRFY", .syntax), ("EXPN ", .syntax), ("AUTH", .syntax), ("AUTH ", .syntax),
        ("MAIL", .syntax), ("MAIL TO:<a@b.test>", .syntax), ("MAIL FROM <a@b.test>", .syntax),
        ("MAIL FROM:a@b.test", .badPath), ("MAIL FROM:<a@b.test", .badPath), ("MAIL FROM:<a@b>c>", .syntax),
        ("MAIL FROM:<a b@c.test>", .badSender), ("MAIL FROM:<a@>", .badSender), ("MAIL FROM:<@b.test>", .badPath),
        ("MAIL FROM:<\"a@b.test>", .badPath), ("MAIL FROM:<a@b.test>SIZE=1", .syntax),
        ("RCPT TO:<>", .badRecipient), ("RCPT TO:<a>", .badRecipient), ("RCPT TO:<a@b..test>", .badRecipient),
        ("MAIL FROM:<> SIZE", .badParameter), ("MAIL FROM:<> SIZE=", .badParameter),
        ("MAIL FROM:<> SIZE=x", .badParameter),
        ("MAIL FROM:<> SIZE=-1", .badParameter), ("MAIL FROM:<> SIZE=1 SIZE=1", .badParameter),
        ("MAIL FROM:<> SIZE=123456789012345678901", .badParameter), ("MAIL FROM:<> BODY=9BIT", .badParameter),
        ("MAIL FROM:<> SMTPUTF8=1", .badParameter), ("MAIL FROM:<> RET=ALL", .badParameter),
        ("MAIL FROM:<> ENVID=a+2", .badParameter), ("MAIL FROM:<> ENVID=a+2f", .badParameter),
        ("MAIL FROM:<> FOO=1", .unknownParameter), ("MAIL FROM:<> NOTIFY=NEVER", .unknownParameter),
        ("RCPT TO:<a@b.test> SIZE=1", .unknownParameter), ("RCPT TO:<a@b.test> NOTIFY=NEVER,DELAY", .badParameter),
        ("RCPT TO:<a@b.test> NOTIFY=", .badParameter), ("RCPT TO:<a@b.test> NOTIFY=,", .badParameter),
        ("RCPT TO:<a@b.test> ORCPT=a@b.test", .badParameter), ("RCPT TO:<a@b.test> ORCPT=;a", .badParameter),
        ("BDAT", .badChunk), ("BDAT x", .badChunk), ("BDAT -1", .badChunk), ("BDAT 1 FIRST", .badChunk),
        ("BDAT 1LAST", .badChunk), ("BDAT 1 LAST LAST", .badChunk),
    ])
    func badCommands(line: String, error: SMTPError) { #expect(Self.parse(line) == .failure(error)) }

    /// The path as it is understood: source routes go, quotes and literals stay (RFC 5321 §4.1.2, §4.1.3).
    @Test(arguments: [
        ("<a@b.test>", "a@b.test"), ("<@x.test,@y.test:a@b.test>", "a@b.test"), ("<@x.test:a@b.test>", "a@b.test"),
        ("<\"a>b\"@b.test>", "\"a>b\"@b.test"), ("<\"a\\\"b\"@b.test>", "\"a\\\"b\"@b.test"),
        ("<a@[192.0.2.1]>", "a@[192.0.2.1]"), ("<a@[IPv6:2001:db8::1]>", "a@[IPv6:2001:db8::1]"),
        ("<müller@example.test>", "müller@example.test"), ("<a%c@b.test>", "a%c@b.test"),
    ])
    func paths(path: String, address: String) throws {
        let expected = try #require(EmailAddress(address))
        #expect(Self.parse("MAIL FROM:\(path)") == .success(.mail(from: .mailbox(expected), MailParameters())))
        #expect(Self.parse("RCPT TO: \(path)") == .success(.rcpt(to: .mailbox(expected), RcptParameters())))
    }

    @Test func everyMailParameter() {
        let line = "MAIL FROM:<> size=123 Body=8bitmime SMTPUTF8 RET=hdrs ENVID=a+2Bb AUTH=<>"
        var expected = MailParameters()
        expected.size = 123
        expected.body = .eightBit
        expected.isInternational = true
        expected.dsnReturn = .headers
        expected.envelopeID = "a+2Bb"
        expected.submitter = "<>"
        #expect(Self.parse(line) == .success(.mail(from: .null, expected)))
    }

    @Test(arguments: [("0", Int64(0)), ("18446744073709551616", Int64.max), ("9223372036854775807", Int64.max)])
    func sizes(text: String, value: Int64) {
        var expected = MailParameters()
        expected.size = value
        #expect(Self.parse("MAIL FROM:<> SIZE=\(text)") == .success(.mail(from: .null, expected)))
    }

    private static let rcptRows: [(String, DSNNotify, String?)] = [
        ("NOTIFY=NEVER", .never, nil), ("notify=success,Failure", [.success, .failure], nil),
        ("NOTIFY=DELAY ORCPT=rfc822;a+2Bb@c.test", .delay, "rfc822;a+2Bb@c.test"),
        ("NOTIFY=DELAY ORCPT=utf-8;mü@c.test", .delay, "utf-8;mü@c.test"),
    ]

    @Test(arguments: rcptRows)
    func rcptParameters(text: String, notify: DSNNotify, original: String?) {
        var expected = RcptParameters()
        expected.notify = notify
        expected.originalRecipient = original
        #expect(Self.parse("RCPT TO:<postmaster> \(text)") == .success(.rcpt(to: .postmaster, expected)))
    }

    @Test(arguments: ["client.example.test", "[192.0.2.1]", "[IPv6:::1]", "under_score", "büro.test"])
    func clientNames(name: String) throws {
        guard case .ehlo(let client) = try Self.parse("EHLO \(name)").get() else { throw SMTPError.syntax }
        #expect(client.description == name)
    }

    /// RFC 5321 §4.5.3.1.4: at the limit, one below, one above.
    @Test(arguments: [(-1, true), (0, true), (1, false)])
    func lineLimit(over: Int, isGood: Bool) {
        let line = "NOOP " + String(repeating: "x", count: SMTPLimits.commandLine - 5 + over)
        #expect(Self.parse(line) == (isGood ? .success(.noop) : .failure(.lineTooLong)))
    }

    @Test(arguments: [(-1, true), (0, true), (1, false)])
    func clientNameLimit(over: Int, isGood: Bool) {
        let name = String(repeating: "x", count: SMTPLimits.clientName + over)
        #expect(((try? Self.parse("EHLO \(name)").get()) != nil) == isGood)
    }

    @Test func xtextRoundTrip() {
        let bytes = [UInt8](0...255)
        #expect(Xtext.decode(Xtext.encode(bytes).utf8) == bytes)
    }
}

@Suite struct SMTPReplyTests {
    @Test(arguments: [
        (SMTPReply(250, 2, 1, 0, lines: ["OK"]), "250 2.1.0 OK\r\n"),
        (SMTPReply(250, nil, ["a", "b", "c"]), "250-a\r\n250-b\r\n250 c\r\n"),
        (SMTPReply(550, EnhancedCode(1, 1), ["No", "such user"]), "550-5.1.1 No\r\n550 5.1.1 such user\r\n"),
        (SMTPReply(250, nil, ["a\r\nb"]), "250 a??b\r\n"),
    ])
    func bytes(reply: SMTPReply, text: String) { #expect(String(decoding: reply.bytes, as: UTF8.self) == text) }

    @Test(arguments: [(250, SMTPReply.Permanence.success), (354, .success), (452, .temporary), (550, .permanent)])
    func permanence(code: Int, expected: SMTPReply.Permanence) {
        #expect(SMTPReply(code, nil, ["x"]).permanence == expected)
    }
}

extension SMTPReply {
    fileprivate init(_ code: Int, _ class: Int, _ subject: Int, _ detail: Int, lines: [String]) {
        self.init(code, EnhancedCode(subject, detail), lines)
    }
}
