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
                "LIST \"\" % RETURN (MYRIGHTS)",
                .list(
                    ListCommand(
                        reference: mailbox(""), patterns: [pattern("%")], returns: ListReturns(myRights: true),
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
}
