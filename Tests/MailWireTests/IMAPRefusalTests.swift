import Testing

@testable import MailWire

@Suite("IMAP commands that are refused")
struct IMAPRefusalTests {
    @Test(
        "unknown commands keep their tag",
        arguments: ["XYZZY", "LOGI", "LOGINX a b", "UID NOOP", "UID XYZZY 1", "AUTH"])
    func unknown(text: String) {
        expectRefusal(RefusalRow(text, .unknownCommand, "No such command"))
    }

    @Test(
        "without a tag there is none to answer with",
        arguments: [
            "", " NOOP", "+ NOOP", "(a NOOP", "a+b NOOP", "\u{e4} NOOP", "*", "\u{0} NOOP", "\"a\" NOOP", "{3}",
            String(repeating: "t", count: IMAPLimits.tagLength + 1) + " NOOP",
        ])
    func noTag(text: String) {
        #expect { try parse(text) } throws: { ($0 as? IMAPSyntaxError)?.tag == nil }
    }

    @Test("a tag alone, and a tag with nothing behind it", arguments: [("a1", "a space"), ("a1 ", "a command")])
    func tagOnly(text: String, expected: String) {
        let error = IMAPSyntaxError(
            tag: "a1", name: nil, reason: .incomplete, text: "The command ended where \(expected) was expected")
        #expect(throws: error) { try parse(text) }
    }

    @Test("tags up to the limit")
    func longestTag() throws {
        let tag = String(repeating: "t", count: IMAPLimits.tagLength)
        #expect(try parse(tag + " NOOP").tag == tag)
        #expect(try parse("]A.1-_ NOOP").tag == "]A.1-_")
    }

    @Test(
        "arguments that are missing",
        arguments: [
            ("LOGIN", "a space"), ("LOGIN ", "a user name"), ("LOGIN a", "a space"), ("LOGIN a ", "a password"),
            ("LOGIN a \"b", "a closing quote"), ("LOGIN a \"b\\", "a quote or a backslash behind a backslash"),
            ("LOGIN {3}\r\nab", "the rest of a literal"), ("AUTHENTICATE ", "a mechanism"),
            ("AUTHENTICATE PLAIN ", "an initial response in base64"), ("ENABLE", "a space"),
            ("ENABLE ", "a capability"),
            ("ENABLE A ", "a capability"), ("ID", "a space"), ("ID (", "a field name in quotes"),
            ("ID (\"a\"", "a space"), ("SELECT ", "a mailbox name"), ("SELECT a ", "an opening parenthesis"),
            ("SELECT a (QRESYNC (1 2", "a closing parenthesis"), ("SELECT a (QRESYNC (1", "a space"),
            ("UIDBATCHES 1 2", "a colon"),
            ("CREATE", "a space"), ("CREATE a (USE (", "a special use"), ("RENAME a", "a space"),
            ("RENAME a ", "a mailbox name"), ("LIST", "a space"), ("LIST \"\"", "a space"),
            ("LIST \"\" ", "a mailbox pattern"), ("LIST (", "a selection option"),
            ("LIST \"\" (a", "a space or a closing parenthesis"),
            ("LIST \"\" * ", "RETURN and a list"), ("LIST \"\" * RETURN (STATUS", "a space"),
            ("STATUS a", "a space"), ("STATUS a ", "an opening parenthesis"), ("STATUS a (", "a status item"),
            ("APPEND", "a space"), ("APPEND a", "a space"), ("APPEND a ", "a literal"),
            ("APPEND a {5", "a closing brace and a line end"),
            ("APPEND a () ", "a literal"), ("APPEND a \"", "a day"), ("SETQUOTA a (X ", "a quota limit"),
            ("UID", "a space"), ("UID ", "FETCH, STORE, SEARCH, SORT, THREAD, COPY, MOVE, EXPUNGE or REPLACE"),
            ("SETACL a", "a space"), ("SETACL a b", "a space"), ("SETACL a b ", "rights"),
            ("DELETEACL a ", "an identifier"), ("LISTRIGHTS a", "a space"), ("MYRIGHTS ", "a mailbox name"),
            ("FETCH ", "a message number"), ("FETCH 1", "a space"), ("FETCH 1 ", "a fetch item"),
            ("FETCH 1 (FLAGS", "a space or a closing parenthesis"), ("FETCH 1 BODY[", "HEADER, TEXT or MIME"),
            ("FETCH 1 BODY[1", "a dot or a closing bracket"), ("FETCH 1 BODY[TEXT", "a closing bracket"),
            ("FETCH 1 BODY[]<1", "a dot"), ("FETCH 1 BODY[]<1.", "a count"),
            ("FETCH 1 BODY[]<1.1", "a closing angle bracket"),
            ("FETCH 1 BODY.PEEK", "a section in brackets"), ("FETCH 1 BODY[HEADER.FIELDS", "a space"),
            ("FETCH 1 FLAGS (CHANGEDSINCE ", "a mod-sequence"), ("STORE 1", "a space"),
            ("STORE 1 ", "FLAGS, +FLAGS or -FLAGS"), ("STORE 1 FLAGS", "a space"), ("STORE 1 FLAGS ", "a keyword"),
            ("STORE 1 FLAGS \\", "a flag"), ("COPY 1", "a space"), ("COPY 1:", "a message number"),
            ("COPY 1,", "a message number"),
            ("SEARCH", "a space"), ("SEARCH ", "a search key"), ("SEARCH NOT", "a space"),
            ("SEARCH OR ALL ", "a search key"),
            ("SEARCH OR ALL", "a space"), ("SEARCH (ALL", "a space"),
            ("SEARCH SINCE 1-Jan-20", "a year of four digits"),
            ("SEARCH CHARSET UTF-8", "a space"), ("SEARCH RETURN (MIN)", "a space"),
        ])
    func missing(text: String, expected: String) {
        guard text != "SEARCH SINCE 1-Jan-20" else {
            return expectRefusal(RefusalRow(text, .invalid, "Syntax error at byte 23: expected \(expected)"))
        }
        expectRefusal(RefusalRow(text, .incomplete, "The command ended where \(expected) was expected"))
    }

    @Test(
        "arguments that are wrong",
        arguments: [
            ("NOOP  ", 8, "the end of the line"), ("  NOOP", 4, "a command"),
            ("LOGIN a b c", 13, "the end of the line"), ("LOGIN a  b", 12, "a password"),
            ("LOGIN (a) b", 10, "a user name"),
            ("LOGIN \"a\\x\" b", 13, "a quote or a backslash behind a backslash"),
            ("LOGIN \"a\u{0}\" b", 12, "a closing quote"),
            ("LOGIN \"a\r\n\" b", 12, "a closing quote"), ("LOGIN {1}\r\n\u{0} b", 10, "a literal without NUL"),
            ("LOGIN ~{1}\r\na b", 11, "a space"), ("LOGIN {a}\r\na b", 11, "the size of a literal"),
            ("LOGIN {1}a b", 12, "a closing brace and a line end"),
            ("LOGIN {99999999999999999999}\r\na", 11, "the size of a literal"),
            ("AUTHENTICATE PLAIN a b", 24, "the end of the line"),
            ("AUTHENTICATE PLAIN !", 23, "an initial response in base64"),
            ("ID (a \"b\")", 8, "a field name in quotes"), ("ID (\"a\" b)", 12, "a field value in quotes or NIL"),
            ("ID (\"a\" \"b\"\"c\" NIL)", 15, "a space or a closing parenthesis"),
            ("SELECT a%", 12, "the end of the line"), ("SELECT a (QRESYNC)", 21, "a space"),
            ("SELECT a ()", 14, "at least one of parameters"), ("SELECT a (FOO)", 14, "CONDSTORE or QRESYNC"),
            ("UIDBATCHES 0", 15, "a batch size"), ("UIDBATCHES 1 0:1", 17, "a batch number"),
            ("UIDBATCHES 1 2:1", 19, "the lower batch number first"), ("SELECT a (QRESYNC (0 1))", 23, "a UIDVALIDITY"),
            ("SELECT a (QRESYNC (1 2 1:*))", 27, "a set without *"),
            ("SELECT a (QRESYNC (1 2 $))", 27, "a set of numbers"),
            ("SELECT a (QRESYNC (1 2 (1 2 3)))", 31, "a closing parenthesis"),
            ("SELECT *", 11, "a mailbox name"),
            ("CREATE a (USE (Trash))", 19, "a special use"), ("CREATE a (USE (\\Trash)", 0, "a closing parenthesis"),
            ("LIST (FOO) \"\" *", 10, "SUBSCRIBED, REMOTE, RECURSIVEMATCH or SPECIAL-USE"),
            ("LIST (RECURSIVEMATCH) \"\" *", 9, "another option beside RECURSIVEMATCH"),
            ("LIST (RECURSIVEMATCH REMOTE) \"\" *", 9, "another option beside RECURSIVEMATCH"),
            ("LIST \"\" ()", 13, "at least one of patterns"),
            ("LIST \"\" * RETURN (FOO)", 22, "SUBSCRIBED, CHILDREN, SPECIAL-USE, MYRIGHTS, STATUS or METADATA"),
            ("LIST \"\" * RETURN (STATUS ())", 30, "at least one of status items"),
            ("LSUB \"\" (a)", 12, "a mailbox pattern"), ("LSUB \"\" * RETURN ()", 13, "the end of the line"),
            ("SETACL a b lrq", 15, "rights out of lrswipkxteacd"), ("SETACL a b LR", 15, "rights out of lrswipkxteacd"),
            ("SETACL a b +-", 15, "rights out of lrswipkxteacd"), ("SETACL a - l", 13, "the name of a user or a group"),
            ("DELETEACL a \"\"", 16, "the name of a user or a group"),
            ("LISTRIGHTS a \"b\u{7f}\"", 17, "the name of a user or a group"),
            ("STATUS a ()", 14, "at least one of status items"), ("STATUS a (FOO)", 14, "a status item"),
            ("STATUS a MESSAGES", 13, "an opening parenthesis"), ("STATUS a (SIZE,RECENT)", 14, "a status item"),
            ("APPEND a \"x\" {1}\r\n", 14, "a day"), ("APPEND a foo", 13, "a literal"),
            ("APPEND a {1}\r\nx", 18, "the end of the line"),
            ("APPEND a \"32-Jan-2026 00:00:00 +0000\" {1}\r\n", 14, "a day of the calendar"),
            ("APPEND a \"31-Jan-2026 24:00:00 +0000\" {1}\r\n", 26, "a time of day"),
            ("APPEND a \"31-Jan-2026 23:59:61 +0000\" {1}\r\n", 26, "a time of day"),
            ("APPEND a \"31-Jan-2026 23:59:60 +2400\" {1}\r\n", 35, "a zone"),
            ("APPEND a \"31-Jan-2026 23:59:60 CEST\" {1}\r\n", 35, "a zone such as +0100"),
            ("APPEND a \"31-Foo-2026 23:59:60 +0000\" {1}\r\n", 17, "a month such as Jan"),
            ("SETQUOTA a (STORAGE -1)", 24, "a quota limit"),
            ("SETQUOTA a (STORAGE 9223372036854775808)", 24, "a quota limit"),
            ("FETCH 0 FLAGS", 10, "a message number"), ("FETCH 4294967296 FLAGS", 10, "a message number"),
            ("FETCH 1:2:3 FLAGS", 13, "a space"), ("FETCH 1,,2 FLAGS", 12, "a message number"),
            ("FETCH $,1 FLAGS", 11, "a space"),
            ("FETCH 1 ()", 13, "at least one of fetch items"), ("FETCH 1 FOO", 12, "a fetch item"),
            ("FETCH 1 (ALL)", 13, "a fetch item"),
            ("FETCH 1 FLAGS[]", 17, "a space behind the fetch item"),
            ("FETCH 1 BODYSTRUCTURE[]", 25, "a space behind the fetch item"),
            ("FETCH 1 BODY[0]", 17, "a part number"), ("FETCH 1 BODY[1.0]", 19, "a part number"),
            ("FETCH 1 BODY[1.]", 19, "HEADER, TEXT or MIME"),
            ("FETCH 1 BODY[1..2]", 19, "HEADER, TEXT or MIME"), ("FETCH 1 BODY[.1]", 17, "HEADER, TEXT or MIME"),
            ("FETCH 1 BODY[MIME]", 17, "HEADER, TEXT or MIME"), ("FETCH 1 BODY[4294967296]", 17, "a part number"),
            ("FETCH 1 BODY[HEADER.FIELDS ()]", 32, "at least one of header fields"),
            ("FETCH 1 BODY[]<0.0>", 21, "a count above zero"),
            ("FETCH 1 BODY[]<5>", 20, "a dot"), ("FETCH 1 BINARY[TEXT]", 19, "a closing bracket"),
            ("FETCH 1 FLAGS (UNCHANGEDSINCE 1)", 19, "CHANGEDSINCE or VANISHED"),
            ("FETCH 1 FLAGS (CHANGEDSINCE 9223372036854775808)", 32, "a mod-sequence"),
            ("STORE 1 FLAGS \\Recent", 18, "a flag that clients may set"),
            ("STORE 1 FLAGS (\\Foo)", 19, "a flag that clients may set"),
            ("STORE 1 FLAGS (\\*)", 20, "a flag"), ("STORE 1 =FLAGS ()", 12, "FLAGS, +FLAGS or -FLAGS"),
            ("STORE 1 (UNCHANGEDSINCE) FLAGS ()", 12, "(UNCHANGEDSINCE"), ("STORE 1 FLAGS.SILENTLY ()", 24, "a space"),
            ("STORE 1 FLAGS (a]b)", 20, "a space or a closing parenthesis"),
            ("COPY x y", 9, "a message number"), ("MOVE 1 (x)", 11, "a mailbox name"),
            ("SEARCH ()", 12, "a search key"), ("SEARCH ALL)", 14, "a parenthesis that was opened"),
            ("SEARCH (OR ALL)", 18, "a parenthesis that was opened"), ("SEARCH (NOT)", 15, "a space"),
            ("SEARCH (FUZZY)", 17, "a space"),
            ("SEARCH FOO", 11, "a search key"), ("SEARCH ALL  ALL", 15, "a search key"),
            ("SEARCH LARGER x", 18, "a size"),
            ("SEARCH ON 30-Feb-2026", 14, "a day of the calendar"), ("SEARCH ON 001-Jan-2026", 14, "a day"),
            ("SEARCH RETURN (FOO) ALL", 19, "MIN, MAX, ALL, COUNT, SAVE, PARTIAL, UPDATE, CONTEXT or RELEVANCY"),
            ("SEARCH RETURN (RELEVANCY) ALL", 33, "FUZZY, which RELEVANCY needs"),
            ("SORT (RELEVANCY) UTF-8 ALL", 30, "FUZZY, which RELEVANCY needs"),
            ("SEARCH KEYWORD \\Seen", 19, "a keyword"),
            ("SEARCH MODSEQ \"/flags/x\" foo 1", 29, "priv, shared or all"),
        ])
    func wrong(text: String, byte: Int, expected: String) {
        if byte == 0 {
            return expectRefusal(RefusalRow(text, .incomplete, "The command ended where \(expected) was expected"))
        }
        expectRefusal(RefusalRow(text, .invalid, "Syntax error at byte \(byte): expected \(expected)"))
    }

    @Test("bytes that are no UTF-8 between quotes")
    func invalidUTF8() {
        for bytes: [UInt8] in [[0xff], [0xc3], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80]] {
            let text = Array("a1 LOGIN \"".utf8) + bytes + Array("\" b".utf8)
            let message = "Syntax error at byte 10: expected UTF-8 between quotes"
            #expect(throws: IMAPSyntaxError(tag: "a1", name: "LOGIN", reason: .invalid, text: message)) {
                try parse(text)
            }
        }
    }

    @Test(
        "named limits at the limit and one beyond",
        arguments: [
            ("FETCH ", "1", ",", IMAPLimits.sequenceRanges, " FLAGS", "at most 5000 ranges in a set"),
            ("STORE 1 FLAGS (", "a", " ", IMAPLimits.flags, ")", "at most 256 of flags"),
            ("STORE 1 FLAGS ", "a", " ", IMAPLimits.flags, "", "fewer flags"),
            ("FETCH 1 (", "UID", " ", IMAPLimits.fetchItems, ")", "at most 256 of fetch items"),
            (
                "FETCH 1 BODY[HEADER.FIELDS (", "a", " ", IMAPLimits.headerFieldNames, ")]",
                "at most 256 of header fields"
            ),
            ("FETCH 1 BODY[", "1", ".", IMAPLimits.sectionDepth, "]", "a shorter section"),
            ("LIST \"\" (", "*", " ", IMAPLimits.listPatterns, ")", "at most 64 of patterns"),
            ("LIST \"\" ", "*", "", IMAPLimits.listPatternLength, "", "a shorter pattern"),
            ("ID (", "\"a\" NIL", " ", IMAPLimits.idFields, ")", "at most 30 of fields"),
            ("ENABLE ", "X", " ", IMAPLimits.enableNames, "", "fewer capabilities"),
            ("CREATE x (USE (", "\\A", " ", IMAPLimits.useAttributes, "))", "at most 16 of special uses"),
            ("SETQUOTA x (", "A 1", " ", IMAPLimits.quotaResources, ")", "at most 16 of quota resources"),
            ("STORE 1 FLAGS ", "k", "", 64, "", "a keyword of at most 64 bytes"),
            ("SEARCH ", "NOT", " ", IMAPLimits.searchDepth, " ALL", "at most 100 search keys inside each other"),
        ])
    func limits(start: String, element: String, joint: String, limit: Int, end: String, expected: String) throws {
        func text(_ count: Int) -> String {
            "a1 " + start + [String](repeating: element, count: count).joined(separator: joint) + end
        }
        _ = try parse(text(limit - 1))
        _ = try parse(text(limit))
        do throws(IMAPSyntaxError) {
            _ = try parse(text(limit + 1))
            Issue.record("was taken")
        } catch {
            #expect(error.reason == .limit)
            #expect(error.text.hasSuffix("expected " + expected))
        }
    }
}
