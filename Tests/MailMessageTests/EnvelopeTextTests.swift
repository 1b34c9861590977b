import MailMessage
import Testing

@Suite struct EnvelopeTextTests {
    private static let long = String(repeating: "x", count: 1_500)

    /// What was written is read back, whatever stands in it.
    @Test func everyItem() {
        let message = mail(
            """
            Date: Sat, 28 Nov 2026 10:00:00 +0000
            Subject: a "quoted\\" (subject) \(Self.long)
            From: "Smith, \\"J\\"" <js@example.org>, plain@example.net
            To: friends: a@b, "c d"@e;, last@f
            Cc: Jörg <j@ö.example>
            In-Reply-To: <one@two>
            Message-ID: <three@four>

            """)
        let bytes = ParsedMessage(message).envelopeText
        bytes.withUnsafeBytes { buffer in
            let envelope = EnvelopeText(buffer)
            #expect(envelope.string(.date).map(text) == "Sat, 28 Nov 2026 10:00:00 +0000")
            #expect(envelope.string(.subject).map(text) == "a \"quoted\\\" (subject) " + Self.long)
            #expect(all(envelope, .from) == ["Smith, \"J\"|js|example.org", "|plain|example.net"])
            #expect(all(envelope, .sender) == all(envelope, .from))
            #expect(all(envelope, .to) == ["|friends|", "|a|b", "|c d|e", "|last|f"])
            #expect(all(envelope, .cc) == ["Jörg|j|ö.example"])
            #expect(all(envelope, .bcc).isEmpty)
            #expect(envelope.firstAddress(.to).map { text($0.local) } == "friends")
            #expect(envelope.string(.inReplyTo).map(text) == "<one@two>")
            #expect(envelope.string(.messageID).map(text) == "<three@four>")
        }
        for cut in 0..<min(bytes.count, 400) {
            bytes.prefix(cut).withUnsafeBytes { buffer in _ = all(EnvelopeText(buffer), .cc) }
        }
    }

    @Test(arguments: ["", "(", "()", "({5}\r\nab", "({99999999999999999999}\r\nab", "(\"", "(NIL NIL (((", "nonsense"])
    func damage(_ text: String) {
        Array(text.utf8).withUnsafeBytes { buffer in
            #expect(EnvelopeText(buffer).string(.subject) == nil)
            #expect(EnvelopeText(buffer).firstAddress(.from) == nil)
        }
    }

    private func all(_ envelope: EnvelopeText, _ item: EnvelopeText.Item) -> [String] {
        var found: [String] = []
        envelope.addresses(item) {
            found.append("\(text($0.name ?? []))|\(text($0.local))|\(text($0.domain))")
            return true
        }
        return found
    }
}
