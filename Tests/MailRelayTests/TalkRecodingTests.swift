import MailMessage
import Testing

@testable import MailRelay

/// For hosts without 8BITMIME.
@Suite struct TalkRecodingTests {
    private func recoded(_ text: String) async throws -> String {
        let octets = Array(text.utf8)
        let content = try await SevenBitForm(of: MessageContent(octets), ParsedMessage(octets)).content()
        let result = try await content.read()
        return String(decoding: result, as: UTF8.self)
    }

    static func lines(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
    }

    @Test func text() async throws {
        let before = Self.lines(
            "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\nSubject: x\n\nGrüße, alle zusammen\n"
        )
        let after = Self.lines(
            "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\nSubject: x\n\nGr=C3=BC=C3=9Fe, alle zusammen\n"
        )
        #expect(try await recoded(before) == after)
    }

    /// RFC 1428: letters of nobody knows which alphabet.
    @Test func bare() async throws {
        let after = Self.lines(
            "Subject: x\nContent-Transfer-Encoding: quoted-printable\nMIME-Version: 1.0\nContent-Type: text/plain; charset=unknown-8bit\n\n=C3=BCber alles andere\n"
        )
        #expect(try await recoded(Self.lines("Subject: x\n\nüber alles andere\n")) == after)
    }

    @Test func mostlyEightBit() async throws {
        let after = Self.lines(
            "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n0J/RgNC40LLQtdGCDQo=\n"
        )
        #expect(
            try await recoded(Self.lines("MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\nПривет\n"))
                == after)
    }

    @Test func parts() async throws {
        let before = Self.lines(
            """
            MIME-Version: 1.0
            Content-Transfer-Encoding: 8bit
            Content-Type: multipart/mixed; boundary=outer

            preamble
            --outer

            plain
            --outer
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: 8bit

            <p>naïve enough text</p>
            --outer
            Content-Type: application/octet-stream

            ÿÿÿ
            --outer
            Content-Type: message/rfc822
            Content-Transfer-Encoding: 8bit

            Subject: inner

            daß es so lang ist
            --outer--
            """)
        let after = Self.lines(
            """
            MIME-Version: 1.0
            Content-Transfer-Encoding: 7bit
            Content-Type: multipart/mixed; boundary=outer

            preamble
            --outer

            plain
            --outer
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            <p>na=C3=AFve enough text</p>
            --outer
            Content-Type: application/octet-stream
            Content-Transfer-Encoding: base64

            w7/Dv8O/
            --outer
            Content-Type: message/rfc822
            Content-Transfer-Encoding: 7bit

            Subject: inner
            Content-Transfer-Encoding: quoted-printable
            Content-Type: text/plain; charset=unknown-8bit

            da=C3=9F es so lang ist
            --outer--
            """)
        #expect(try await recoded(before) == after)
    }

    /// What needs nothing stays as it is, to the octet.
    @Test func untouched() async throws {
        let text = Self.lines(
            "MIME-Version: 1.0\nContent-Type: multipart/signed; boundary=b\n\n--b\nContent-Type: text/plain\n\nhi\n--b\nContent-Type: application/pgp-signature\n\nxx\n--b--\n"
        )
        #expect(try await recoded(text) == text)
    }

    @Test(arguments: [
        ("multipart/signed; boundary=b", "text/plain", "a signed or encrypted part cannot be converted"),
        (
            "multipart/encrypted; boundary=b", "application/octet-stream",
            "a signed or encrypted part cannot be converted"
        ),
        ("multipart/mixed; boundary=b", "message/delivery-status", "a part of its kind must not be encoded"),
        (
            "multipart/mixed; boundary=b", "text/plain\nContent-Transfer-Encoding: x-uuencode",
            "a part is encoded in an unknown way"
        ),
    ])
    func refused(outer: String, inner: String, why: String) async throws {
        let text = Self.lines("MIME-Version: 1.0\nContent-Type: \(outer)\n\n--b\nContent-Type: \(inner)\n\nüü\n--b--\n")
        await #expect(throws: SevenBitForm.Fault.notAllowed(why)) { try await recoded(text) }
    }

    /// Lines that end as no line may: nobody is sent "\n.\n".
    @Test func bareLineEndings() async throws {
        #expect(
            try await recoded("Subject: x\nX: y\n\nhello\n.\nworld\r\n")
                == Self.lines(
                    "Subject: x\nX: y\nContent-Transfer-Encoding: quoted-printable\nMIME-Version: 1.0\nContent-Type: text/plain; charset=unknown-8bit\n\nhello\n=2E\nworld\n"
                ))
    }

    /// Through the whole conversation: the hop has nothing, and the message has everything.
    @Test func onTheWay() async throws {
        let hop = try await ScriptedHop(
            TalkEnvelopeTests.bare + """
                C: MAIL FROM:<a@x.test>
                S: 250 ok
                C: RCPT TO:<b@y.test>
                S: 250 ok
                C: DATA
                S: 354 go
                ! data
                S: 250 ok
                C: QUIT
                S: 221 bye
                """)
        let text = Self.lines("MIME-Version: 1.0\nContent-Type: multipart/signed; boundary=b\n\n--b\n\nüü\n--b--\n")
        let said = try await TalkCase.send(
            [TalkCase.message(content: text), TalkCase.message(content: "Subject: x\r\n\r\nüber alles andere\r\n")],
            to: hop)
        #expect(
            said.flatMap { $0 } == [
                "failed 0 5.6.3 mx.test takes ASCII alone, and a signed or encrypted part cannot be converted",
                "delivered 250 2.0.0 ok",
            ])
        await hop.stop()
        #expect(hop.seen.mistakes == [])
        #expect(hop.seen.contents.first?.hasSuffix("\r\n\r\n=C3=BCber alles andere\r\n") == true)
    }

    // MARK: Long lines (RFC 5321 §4.5.3.1.6)

    private func shortened(_ text: String) async throws -> String {
        let octets = Array(text.utf8)
        let content = try await SevenBitForm(of: MessageContent(octets), ParsedMessage(octets), aim: .shortLines)
            .content()
        return String(decoding: try await content.read(), as: UTF8.self)
    }

    @Test func longLinesAreEncoded() async throws {
        let line = String(repeating: "ä long line ", count: 200)
        let head = "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
        let after = try await shortened(head + "Content-Transfer-Encoding: 8bit\r\n\r\n\(line)\r\nshort ü\r\n")
        #expect(after.hasPrefix(head + "Content-Transfer-Encoding: quoted-printable\r\n\r\n"))
        #expect(after.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 76 })
        let parsed = ParsedMessage(Array(after.utf8))
        let body = Array(after.utf8)[(parsed.parts.first?.bodyRange ?? 0..<0)]
        #expect(
            String(decoding: TransferDecoder.decode(Array(body), .quotedPrintable), as: UTF8.self)
                == line + "\r\nshort ü\r\n")
    }

    @Test func onlyPartsWithLongLinesAreTouched() async throws {
        let long = String(repeating: "x", count: 2_000)
        let text = Self.lines(
            "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nshort ü\n--b\n\n\(long)\n--b--\n"
        )
        let after = try await shortened(text)
        #expect(after.contains("short ü\r\n--b\r\n") && !after.contains(long))
    }

    /// What is signed is not encoded anew.
    @Test func signedPartsStay() async throws {
        let long = String(repeating: "x", count: 2_000)
        let text = Self.lines(
            "MIME-Version: 1.0\nContent-Type: multipart/signed; boundary=b\n\n--b\n\n\(long)\n--b\n\nsignature\n--b--\n"
        )
        #expect(try await shortened(text) == text)
    }
}

extension MessageContent {
    /// All of it, in small pieces.
    func read() async throws -> [UInt8] {
        var all: [UInt8] = []
        while all.count < size { all += try await read(at: Int64(all.count), count: 7) }
        return all
    }
}
