import MailMessage
import Testing

@testable import MailWire

@Suite("IMAP replies")
struct IMAPReplyTests {
    private func written(_ encoding: MailboxEncoding = .modifiedUTF7, _ write: (inout ReplyWriter) -> Void) -> String {
        var writer = ReplyWriter(encoding: encoding)
        write(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test(
        "numbers",
        arguments: [
            (0, "0"), (7, "7"), (10, "10"), (4_294_967_295, "4294967295"), (UInt64.max, "18446744073709551615"),
        ] as [(UInt64, String)])
    func numbers(value: UInt64, text: String) {
        #expect(written { $0.number(value) } == text)
        #expect(written { $0.number(Int64(-1)) } == "0")
    }

    @Test(
        "strings in whichever spelling fits",
        arguments: [
            ("", "\"\"", "\"\""), ("INBOX", "\"INBOX\"", "INBOX"), ("a b", "\"a b\"", "\"a b\""),
            ("nil", "\"nil\"", "\"nil\""),
            ("NILS", "\"NILS\"", "NILS"), ("a\"\\", "\"a\\\"\\\\\"", "\"a\\\"\\\\\""),
            ("a\r\nb", "{4}\r\na\r\nb", "{4}\r\na\r\nb"),
            ("a]", "\"a]\"", "a]"), ("50%", "\"50%\"", "\"50%\""), ("\u{e4}", "{2}\r\n\u{e4}", "{2}\r\n\u{e4}"),
            ("a\tb", "\"a\tb\"", "\"a\tb\""),
        ])
    func strings(text: String, string: String, astring: String) {
        #expect(written { $0.string(text) } == string)
        #expect(written { $0.astring(text) } == astring)
    }

    @Test("UTF-8 is quoted once the client has asked for it, and only if it is UTF-8")
    func utf8() {
        #expect(written(.utf8) { $0.string("\u{e4}") } == "\"\u{e4}\"")
        #expect(written(.utf8) { $0.mailbox("\u{e4}") } == "\"\u{e4}\"")
        #expect(written { $0.mailbox("\u{e4}") } == "&AOQ-")
        #expect(written { $0.mailbox("R&D x") } == "\"R&-D x\"")
        var writer = ReplyWriter(encoding: .utf8)
        writer.string([0xff])
        #expect(writer.bytes == Array("{1}\r\n".utf8) + [0xff])
    }

    @Test("long strings go as literals", arguments: [(1_000, "\""), (1_001, "{")])
    func longStrings(length: Int, start: Character) {
        #expect(written { $0.string(String(repeating: "a", count: length)) }.first == start)
        #expect(written { $0.nstring(nil) } == "NIL")
    }

    @Test("every string comes back as itself")
    func roundTrip() throws {
        for content: [UInt8] in [
            [], Array("NIL".utf8), Array("a\"\\ \r\n]{%*".utf8), [0x80, 0xff], Array("\u{e4}".utf8),
        ] {
            for encoding in [MailboxEncoding.modifiedUTF7, .utf8] {
                var writer = ReplyWriter(encoding: encoding)
                writer.raw("a LOGIN ")
                writer.astring(content)
                writer.raw(" x")
                #expect(try parse(writer.bytes, encoding).body == .login(LoginCommand(user: content, password: [0x78])))
            }
        }
    }

    @Test("status responses")
    func status() {
        #expect(written { $0.status(.ok, tag: "a1", "done") } == "a1 OK done\r\n")
        #expect(written { $0.status(.bye, "so\r\nlong\u{0}") } == "* BYE so  long \r\n")
        #expect(written { $0.status(.preauth, code: .alert, "hi") } == "* PREAUTH [ALERT] hi\r\n")
        #expect(written { $0.continuation("") } == "+ \r\n")
        let tooLong = IMAPSyntaxError(tag: "a", name: nil, reason: .limit, text: "x")
        #expect(written { $0.failure(tooLong) } == "a BAD [LIMIT] x\r\n")
        let wrong = IMAPSyntaxError(tag: nil, name: nil, reason: .invalid, text: "y")
        #expect(written { $0.failure(wrong) } == "* BAD y\r\n")
    }

    @Test(
        "response codes",
        arguments: [
            (.alert, "ALERT"), (.alreadyExists, "ALREADYEXISTS"), (.authenticationFailed, "AUTHENTICATIONFAILED"),
            (.authorizationFailed, "AUTHORIZATIONFAILED"), (.cannot, "CANNOT"), (.clientBug, "CLIENTBUG"),
            (.closed, "CLOSED"),
            (.contactAdmin, "CONTACTADMIN"), (.corruption, "CORRUPTION"), (.expired, "EXPIRED"),
            (.expungeIssued, "EXPUNGEISSUED"), (.hasChildren, "HASCHILDREN"), (.inUse, "INUSE"), (.limit, "LIMIT"),
            (.nonExistent, "NONEXISTENT"), (.noPermission, "NOPERM"), (.overQuota, "OVERQUOTA"), (.parse, "PARSE"),
            (.privacyRequired, "PRIVACYREQUIRED"), (.readOnly, "READ-ONLY"), (.readWrite, "READ-WRITE"),
            (.serverBug, "SERVERBUG"), (.tryCreate, "TRYCREATE"), (.uidNotSticky, "UIDNOTSTICKY"),
            (.unavailable, "UNAVAILABLE"), (.unknownCTE, "UNKNOWN-CTE"), (.notSaved, "NOTSAVED"),
            (.useAttribute, "USEATTR"),
            (.noModSeq, "NOMODSEQ"), (.tooBig, "TOOBIG"), (.appendLimit(50), "APPENDLIMIT 50"),
            (.badCharset([]), "BADCHARSET"), (.badCharset(["UTF-8", "x y"]), "BADCHARSET (UTF-8 \"x y\")"),
            (.capability(["IMAP4rev2", "AUTH=PLAIN"]), "CAPABILITY IMAP4rev2 AUTH=PLAIN"),
            (.uidValidity(3), "UIDVALIDITY 3"), (.uidNext(.last), "UIDNEXT 4294967295"),
            (.highestModSeq(modSeq(9)), "HIGHESTMODSEQ 9"),
            (.permanentFlags([], mayCreate: true), "PERMANENTFLAGS (\\*)"),
            (.permanentFlags([], mayCreate: false), "PERMANENTFLAGS ()"),
            (
                .permanentFlags([.system(.seen), .system(.deleted)], mayCreate: true),
                "PERMANENTFLAGS (\\Seen \\Deleted \\*)"
            ),
            (.modified([7...9, 12...12]), "MODIFIED 7:9,12"),
            (.appendUID(validity: 4, [.first]), "APPENDUID 4 1"),
            (
                .copyUID(validity: 4, source: [.first, .last], destination: UIDSet(.first ... .last)),
                "COPYUID 4 1,4294967295 1:4294967295"
            ),
        ] as [(ResponseCode, String)])
    func codes(code: ResponseCode, text: String) {
        #expect(written { $0.code(code) } == "[\(text)]")
    }

    @Test("counts and words")
    func short() throws {
        let junk = Flag.keyword(try keyword("$Junk"))
        let first = try #require(SequenceNumber(3))
        #expect(written { $0.exists(0) } == "* 0 EXISTS\r\n")
        #expect(written { $0.recent(12) } == "* 12 RECENT\r\n")
        #expect(written { $0.expunge(first) } == "* 3 EXPUNGE\r\n")
        #expect(written { $0.code(.unseen(first)) } == "[UNSEEN 3]")
        #expect(written { $0.flagsReply([.system(.seen), junk]) } == "* FLAGS (\\Seen $Junk)\r\n")
        #expect(written { $0.capability(["IMAP4rev1", "IDLE"]) } == "* CAPABILITY IMAP4rev1 IDLE\r\n")
        #expect(written { $0.enabled([]) } == "* ENABLED\r\n")
        #expect(written { $0.id(nil) } == "* ID NIL\r\n")
        let fields = [IDField(name: [0x61], value: nil), IDField(name: [0x62], value: [0x63])]
        #expect(written { $0.id(fields) } == "* ID (\"a\" NIL \"b\" \"c\")\r\n")
    }

    @Test("mailboxes")
    func mailboxes() {
        let plain = ListReply(mailbox: "INBOX", attributes: [.hasNoChildren])
        #expect(written { $0.list(plain) } == "* LIST (\\HasNoChildren) \"/\" INBOX\r\n")
        let full = ListReply(
            mailbox: "a b", separator: nil,
            attributes: [
                .nonExistent, .noSelect, .noInferiors, .hasChildren, .subscribed, .role(.trash), .role(.inbox),
            ],
            childInfo: ["SUBSCRIBED"], oldName: "\u{e4}")
        let attributes = "\\NonExistent \\Noselect \\Noinferiors \\HasChildren \\Subscribed \\Trash"
        let end = "(\"CHILDINFO\" (\"SUBSCRIBED\") \"OLDNAME\" (&AOQ-))\r\n"
        #expect(written { $0.list(full) } == "* LIST (\(attributes)) NIL \"a b\" \(end)")
        #expect(written { $0.lsub(ListReply(mailbox: "x")) } == "* LSUB () \"/\" x\r\n")
        #expect(
            written { $0.list(ListReply(mailbox: "", attributes: [.noSelect])) } == "* LIST (\\Noselect) \"/\" \"\"\r\n"
        )
        #expect(written { $0.list(ListReply(mailbox: "x", oldName: "y")) } == "* LIST () \"/\" x (\"OLDNAME\" (y))\r\n")
        #expect(
            written { $0.status(of: "x y", [(.messages, 3), (.appendLimit, nil)]) }
                == "* STATUS \"x y\" (MESSAGES 3 APPENDLIMIT NIL)\r\n")
        #expect(written { $0.namespace(personal: [("", "/")]) } == "* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n")
        #expect(
            written { $0.namespace(personal: [("", "/"), ("INBOX.", ".")], shared: [("#", nil)]) }
                == "* NAMESPACE ((\"\" \"/\")(\"INBOX.\" \".\")) NIL ((\"#\" NIL))\r\n")
        #expect(
            written { $0.quota(root: [], [QuotaResource(name: "STORAGE", usage: 10, limit: 512)]) }
                == "* QUOTA \"\" (STORAGE 10 512)\r\n")
        #expect(written { $0.quotaRoots(of: "INBOX", [[]]) } == "* QUOTAROOT INBOX \"\"\r\n")
        #expect(written { $0.quotaRoots(of: "INBOX", []) } == "* QUOTAROOT INBOX\r\n")
    }

    @Test("searches")
    func searches() {
        #expect(written { $0.search([]) } == "* SEARCH\r\n")
        #expect(
            written { $0.contextUpdate(tag: "B01", uid: true, .addTo, [5...6]) }
                == "* ESEARCH (TAG \"B01\") UID ADDTO (0 5:6)\r\n")
        #expect(
            written { $0.contextUpdate(tag: "B\"", uid: false, .removeFrom, [1...1, 3...3]) }
                == "* ESEARCH (TAG \"B\\\"\") REMOVEFROM (0 1,3)\r\n")
        #expect(written { $0.sort([5, 3, 4], modSeq: modSeq(9)) } == "* SORT 5 3 4 (MODSEQ 9)\r\n")
        for (range, found, text) in [
            (PartialRange(1, 3), [5...6, 2...2], "1:3 5:6,2"), (PartialRange(9, 7), [], "9:7 NIL"),
            (PartialRange(1, 100, isFromEnd: true), [7...7], "-1:-100 7"),
        ] as [(PartialRange, [ClosedRange<UInt32>], String)] {
            let result = SearchResult(partial: PartialResult(range: range, found: found))
            #expect(
                written { $0.esearch(tag: "a", uid: true, result) } == "* ESEARCH (TAG \"a\") UID PARTIAL (\(text))\r\n"
            )
        }
        #expect(written { $0.search([2, 84], modSeq: modSeq(9)) } == "* SEARCH 2 84 (MODSEQ 9)\r\n")
        #expect(written { $0.esearch(tag: "a\\", uid: false, SearchResult()) } == "* ESEARCH (TAG \"a\\\\\")\r\n")
        let result = SearchResult(min: 1, max: 9, all: [1...3, 9...9], count: 4, modSeq: modSeq(7))
        #expect(
            written { $0.esearch(tag: "a1", uid: true, result) }
                == "* ESEARCH (TAG \"a1\") UID MIN 1 MAX 9 COUNT 4 ALL 1:3,9 MODSEQ 7\r\n")
        #expect(
            written { $0.esearch(tag: "a", uid: false, SearchResult(all: [], count: 0)) }
                == "* ESEARCH (TAG \"a\") COUNT 0\r\n")
    }

    @Test("FETCH responses")
    func fetch() throws {
        var table = KeywordTable()
        table.set(try keyword("$Forwarded"), bit: 8)
        table.set(try keyword("Last"), bit: 61)
        let names = FlagNames(table)
        let message = try #require(SequenceNumber(12))
        let all = FlagBits.seen.union(FlagBits(rawValue: 1 << 8 | 1 << 61))
        #expect(
            written {
                $0.beginFetch(message, .first)
                $0.fetchUID(.first)
                $0.fetchFlags(all, names)
                $0.fetchInternalDate(0)
                $0.fetchSize(1_234)
                $0.fetchModSeq(modSeq(5))
                $0.fetchBinarySize([1, 2], 9)
                $0.endFetch()
            }
                == "* 12 FETCH (UID 1 FLAGS (\\Seen $Forwarded Last) INTERNALDATE \" 1-Jan-1970 00:00:00 +0000\""
                + " RFC822.SIZE 1234 MODSEQ (5) BINARY.SIZE[1.2] 9)\r\n")
        #expect(
            written {
                $0.beginFetch(message, .first)
                $0.fetchFlags([], names)
                $0.fetchFlags(FlagBits(rawValue: 1 << 30), names)
                $0.endFetch()
            } == "* 12 FETCH (FLAGS () FLAGS ())\r\n")
    }

    @Test("a literal that ends in a parenthesis is not the start of the list")
    func separatorBehindLiteral() throws {
        let message = try #require(SequenceNumber(1))
        #expect(
            written {
                $0.beginFetch(message, .first)
                $0.fetchName(.section(BodySection()))
                $0.literal(Array("(".utf8))
                $0.fetchUID(.first)
                $0.endFetch()
            } == "* 1 FETCH (BODY[] {1}\r\n( UID 1)\r\n")
    }

    @Test(
        "the names of what carries bytes",
        arguments: [
            ("BODY[]", "BODY[] "), ("BODY.PEEK[]", "BODY[] "), ("BODY[1.2.MIME]", "BODY[1.2.MIME] "),
            ("BODY[TEXT]<3.4>", "BODY[TEXT]<3> "), ("BODY[1]", "BODY[1] "), ("body[header]", "BODY[HEADER] "),
            ("BODY[HEADER.FIELDS (from \"a b\")]", "BODY[HEADER.FIELDS (from \"a b\")] "),
            ("BODY.PEEK[2.HEADER.FIELDS.NOT (X)]<0.9>", "BODY[2.HEADER.FIELDS.NOT (X)]<0> "), ("RFC822", "RFC822 "),
            ("RFC822.HEADER", "RFC822.HEADER "), ("RFC822.TEXT", "RFC822.TEXT "),
            ("BINARY.PEEK[1]<2.3>", "BINARY[1]<2> "),
            ("FLAGS", ""),
        ])
    func fetchNames(item: String, name: String) throws {
        guard case .fetch(let fetch) = try parse("a FETCH 1 " + item).body else { return fail("no FETCH") }
        let first = try #require(fetch.items.first)
        #expect(written { $0.fetchName(first) } == name)
    }

    @Test("ready-made pieces are copied as they are")
    func readyMade() throws {
        let message = try #require(SequenceNumber(1))
        let ready = Array("(NIL)".utf8)
        let text = ready.withUnsafeBytes { buffer in
            written {
                $0.beginFetch(message, .first)
                $0.fetchEnvelope(buffer)
                $0.fetchBody(buffer)
                $0.fetchBodyStructure(buffer)
                $0.endFetch()
            }
        }
        #expect(text == "* 1 FETCH (ENVELOPE (NIL) BODY (NIL) BODYSTRUCTURE (NIL))\r\n")
    }
}
