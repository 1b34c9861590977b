import MailMessage
import Testing

@testable import MailSessions

@Suite struct IMAPHiddenNamespaceTests {
    private let spaces = HiddenNamespaces.standard

    @Test(arguments: [
        ("INBOX", ["INBOX"]), ("inbox", ["INBOX"]), ("Sent", ["Sent"]),
        ("INBOX.Sent", ["INBOX.Sent", "Sent"]),
        ("inbox.Sent", ["inbox.Sent", "Sent"]),
        ("INBOX.a.b", ["INBOX.a.b", "a/b", "a.b"]),
        ("INBOX.INBOX", ["INBOX.INBOX", "INBOX"]),
        ("mail/Sent", ["mail/Sent", "Sent"]),
        ("~/mail/a/b", ["~/mail/a/b", "a/b"]),
        ("mailbox/a", ["mailbox/a"]), ("Mail/a", ["Mail/a"]), ("INBOX/a", ["INBOX/a"]),
        ("INBOX.", ["INBOX."]), ("mail/", []), ("a//b", []),
    ])
    func candidates(text: String, names: [String]) { #expect(spaces.candidates(for: text).map(\.text) == names) }

    @Test(arguments: [
        ("INBOX.new", [], "new"), ("INBOX.new.sub", [], "new/sub"), ("mail/new", [], "new"),
        ("mail/new", ["mail"], "mail/new"), ("INBOX/new", ["INBOX"], "INBOX/new"), ("plain/x", [], "plain/x"),
    ])
    func places(text: String, existing: [String], name: String) {
        #expect(spaces.place(for: text) { existing.contains($0.text) }?.text == name)
    }

    @Test func patternsAndSpellings() throws {
        let (prefix, rest) = try #require(spaces.split("INBOX.a.%"))
        #expect(prefix.text == "INBOX." && rest == "a.%" && prefix.realPattern(rest) == "a/%")
        #expect(prefix.spelling(of: try #require(MailboxName("a/b"))) == "INBOX.a.b")
        let (slashes, tail) = try #require(spaces.split("~/mail/*"))
        #expect(slashes.text == "~/mail/" && slashes.realPattern(tail) == "*")
        #expect(spaces.split("INBOX") == nil && HiddenPrefix("x") == nil && HiddenPrefix("/") == nil)
    }
}
