import MailMessage
import Testing

@Suite struct MailboxNameTests {
    @Test(arguments: [
        ("a", ["a"]), ("a/b", ["a", "b"]), ("inbox/a", ["INBOX", "a"]), ("A/inbox", ["A", "inbox"]),
        // A combining mark behind the separator does not hide it.
        ("a/\u{301}b", ["a", "\u{301}b"]), ("a\u{301}/b", ["a\u{301}", "b"]), ("a/\u{200d}b", ["a", "\u{200d}b"]),
    ])
    func components(text: String, expected: [String]) {
        #expect(MailboxName(text)?.components == expected)
        #expect(MailboxName(text).map { MailboxName($0.text) } == MailboxName(text))
    }

    @Test(arguments: ["", "/", "a/", "/a", "a//b", "a*", "%", "a/..", ".", "a\u{0}", "a\u{7f}", "a\u{2028}"])
    func noName(text: String) { #expect(MailboxName(text) == nil) }

    /// Two names with one text would be two mailboxes that no client can tell apart.
    @Test func noComponentHoldsASeparator() {
        #expect(MailboxName(components: ["a/b"]) == nil)
        #expect(MailboxName(components: ["a", "/\u{301}"]) == nil)
        #expect(MailboxName("a")?.appending("b/c") == nil)
    }
}
