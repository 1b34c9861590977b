import MailMessage
import Testing

@testable import MailWire

@Suite("IMAP commands")
struct IMAPCommandTests {
    @Test(
        "without arguments",
        arguments: [
            CommandRow("CAPABILITY", .capability), CommandRow("noop", .noop), CommandRow("Logout", .logout),
            CommandRow("STARTTLS", .startTLS), CommandRow("NAMESPACE", .namespace), CommandRow("IDLE", .idle),
            CommandRow("CHECK", .check), CommandRow("CLOSE", .close), CommandRow("UNSELECT", .unselect),
            CommandRow("EXPUNGE", .expunge), CommandRow("UNAUTHENTICATE", .unauthenticate),
        ])
    func bare(row: CommandRow) throws {
        try expectCommand(row)
        expectRefusal(RefusalRow(row.text + " x", .invalid, Self.extra(row.text)))
        expectRefusal(RefusalRow(row.text + " ", .invalid, Self.extra(row.text)))
    }

    private static func extra(_ text: String) -> String {
        "Syntax error at byte \(text.utf8.count + 4): expected the end of the line"
    }

    @Test(
        "about the session",
        arguments: [
            CommandRow("ID NIL", .id(nil)),
            CommandRow("id ()", .id([])),
            CommandRow(
                "ID (\"name\" \"mutt\" \"os\" NIL)",
                .id([
                    IDField(name: Array("name".utf8), value: Array("mutt".utf8)),
                    IDField(name: Array("os".utf8), value: nil),
                ])),
            CommandRow(
                "AUTHENTICATE plain", .authenticate(AuthenticateCommand(mechanism: "PLAIN", initialResponse: nil))),
            CommandRow(
                "AUTHENTICATE PLAIN AGEAYg==",
                .authenticate(AuthenticateCommand(mechanism: "PLAIN", initialResponse: Array("AGEAYg==".utf8)))),
            CommandRow("AUTHENTICATE X =", .authenticate(AuthenticateCommand(mechanism: "X", initialResponse: []))),
            CommandRow("LOGIN anna secret", login("anna", "secret")),
            CommandRow("LOGIN \"an\\\"na\" \"\\\\ \"", login("an\"na", "\\ ")),
            CommandRow("LOGIN anna@example.test] \"p\u{e4}ss\"", login("anna@example.test]", "p\u{e4}ss")),
            CommandRow("LOGIN {4}\r\nanna {3+}\r\na)b", login("anna", "a)b")),
            CommandRow("LOGIN {0}\r\n \"\"", login("", "")),
            CommandRow("ENABLE imap4rev2", .enable(["IMAP4REV2"])),
            CommandRow("ENABLE CONDSTORE UTF8=ACCEPT", .enable(["CONDSTORE", "UTF8=ACCEPT"])),
        ])
    func session(row: CommandRow) throws { try expectCommand(row) }

    private static func login(_ user: String, _ password: String) -> IMAPCommand.Body {
        .login(LoginCommand(user: Array(user.utf8), password: Array(password.utf8)))
    }

    @Test(
        "about mailboxes",
        arguments: [
            CommandRow("SELECT inbox", .select(SelectCommand(mailbox: mailbox("inbox"), condstore: false))),
            CommandRow("SELECT \"a b\" (CONDSTORE)", .select(SelectCommand(mailbox: mailbox("a b"), condstore: true))),
            CommandRow(
                "SELECT x (QRESYNC (67890007 20050715194045000))",
                .select(resync(QuickResync(uidValidity: 67_890_007, modSeq: modSeq(20_050_715_194_045_000))))),
            CommandRow(
                "select x (condstore qresync (1 0 41,43:211))",
                .select(resync(QuickResync(uidValidity: 1, modSeq: .zero, knownUIDs: uids((41, 41), (43, 211))), true))),
            CommandRow(
                "SELECT x (QRESYNC (1 7 9:3 (1,4:2 5,9:7)) CONDSTORE)",
                .select(
                    resync(
                        QuickResync(
                            uidValidity: 1, modSeq: modSeq(7), knownUIDs: uids((3, 9)),
                            match: SequenceMatch(
                                numbers: numberRanges((1, 1), (2, 4)), uids: uids((5, 5), (7, 9)).ranges)),
                        true))),
            CommandRow(
                "EXAMINE x (QRESYNC (4294967295 7 (1 5)))",
                .examine(
                    resync(
                        QuickResync(
                            uidValidity: .max, modSeq: modSeq(7),
                            match: SequenceMatch(numbers: numberRanges((1, 1)), uids: uids((5, 5)).ranges))))),
            CommandRow("EXAMINE {3}\r\na\\b", .examine(SelectCommand(mailbox: mailbox("a\\b"), condstore: false))),
            CommandRow("CREATE a/b", .create(CreateCommand(mailbox: mailbox("a/b"), useAttributes: []))),
            CommandRow(
                "CREATE Bin (USE (\\Trash \\Foo))",
                .create(CreateCommand(mailbox: mailbox("Bin"), useAttributes: ["\\Trash", "\\Foo"]))),
            CommandRow("CREATE x (USE ())", .create(CreateCommand(mailbox: mailbox("x"), useAttributes: []))),
            CommandRow("DELETE x", .delete(mailbox("x"))),
            CommandRow("RENAME a \"b c\"", .rename(from: mailbox("a"), to: mailbox("b c"))),
            CommandRow("SUBSCRIBE &AOQ-", .subscribe(mailbox("&AOQ-"))),
            CommandRow("UNSUBSCRIBE x", .unsubscribe(mailbox("x"))),
            CommandRow("STATUS x (MESSAGES)", .status(mailbox("x"), [.messages])),
            CommandRow(
                "STATUS x (messages UIDNEXT UIDVALIDITY UNSEEN DELETED SIZE RECENT HIGHESTMODSEQ APPENDLIMIT SIZE)",
                .status(
                    mailbox("x"),
                    [
                        .messages, .uidNext, .uidValidity, .unseen, .deleted, .size, .recent, .highestModSeq,
                        .appendLimit,
                    ])),
            CommandRow("GETQUOTA \"\"", .getQuota(root: [])),
            CommandRow("GETQUOTAROOT INBOX", .getQuotaRoot(mailbox("INBOX"))),
            CommandRow("SETQUOTA \"\" ()", .setQuota(root: [], limits: [])),
            CommandRow("SETACL INBOX bo lrs", setACL("bo", .replace, [.lookUp, .read, .keepSeen])),
            CommandRow("setacl INBOX \"-bo\" +c", setACL("-bo", .add, [.createBelow, .deleteMailbox])),
            CommandRow("SETACL INBOX $physics -d", setACL("$physics", .remove, [.markDeleted, .expunge])),
            CommandRow("SETACL INBOX bo \"\"", setACL("bo", .replace, [])),
            CommandRow("DELETEACL INBOX bo", .deleteACL(mailbox("INBOX"), identifier: Array("bo".utf8))),
            CommandRow("GETACL x", .getACL(mailbox("x"))),
            CommandRow("LISTRIGHTS x bo@b.example", .listRights(mailbox("x"), identifier: Array("bo@b.example".utf8))),
            CommandRow("MYRIGHTS x", .myRights(mailbox("x"))),
            CommandRow(
                "SETQUOTA r (storage 512 MESSAGE 9223372036854775807)",
                .setQuota(
                    root: [0x72],
                    limits: [
                        QuotaResource(name: "STORAGE", limit: 512),
                        QuotaResource(name: "MESSAGE", limit: 9_223_372_036_854_775_807),
                    ])),
        ])
    func mailboxes(row: CommandRow) throws { try expectCommand(row) }

    private static func resync(_ resync: QuickResync, _ condstore: Bool = false) -> SelectCommand {
        SelectCommand(mailbox: mailbox("x"), condstore: condstore, qresync: resync)
    }

    private static func uids(_ ranges: (UInt32, UInt32)...) -> UIDSet {
        UIDSet(
            ranges: ranges.compactMap { low, high in
                guard let low = UID(low), let high = UID(high) else { return nil }
                return low...high
            })
    }

    private static func numberRanges(_ ranges: (UInt32, UInt32)...) -> [ClosedRange<SequenceNumber>] {
        ranges.compactMap { low, high in
            guard let low = SequenceNumber(low), let high = SequenceNumber(high) else { return nil }
            return low...high
        }
    }

    @Test(
        "about messages",
        arguments: [
            CommandRow("UID EXPUNGE 1:*", .uidExpunge(everything)),
            CommandRow("UIDBATCHES 2000", .uidBatches(UIDBatchesCommand(size: 2_000, batches: nil))),
            CommandRow("uidbatches 500 10:20", .uidBatches(UIDBatchesCommand(size: 500, batches: 10...20))),
            CommandRow("COPY 1 x", .copy(CopyCommand(uid: false, set: firstMessage, mailbox: mailbox("x")))),
            CommandRow("uid copy $ x", .copy(CopyCommand(uid: true, set: .saved, mailbox: mailbox("x")))),
            CommandRow(
                "MOVE 2:4,9 x",
                .move(CopyCommand(uid: false, set: numbers((2, 4), (9, 9)), mailbox: mailbox("x")))),
            CommandRow("UID MOVE 1 x", .move(CopyCommand(uid: true, set: firstMessage, mailbox: mailbox("x")))),
        ])
    func messages(row: CommandRow) throws { try expectCommand(row) }

    @Test(
        "STORE",
        arguments: [
            (false, "STORE 1 FLAGS ()", StoreCommand.Mode.replace, false, [], nil),
            (false, "STORE 1 FLAGS (  \\Seen   \\Draft )", .replace, false, [.system(.seen), .system(.draft)], nil),
            (false, "STORE 1 +FLAGS \\Seen", .add, false, [.system(.seen)], nil),
            (
                true, "UID STORE 1 -flags.silent (\\deleted \\DRAFT)", .remove, true,
                [.system(.deleted), .system(.draft)], nil
            ),
            (
                false, "STORE 1 +FLAGS \\Answered \\Flagged \\Answered", .add, false,
                [.system(.answered), .system(.flagged)], nil
            ),
            (
                true, "UID STORE 1 (UNCHANGEDSINCE 0) FLAGS.SILENT ($Junk)", .replace, true,
                [Keyword("$Junk").map(Flag.keyword)].compactMap { $0 }, 0
            ),
        ] as [(Bool, String, StoreCommand.Mode, Bool, [Flag], Int64?)])
    func store(
        uid: Bool, text: String, mode: StoreCommand.Mode, silent: Bool, flags: [Flag], since: Int64?
    ) throws {
        let wanted = StoreCommand(
            uid: uid, set: firstMessage, mode: mode, silent: silent, flags: flags,
            unchangedSince: since.flatMap(ModSeq.init))
        try expectCommand(CommandRow(text, .store(wanted)))
    }

    @Test(
        "APPEND up to its message",
        arguments: [
            ("APPEND x {5}\r\n", [], nil, LiteralHeader(size: 5, isSynchronizing: true)),
            ("APPEND x () {0+}\r\n", [], nil, LiteralHeader(size: 0, isSynchronizing: false)),
            (
                "APPEND x (\\Seen \\Recent) ~{7}\r\n", [.system(.seen)], nil,
                LiteralHeader(size: 7, isSynchronizing: true, isBinary: true)
            ),
            (
                "APPEND x \"17-Jul-1996 02:44:25 -0700\" {9}\r\n", [],
                IMAPDateTime(instant: 837_596_665, minutesEast: -420), LiteralHeader(size: 9, isSynchronizing: true)
            ),
            (
                "APPEND {1}\r\nx (\\Draft) \" 1-jan-1970 00:00:00 +0000\" {18446744073709551615+}\r\n",
                [.system(.draft)],
                IMAPDateTime(instant: 0), LiteralHeader(size: .max, isSynchronizing: false)
            ),
        ] as [(String, [Flag], IMAPDateTime?, LiteralHeader)])
    func append(text: String, flags: [Flag], date: IMAPDateTime?, literal: LiteralHeader) throws {
        let pieces: [AppendPiece] = [.message(flags: flags, date: date), .literal(literal, .text)]
        let wanted = AppendCommand(mailbox: mailbox("x"), pieces: pieces)
        try expectCommand(CommandRow(text, .append(wanted)))
    }

    @Test("names follow the connection's encoding")
    func encodings() throws {
        #expect(try parse("a DELETE \"\u{e4}\"").body == .delete(mailbox("\u{e4}")))
        #expect(mailbox("\u{e4}").text == nil)
        #expect(mailbox("\u{e4}").name == nil)
        #expect(mailbox("\u{e4}", .utf8).name == MailboxName("\u{e4}"))
        #expect(mailbox("&AOQ-").name == MailboxName("\u{e4}"))
        #expect(mailbox("&AOQ-", .utf8).name == MailboxName("&AOQ-"))
        #expect(mailbox("inbox/Sub").name?.text == "INBOX/Sub")
        #expect(mailbox("a/").name?.text == "a")
        #expect(mailbox("a//").name == nil)
        #expect(mailbox("").name == nil)
        #expect(try parse("a DELETE \"\u{e4}\"", .utf8).body == .delete(mailbox("\u{e4}", .utf8)))
    }
}

private func setACL(
    _ identifier: String, _ mode: SetACLCommand.Mode, _ rights: MailboxRights
) -> IMAPCommand.Body {
    .setACL(
        SetACLCommand(mailbox: mailbox("INBOX"), identifier: Array(identifier.utf8), mode: mode, rights: rights))
}
