import MailMessage
import Testing

@testable import MailWire

@Suite("IMAP LIST")
struct IMAPListTests {
    @Test(
        "commands",
        arguments: [
            CommandRow("LIST \"\" *", .list(ListCommand(reference: mailbox(""), patterns: [pattern("*")]))),
            CommandRow("LIST \"a/\" %", .list(ListCommand(reference: mailbox("a/"), patterns: [pattern("%")]))),
            CommandRow("LSUB \"\" \"a b\"", .lsub(ListCommand(reference: mailbox(""), patterns: [pattern("a b")]))),
            CommandRow("LSUB x {2+}\r\n*]", .lsub(ListCommand(reference: mailbox("x"), patterns: [pattern("*]")]))),
            CommandRow(
                "LIST () \"\" *", .list(ListCommand(reference: mailbox(""), patterns: [pattern("*")], isExtended: true))
            ),
            CommandRow(
                "LIST (SUBSCRIBED remote RECURSIVEMATCH SPECIAL-USE) \"\" (INBOX \"a b/%\")",
                .list(
                    ListCommand(
                        reference: mailbox(""), patterns: [pattern("INBOX"), pattern("a b/%")],
                        selection: [.subscribed, .remote, .recursiveMatch, .specialUse], isExtended: true))),
            CommandRow(
                "LIST \"\" % return (SUBSCRIBED CHILDREN SPECIAL-USE STATUS (MESSAGES UNSEEN))",
                .list(
                    ListCommand(
                        reference: mailbox(""), patterns: [pattern("%")],
                        returns: ListReturns(
                            subscribed: true, children: true, specialUse: true, status: [.messages, .unseen]),
                        isExtended: true))),
            CommandRow(
                "LIST \"\" % RETURN ()",
                .list(ListCommand(reference: mailbox(""), patterns: [pattern("%")], isExtended: true))),
            CommandRow(
                "LIST (RECURSIVEMATCH SPECIAL-USE) \"\" %",
                .list(
                    ListCommand(
                        reference: mailbox(""), patterns: [pattern("%")], selection: [.recursiveMatch, .specialUse],
                        isExtended: true))),
        ])
    func commands(row: CommandRow) throws { try expectCommand(row) }

    @Test(
        "asking for the separator",
        arguments: [
            ("LIST \"\" \"\"", true), ("LIST x \"\"", true), ("LIST \"\" x", false), ("LIST () \"\" \"\"", false),
            ("LIST \"\" (\"\")", false),
        ])
    func separator(text: String, asks: Bool) throws {
        guard case .list(let list) = try parse("a " + text).body else { return fail("no LIST") }
        #expect(list.asksForSeparator == asks)
    }

    @Test(
        "patterns",
        arguments: [
            ("*", "a/b/c", true), ("%", "a", true), ("%", "a/b", false), ("a/%", "a/b", true), ("a/%", "a", false),
            ("a/%", "a/b/c", false), ("a*", "a", true), ("a*", "a/b", true), ("a%", "ab", true), ("a%", "a/b", false),
            ("%/%", "a/b", true), ("%/%", "a", false), ("*c", "a/b/c", true), ("%c", "a/c", false), ("%*", "a/b", true),
            ("*%", "a/b", true), ("*/c%", "a/b/cd", true), ("%b*d", "ab/cd", true), ("%b%d", "ab/cd", false),
            ("", "", true),
            ("", "a", false), ("a", "", false), ("*a*b*", "xxaxxbxx", true), ("*a*b*", "xxbxxaxx", false),
            ("%a%b", "a/ab", false),
            ("a/%/c", "a/b/c", true), ("a/%/c", "a/c", false), ("Inbox", "INBOX", true), ("in%", "INBOX", true),
            ("inbox/%", "INBOX/a", true), ("*box", "INBOX", true), ("inbox/A", "INBOX/a", false),
            ("inboxes", "INBOXES", false),
            ("sent", "Sent", false), ("\u{e4}%", "\u{e4}\u{f6}", true),
        ])
    func matches(pattern: String, name: String, matches: Bool) {
        #expect(ListPattern(text: pattern).matches(name) == matches)
    }

    @Test("patterns in the connection's encoding, and other separators")
    func encodings() {
        #expect(pattern("&AOQ-%").matches("\u{e4}x"))
        #expect(!pattern("&AOQ").matches("\u{e4}"))
        #expect(ListPattern(bytes: Array("\u{e4}".utf8), encoding: .utf8).matches("\u{e4}"))
        #expect(ListPattern(text: "INBOX.%").matches("INBOX.a", separator: "."))
        #expect(!ListPattern(text: "%").matches("INBOX.a", separator: "."))
    }

    @Test("a bomb of stars costs its product and no more", .timeLimit(.minutes(1)))
    func bomb() {
        let stars = ListPattern(text: String(repeating: "*a%", count: 333) + "b")
        for _ in 0..<3 { #expect(!stars.matches(String(repeating: "a", count: 1_000))) }
    }
}
