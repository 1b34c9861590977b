import MailMessage
import Testing

@Suite struct BaseSubjectTests {
    private static let rows: [(subject: String, base: String, isReply: Bool)] = [
        ("", "", false), ("hello", "hello", false), ("  hello  world ", "hello world", false),
        ("Re: hello", "hello", true), ("RE:hello", "hello", true), ("re : hello", "hello", true),
        ("Fw: hello", "hello", true), ("FWD: hello", "hello", true), ("Fwd : Re: hello", "hello", true),
        ("Re[2]: hello", "hello", true), ("Re [list] : hello", "hello", true), ("Re: re: fw: hello", "hello", true),
        ("Regarding: hello", "Regarding: hello", false), ("fwdd: hello", "fwdd: hello", false),
        ("hello (fwd)", "hello", true), ("hello (fwd) (FWD)  ", "hello", true), ("(fwd)", "", true),
        ("(fwd) hello", "(fwd) hello", false),
        ("[list] hello", "hello", false), ("[list] [more]hello", "hello", false), ("[list] Re: hello", "hello", true),
        ("Re: [list] hello", "hello", true), ("[a] [b] Re: [c] hello", "hello", true),
        ("[list]", "[list]", false), ("[a][b]", "[b]", false), ("Re: [a]", "[a]", true),
        ("[list] [x", "[x", false), ("[a[b]] hello", "[a[b]] hello", false),
        ("[fwd: hello]", "hello", true), ("[Fwd: Re: hello (fwd)]", "hello", true),
        ("[fwd:[fwd:hello]]", "hello", true),
        ("Re: [fwd: hello]", "hello", true), ("[fwd: hello", "[fwd: hello", false), ("[fwd:]", "", true),
        ("[fwd: a] b]", "b]", false),
        ("=?utf-8?Q?Re:_h=C3=A9llo?=", "héllo", true), ("Re: =?utf-8?B?4pi6?= x", "☺ x", true),
        ("Re:\thello\t\tworld", "hello world", true), ("Re:", "", true), ("re", "re", false), ("Re: Re:", "", true),
        ("AW: hello", "AW: hello", false), ("Réunion: x", "Réunion: x", false),
    ]

    @Test("RFC 5256 §2.1", arguments: rows)
    func base(_ row: (subject: String, base: String, isReply: Bool)) {
        let found = BaseSubject(Array(row.subject.utf8))
        #expect(text(found.text) == row.base)
        #expect(found.isReplyOrForward == row.isReply)
    }

    @Test("subjects made to be slow take linear time")
    func hostile() {
        for piece in ["[a]", "[fwd:", "[", "re:[", "(fwd)", "[a] re[b]:", "re[a", "]"] {
            let start = ContinuousClock.now
            _ = BaseSubject(Array(String(repeating: piece, count: 200_000).utf8))
            #expect(ContinuousClock.now - start < .seconds(20), "\(piece)")
        }
    }
}
