import MailMessage
import Testing

@testable import MailWire

/// The client's side of the wire.
@Suite struct SMTPClientTests {
    @Test(
        arguments: [
            (["250 ok"], 250, "2.0.0", "ok"),
            (["250"], 250, "2.0.0", ""),
            (["250-one", "250 two"], 250, "2.0.0", "one two"),
            (["550-5.1.1 no such", "550 5.1.1 user"], 550, "5.1.1", "no such user"),
            (["550 5.1.1"], 550, "5.1.1", ""),
            (["550 4.1.1 of another class"], 550, "5.0.0", "4.1.1 of another class"),
            (["550 5.1.1000 too many digits"], 550, "5.0.0", "5.1.1000 too many digits"),
            (["550 5.1.x no digits"], 550, "5.0.0", "5.1.x no digits"),
            (["452 full"], 452, "4.3.1", "full"),
            (["250-first", "550 5.2.1 the last code counts"], 550, "5.2.1", "first the last code counts"),
            (["599 \u{1b}[2Jx\u{202e}y"], 599, "5.0.0", "?[2Jx?y"),
            (["550 5.7.1 größer"], 550, "5.7.1", "größer"),
        ] as [([String], Int, String, String)])
    func replies(lines: [String], code: Int, status: String, text: String) throws {
        var assembler = ReplyAssembler()
        var reply: RemoteReply?
        for line in lines { reply = try assembler.add(Array(line.utf8)) }
        #expect(reply?.code == code)
        #expect(reply?.status == status)
        #expect(reply?.text == text)
    }

    @Test(arguments: ["", "2", "25", "2x0 ok", "150 ok", "650 ok", "250_ok", "abc", "\u{0}250 ok"])
    func noReplies(line: String) {
        var assembler = ReplyAssembler()
        #expect(throws: ReplyAssembler.Fault.notAReply) { try assembler.add(Array(line.utf8)) }
    }

    @Test func bounds() throws {
        var assembler = ReplyAssembler()
        for _ in 1..<ReplyAssembler.mostLines { #expect(try assembler.add(Array("250-x".utf8)) == nil) }
        #expect(try assembler.add(Array("250 x".utf8))?.lines.count == ReplyAssembler.mostLines)
        for _ in 1..<ReplyAssembler.mostLines { _ = try assembler.add(Array("250-x".utf8)) }
        #expect(throws: ReplyAssembler.Fault.tooManyLines) { try assembler.add(Array("250-x".utf8)) }

        var large = ReplyAssembler()
        let line = Array("250-".utf8) + [UInt8](repeating: 0x78, count: 4_092)
        for _ in 0..<(ReplyAssembler.largestReply / 4_096) { #expect(try large.add(line) == nil) }
        #expect(throws: ReplyAssembler.Fault.tooLarge) { try large.add(line) }
    }

    @Test func longWords() {
        let reply = RemoteReply(code: 550, lines: [[UInt8](repeating: 0x78, count: 499) + Array("üx".utf8)])
        #expect(reply.text.utf8.count == 499)
        #expect(RemoteReply(code: 550, lines: [[UInt8](repeating: 0xff, count: 4_000)]).text.utf8.count <= 500)
    }

    @Test func offer() {
        let lines = [
            "mx.test PIPELINING", "pipelining", "SIZE 1000", "AUTH PLAIN login X-OTHER", "AUTH=SCRAM-SHA-256",
            "8bitmime",
            "LIMITS RCPTMAX=10 MAILMAX=x RCPTDOMAINMAX=0 OTHER", "XFORWARD NAME", "", "CHUNKING", "DSN",
        ]
        let offer = ServerOffer(RemoteReply(code: 250, lines: lines.map { Array($0.utf8) }))
        #expect(offer.extensions == [.pipelining, .eightBitMIME, .chunking, .dsn])
        #expect(offer.size == 1_000)
        #expect(offer.mechanisms == [.plain, .login, .scramSHA256])
        #expect(offer.rcptMax == 10)
        #expect(offer.mailMax == nil)
        #expect(offer.domainMax == nil)
    }

    @Test(
        arguments: [
            ("SIZE", nil), ("SIZE 0", nil), ("SIZE 99999999999999999999", nil), ("SIZE 9223372036854775807", Int64.max),
            ("SIZE x", nil),
        ] as [(String, Int64?)])
    func sizes(line: String, size: Int64?) {
        let offer = ServerOffer(RemoteReply(code: 250, lines: [[], Array(line.utf8)]))
        #expect(offer.offersSize)
        #expect(offer.size == size)
    }

    @Test func commands() throws {
        var commands = ClientCommands()
        var words = ClientCommands.MailWords()
        (words.size, words.body, words.isInternational, words.requiresTLS) = (12, .binary, true, true)
        (words.returnPart, words.envelopeID) = ("FULL", "x\r\nRCPT TO:<c@z.test>")
        commands.mail(from: nil, asciiDomain: true, words)
        let quoted = try #require(EmailAddress(#""a b"@münchen.test"#))
        commands.rcpt(to: quoted, asciiDomain: true, notify: "", original: "rfc822;a+20b")
        commands.rcpt(to: quoted, asciiDomain: false, notify: "NEVER", original: "")
        commands.rcpt(to: quoted, asciiDomain: true, notify: "", original: "utf-8;jörg@y.test")
        commands.line("EHLO x\r\nQUIT")
        commands.bdat(7)
        #expect(
            String(decoding: commands.bytes, as: UTF8.self) == """
                MAIL FROM:<> SIZE=12 BODY=BINARYMIME SMTPUTF8 REQUIRETLS RET=FULL\r
                RCPT TO:<"a b"@xn--mnchen-3ya.test> ORCPT=rfc822;a+20b\r
                RCPT TO:<"a b"@münchen.test> NOTIFY=NEVER\r
                RCPT TO:<"a b"@xn--mnchen-3ya.test>\r
                EHLO xQUIT\r
                BDAT 7 LAST\r

                """)
    }

    /// Cut anywhere, the answer is the same.
    @Test(arguments: [
        ("Subject: x\r\n\r\nhello\r\n", false, false, false),
        ("Subject: ü\r\n\r\nhello\r\n", true, true, false),
        ("Subject: x\r\n\r\nüber\r\n", true, false, false),
        ("\r\nüber\r\n", true, false, false),
        ("\nüber\r\n", true, false, true),
        ("Subject: x\r\n\r\nhel\nlo\r\n", false, false, true),
        ("Subject: x\r\n\r\nhel\rlo\r\n", false, false, true),
        ("Subject: x\r\n\r\nhello\r", false, false, true),
        ("Subject: x\r\n\r\nhel\u{0}lo\r\n", false, false, true),
        ("a: b\r\n c\r\n\r\n" + String(repeating: "x", count: 40) + "ü", true, false, false),
    ])
    func scan(text: String, isEightBit: Bool, hasHeader: Bool, isBinary: Bool) {
        let octets = Array(text.utf8)
        for size in 1...octets.count {
            var scan = ContentScan()
            for start in stride(from: 0, to: octets.count, by: size) {
                scan.consume(Array(octets[start..<min(start + size, octets.count)]))
            }
            scan.finish()
            #expect(scan.isEightBit == isEightBit)
            #expect(scan.hasInternationalHeader == hasHeader)
            #expect(scan.isBinary == isBinary, "pieces of \(size)")
        }
    }
}
