import MailMessage
import Testing

struct BuilderTests {
    private func address(_ text: String) throws -> EmailAddress { try #require(EmailAddress(text)) }

    @Test func textMessage() throws {
        var builder = MessageBuilder()
        builder.addDate(MailDate(seconds: 1_795_392_826))
        builder.add("From", addresses: [MailAddress(try address("a@example.org"), name: "Jörg \"J\" Müller")])
        builder.add(
            "To",
            addresses: [
                MailAddress(try address("b@example.org"), name: "Doe, John"), MailAddress(try address("\"c d\"@x")),
            ])
        builder.add("Subject", "Hello")
        builder.addMessageID(unique: "1.2", domain: "example.org")
        #expect(
            builder.text("One\nTwo\n")
                == mail(
                    """
                    Date: Mon, 23 Nov 2026 00:13:46 +0000
                    From: =?utf-8?B?SsO2cmcgIkoiIE3DvGxsZXI=?= <a@example.org>
                    To: "Doe, John" <b@example.org>, "c d"@x
                    Subject: Hello
                    Message-ID: <1.2@example.org>
                    MIME-Version: 1.0
                    Content-Type: text/plain; charset=us-ascii
                    Content-Transfer-Encoding: 7bit

                    One
                    Two

                    """))
    }

    @Test(arguments: [
        "short", "Grüße", String(repeating: "long words ", count: 30), String(repeating: "日本語", count: 60),
        "a\r\nBcc: victim@x", "\u{0}",
    ])
    func subjectsComeBackAndCannotAddFields(_ subject: String) {
        var builder = MessageBuilder()
        builder.add("Subject", subject)
        let message = ParsedMessage(builder.text("x"))
        let trimmed = subject.hasSuffix(" ") ? String(subject.dropLast()) : subject
        #expect([trimmed, subject].contains(message.header.decoded("Subject")))
        #expect(
            message.header.fields.map(\.nameText) == [
                "Subject", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
            ])
        #expect(message.header.bytes.split(separator: 0x0a).allSatisfy { $0.count <= 79 })
    }

    private static let fileNames = ["a.txt", "a b.txt", "Grüße.txt", "q\"u\\ote.txt", ""]

    @Test(arguments: fileNames)
    func attachments(_ name: String) throws {
        let builder = MessageBuilder()
        let bytes = builder.multipart(
            "mixed", boundary: "=_x",
            parts: [.text("Grüße\n"), .attachment([0, 1, 255], type: "application/pdf", fileName: name)])
        let message = ParsedMessage(bytes)
        #expect(message.parts.map(\.path) == [[], [1], [2]])
        #expect(message.parts[2].fileName == name)
        #expect(message.hasAttachment)
        let content = TransferDecoder.decode(bytes[message.parts[2].bodyRange], message.parts[2].transferEncoding)
        #expect(content == [0, 1, 255])
        let plain = TransferDecoder.decode(bytes[message.parts[1].bodyRange], message.parts[1].transferEncoding)
        #expect(text(plain) == "Grüße\r\n")
    }

    private func report() throws -> DeliveryReport {
        var recipient = DeliveryReport.Recipient(
            finalRecipient: try address("gone@example.org"), action: .failed, status: "5.1.1")
        recipient.originalRecipient = "rfc822;old@example.org"
        recipient.remoteServer = "mx.example.org"
        recipient.diagnostic = "550 5.1.1 No such user"
        recipient.lastAttempt = 1_795_392_826
        var report = DeliveryReport(reportingServer: "mail.example.test", recipients: [recipient])
        report.envelopeID = "QQ314159"
        report.arrivedAt = 1_795_392_000
        return report
    }

    @Test func bounce() throws {
        let original = mail("Message-ID: <o@x>\nSubject: Grüße\n\nbody\n")
        let bytes = try report().message(
            to: try address("sender@x"), from: try address("postmaster@example.test"),
            date: MailDate(seconds: 1_795_392_900),
            unique: "u1", original: original, headersOnly: false)
        let message = ParsedMessage(bytes)
        let types = message.parts.map { "\($0.mediaType.type)/\($0.mediaType.subtype)" }
        #expect(types == ["multipart/report", "text/plain", "message/delivery-status", "message/rfc822", "text/plain"])
        #expect(message.root.mediaType.parameters["report-type"] == Array("delivery-status".utf8))
        #expect(message.header.decoded("In-Reply-To") == "<o@x>")
        #expect(message.header.decoded("Auto-Submitted") == "auto-replied")
        #expect(text(bytes[message.parts[3].bodyRange]) == text(original))
        #expect(
            text(bytes[message.parts[2].bodyRange])
                == text(
                    mail(
                        """
                        Original-Envelope-Id: QQ314159
                        Reporting-MTA: dns; mail.example.test
                        Arrival-Date: Mon, 23 Nov 2026 00:00:00 +0000

                        Original-Recipient: rfc822;old@example.org
                        Final-Recipient: rfc822; gone@example.org
                        Action: failed
                        Status: 5.1.1
                        Remote-MTA: dns; mx.example.org
                        Diagnostic-Code: smtp; 550 5.1.1 No such user
                        Last-Attempt-Date: Mon, 23 Nov 2026 00:13:46 +0000

                        """)))
    }

    @Test func bounceOfHeadersOnlyAndOfUTF8Addresses() throws {
        var report = try report()
        report.recipients[0].finalRecipient = try address("grün@example.org")
        let bytes = report.message(
            to: try address("s@x"), from: try address("p@x"), date: MailDate(seconds: 0), unique: "u",
            original: mail("A: b\n\nsecret\n"),
            headersOnly: true)
        let message = ParsedMessage(bytes)
        #expect(
            message.parts.map(\.mediaType.subtype) == ["report", "plain", "global-delivery-status", "rfc822-headers"])
        #expect(!text(bytes).contains("secret"))
        #expect(text(bytes).contains("Final-Recipient: utf-8; grün@example.org\r\n"))
    }
}
