import MailMessage
import Testing

@testable import MailWire

@Suite("IMAP NOTIFY")
struct IMAPNotifyTests {
    private static func set(_ groups: NotifyGroup..., status: Bool = false, unknown: Bool = false) -> IMAPCommand.Body {
        .notify(.set(NotifyRequest(wantsStatus: status, groups: groups, namesUnknownEvent: unknown)))
    }

    private static let both: NotifyEvents = [.messageNew, .messageExpunge]

    @Test(
        "commands",
        arguments: [
            CommandRow("NOTIFY NONE", .notify(.nothing)),
            CommandRow("notify set (selected none)", set(NotifyGroup(.selected(isDelayed: false)))),
            CommandRow(
                "NOTIFY SET STATUS (SELECTED-DELAYED (MessageNew MessageExpunge FlagChange))",
                set(NotifyGroup(.selected(isDelayed: true), .message), status: true)),
            CommandRow(
                "NOTIFY SET (selected (MessageNew (UID BODY.PEEK[HEADER.FIELDS (From)]) MessageExpunge))",
                set(
                    NotifyGroup(
                        .selected(isDelayed: false), both,
                        fetchItems: [
                            .uid, .section(BodySection(content: .headerFields([Array("From".utf8)]), peek: true)),
                        ]))),
            CommandRow(
                "NOTIFY SET (inboxes (MESSAGENEW messageexpunge)) (personal (MailboxName SubscriptionChange)) "
                    + "(subscribed (MailboxMetadataChange ServerMetadataChange))",
                set(
                    NotifyGroup(.mailboxes(.inboxes), both),
                    NotifyGroup(.mailboxes(.personal), [.mailboxName, .subscriptionChange]),
                    NotifyGroup(.mailboxes(.subscribed), [.mailboxMetadataChange, .serverMetadataChange]))),
            CommandRow(
                "NOTIFY SET (subtree (a \"b c\") NONE) (subtree-one d NONE) (mailboxes {1+}\r\nm (MailboxName))",
                set(
                    NotifyGroup(.mailboxes(.subtree([mailbox("a"), mailbox("b c")]))),
                    NotifyGroup(.mailboxes(.subtreeOne([mailbox("d")]))),
                    NotifyGroup(.mailboxes(.mailboxes([mailbox("m")])), .mailboxName))),
            CommandRow(
                "NOTIFY SET (personal (MailboxName BreadToasted))",
                set(NotifyGroup(.mailboxes(.personal), .mailboxName), unknown: true)),
            CommandRow(
                "NOTIFY SET (personal (MessageNew MessageExpunge AnnotationChange))",
                set(NotifyGroup(.mailboxes(.personal), both), unknown: true)),
        ])
    func commands(row: CommandRow) throws { try expectCommand(row) }

    private static func at(_ byte: Int, _ expected: String) -> String {
        "Syntax error at byte \(byte): expected \(expected)"
    }

    @Test(
        "refusals",
        arguments: [
            RefusalRow("NOTIFY", .incomplete, "The command ended where a space was expected"),
            RefusalRow("NOTIFY ADD", .invalid, at(11, "SET or NONE")),
            RefusalRow("NOTIFY NONE x", .invalid, at(15, "the end of the line")),
            RefusalRow("NOTIFY SET", .incomplete, "The command ended where a space was expected"),
            RefusalRow("NOTIFY SET QUICK (selected NONE)", .invalid, at(15, "STATUS or an event group")),
            RefusalRow("NOTIFY SET STATUS", .incomplete, "The command ended where a space was expected"),
            RefusalRow("NOTIFY SET (everywhere NONE)", .invalid, at(16, "which mailboxes")),
            RefusalRow("NOTIFY SET (personal)", .invalid, at(24, "a space")),
            RefusalRow("NOTIFY SET (personal ALL)", .invalid, at(25, "NONE or events in parentheses")),
            RefusalRow("NOTIFY SET (personal ())", .invalid, at(26, "at least one of events")),
            RefusalRow("NOTIFY SET (mailboxes () NONE)", .invalid, at(27, "at least one of mailboxes")),
            RefusalRow(
                "NOTIFY SET (personal NONE", .incomplete,
                "The command ended where a closing parenthesis behind the events was expected"),
            RefusalRow(
                "NOTIFY SET (selected NONE) (selected-delayed NONE)", .invalid,
                at(32, "SELECTED or SELECTED-DELAYED only once")),
            RefusalRow(
                "NOTIFY SET (selected (MailboxName))", .invalid, at(25, "only message events of the selected mailbox")),
            RefusalRow(
                "NOTIFY SET (personal (MessageNew))", .invalid, at(25, "MessageNew and MessageExpunge together")),
            RefusalRow(
                "NOTIFY SET (personal (MessageExpunge FlagChange))", .invalid,
                at(25, "MessageNew and MessageExpunge together")),
            RefusalRow(
                "NOTIFY SET (personal (FlagChange))", .invalid,
                at(25, "MessageNew and MessageExpunge beside FlagChange and AnnotationChange")),
            RefusalRow(
                "NOTIFY SET (personal (AnnotationChange))", .invalid,
                at(25, "MessageNew and MessageExpunge beside FlagChange and AnnotationChange")),
            RefusalRow(
                "NOTIFY SET (personal (MessageNew (UID) MessageExpunge))", .invalid,
                at(37, "fetch items only for the selected mailbox")),
            RefusalRow(
                "NOTIFY SET (selected (MessageNew (NOTHING) MessageExpunge))", .invalid, at(38, "a fetch item")),
            RefusalRow(
                "NOTIFY SET" + String(repeating: " (personal NONE)", count: 101), .limit,
                "Too much at byte 1615: expected at most 100 of event groups"),
            RefusalRow(
                "NOTIFY SET (personal (" + String(repeating: "x ", count: 33) + "))", .limit,
                "Too much at byte 90: expected at most 32 of events"),
        ])
    func refusals(row: RefusalRow) { expectRefusal(row) }

    /// RFC 5465 §7.
    @Test(
        "UPDATE with fetch items",
        arguments: [
            CommandRow(
                "UID SEARCH RETURN (COUNT UPDATE (UID FLAGS)) ALL",
                .search(
                    SearchCommand(
                        uid: true, returns: [.count, .update], key: .all, updateItems: [.uid, .flags]))),
            CommandRow(
                "SEARCH RETURN (UPDATE COUNT) ALL",
                .search(SearchCommand(uid: false, returns: [.count, .update], key: .all))),
        ])
    func update(row: CommandRow) throws { try expectCommand(row) }

    @Test func codes() {
        var writer = ReplyWriter()
        writer.status(.no, tag: "a", code: .badEvent(["MessageNew", "MailboxName"]), "No")
        writer.status(.ok, code: .notificationOverflow, "Too much")
        writer.list(ListReply(mailbox: "b", attributes: [.noAccess]))
        #expect(
            String(decoding: writer.bytes, as: UTF8.self)
                == "a NO [BADEVENT (MessageNew MailboxName)] No\r\n* OK [NOTIFICATIONOVERFLOW] Too much\r\n"
                + "* LIST (\\NoAccess) \"/\" b\r\n")
    }
}
