import MailMessage
import Testing

@testable import MailWire

@Suite("IMAP ESEARCH in several mailboxes")
struct IMAPMultiSearchTests {
    private static func command(
        _ sources: [MailboxFilter], _ returns: SearchReturns? = nil, charset: String? = nil, _ key: SearchKey = .all
    ) -> IMAPCommand.Body {
        .multiSearch(
            MultiSearchCommand(
                sources: sources, search: SearchCommand(uid: true, returns: returns, charset: charset, key: key)))
    }

    @Test(
        "sources",
        arguments: [
            CommandRow("ESEARCH ALL", command([.selected])),
            CommandRow(
                "ESEARCH RETURN (COUNT) CHARSET UTF-8 SEEN",
                command([.selected], .count, charset: "UTF-8", .flag(.seen))),
            CommandRow(
                "esearch in (inboxes PERSONAL subscribed selected) ALL",
                command([.inboxes, .personal, .subscribed, .selected])),
            CommandRow(
                "ESEARCH IN (mailboxes \"folder 1\" subtree (a/b c) subtree-one d) RETURN (MIN) SEEN",
                command(
                    [
                        .mailboxes([mailbox("folder 1")]), .subtree([mailbox("a/b"), mailbox("c")]),
                        .subtreeOne([mailbox("d")]),
                    ], .min, .flag(.seen))),
        ])
    func sources(row: CommandRow) throws { try expectCommand(row) }

    @Test(
        "refusals",
        arguments: [
            RefusalRow("ESEARCH", .incomplete, "The command ended where a space was expected"),
            RefusalRow("ESEARCH IN () ALL", .invalid, "Syntax error at byte 16: expected at least one of mailboxes"),
            RefusalRow(
                "ESEARCH IN (selected-delayed) ALL", .invalid, "Syntax error at byte 16: expected which mailboxes"),
            RefusalRow("ESEARCH IN (mailboxes) ALL", .invalid, "Syntax error at byte 25: expected a space"),
            RefusalRow(
                "ESEARCH IN (mailboxes ()) ALL", .invalid, "Syntax error at byte 27: expected at least one of mailboxes"
            ),
            RefusalRow(
                "ESEARCH IN (personal (depth 1)) ALL", .invalid, "Syntax error at byte 25: expected which mailboxes"),
            RefusalRow("ESEARCH IN (personal)", .incomplete, "The command ended where a space was expected"),
        ])
    func refusals(row: RefusalRow) { expectRefusal(row) }

    @Test func reply() {
        var writer = ReplyWriter()
        writer.esearch(tag: "t", mailbox: "folder 1", uidValidity: 7, SearchResult(all: [3...4]))
        #expect(
            String(decoding: writer.bytes, as: UTF8.self)
                == "* ESEARCH (TAG \"t\" MAILBOX \"folder 1\" UIDVALIDITY 7) UID ALL 3:4\r\n")
    }
}
