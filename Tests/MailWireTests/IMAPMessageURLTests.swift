import MailMessage
import Testing

@testable import MailWire

@Suite("URLs of messages")
struct IMAPMessageURLTests {
    private func url(_ text: String) -> MessageURL? { MessageURL(Array(text.utf8)) }

    @Test("what they name")
    func whole() throws {
        let text =
            "IMAP://anna%40example.test;AUTH=*@Mail.Example.test:993/A%20b/%C3%A4;UIDVALIDITY=7/;UID=20/;SECTION=1.2.MIME/;PARTIAL=3.9"
        let found = try #require(url(text))
        #expect(found.server == .init(user: "anna@example.test", host: "mail.example.test"))
        #expect(found.place == .absolute("A b/\u{e4}"))
        #expect(found.uidValidity == 7)
        #expect(found.uid == 20)
        let partial = Partial(offset: 3, count: 9)
        #expect(found.section == BodySection(path: [1, 2], content: .mime, partial: partial, peek: true))
    }

    @Test(
        "places and sections",
        arguments: [
            ("/INBOX/;UID=1", .absolute("INBOX"), BodySection(peek: true)),
            ("//h/a/;uid=1", .absolute("a"), BodySection(peek: true)),
            (";UID=1", .selected, BodySection(peek: true)),
            ("/;UID=1", .selected, BodySection(peek: true)),
            ("a/b/;UID=1", .relative("a/b"), BodySection(peek: true)),
            ("/a/;UID=1/;SECTION=HEADER", .absolute("a"), BodySection(content: .header, peek: true)),
            ("/a/;UID=1/;SECTION=3", .absolute("a"), BodySection(path: [3], peek: true)),
            ("/a/;UID=1/;SECTION=2.TEXT", .absolute("a"), BodySection(path: [2], content: .text, peek: true)),
            (
                "/a/;UID=1/;SECTION=HEADER.FIELDS%20(TO%20CC)", .absolute("a"),
                BodySection(content: .headerFields([Array("TO".utf8), Array("CC".utf8)]), peek: true)
            ),
            (
                "/a/;UID=1/;PARTIAL=5", .absolute("a"),
                BodySection(partial: Partial(offset: 5, count: .max), peek: true)
            ),
        ] as [(String, MessageURL.Place, BodySection)])
    func parts(text: String, place: MessageURL.Place, section: BodySection) throws {
        let found = try #require(url(text))
        #expect(found.place == place)
        #expect(found.section == section)
        #expect(found.uid == 1)
    }

    @Test(
        "what is none",
        arguments: [
            "", "/", "/INBOX", "/INBOX/;UID=", "/INBOX/;UID=0", "/INBOX/;UID=1;", "/INBOX/;UID=1/", "/INBOX/;UID=1/x",
            "/INBOX/;UID=4294967296", "/INBOX;UID=1;UIDVALIDITY=2", "/INBOX/;UID=1/;UID=2",
            "/INBOX;UIDVALIDITY=0/;UID=1",
            "/INBOX/;UID=1/;SECTION=", "/INBOX/;UID=1/;SECTION=MIME", "/INBOX/;UID=1/;SECTION=1]",
            "/INBOX/;UID=1/;PARTIAL=1.0", "/INBOX/;UID=1/;PARTIAL=1.2.3", "/INBOX/;UID=1/;PARTIAL=5/;SECTION=1",
            "/INBOX/;UID=1/;URLAUTH=anonymous", "/IN%4/;UID=1", "/%FF/;UID=1", "/a b/;UID=1", "/\u{e4}/;UID=1",
            "imap:/INBOX/;UID=1", "imap:///INBOX/;UID=1", "http://h/INBOX/;UID=1", "imap://h;UID=1",
        ])
    func none(text: String) {
        #expect(url(text) == nil)
    }

    @Test("as long as the limit and no longer", arguments: [(0, true), (1, false)])
    func longest(excess: Int, isTaken: Bool) {
        let name = String(repeating: "a", count: IMAPLimits.urlLength - "//;UID=1".utf8.count + excess)
        #expect((url("/\(name)/;UID=1") != nil) == isTaken)
    }

    @Test("messages and parts of one APPEND are counted", arguments: [(0, true), (1, false)])
    func counts(excess: Int, isTaken: Bool) {
        let parts = Array(repeating: "URL u", count: IMAPLimits.catenateParts + excess).joined(separator: " ")
        #expect(((try? parse("a APPEND x CATENATE (\(parts))")) != nil) == isTaken)
        // The session refuses one more than the limit.
        let messages = Array(repeating: "CATENATE (URL u)", count: IMAPLimits.appendMessages + 1 + excess)
        #expect(((try? parse("a APPEND x \(messages.joined(separator: " "))")) != nil) == isTaken)
    }
}
