import Testing

@testable import MailConfig

@Suite struct FilterTextTests {
    @Test(arguments: [
        ("zen.example.org", true), ("allow:list.example.net", true), ("zen.example.org=127.0.0.2-11", true),
        ("zen.example.org=127.0.0.2", true), ("_bl.example.org", true),
        ("", false), ("org", false), ("a..b", false), ("allow:", false), ("a b.example", false),
        ("zen.example.org=", false), ("zen.example.org=127.0.0", false), ("zen.example.org=127.0.0.11-2", false),
        ("zen.example.org=127.0.0.256", false), ("zen.example.org=127.0.0.2-", false),
        ("zen.example.org=127.0.0.1-2-3", false),
    ])
    func blockLists(_ text: String, _ isOne: Bool) {
        #expect((try? FilterText.blockList(text)) == (isOne ? text : nil))
    }

    @Test(arguments: [
        ("inet:127.0.0.1:11332", true), ("inet:filter.example.org:8891", true), ("inet:[::1]:8891", true),
        ("unix:/run/clamav/clamav-milter.ctl", true),
        ("", false), ("inet:127.0.0.1", false), ("inet::25", false), ("inet:a:0", false), ("inet:a:65536", false),
        ("inet:a b:25", false), ("unix:run/x", false), ("unix:/", false), ("127.0.0.1:11332", false),
        ("unix:/" + String(repeating: "x", count: 107), false),
    ])
    func milters(_ text: String, _ isOne: Bool) {
        #expect((try? FilterText.milter(text)) == (isOne ? text : nil))
    }

    @Test(arguments: [
        ("X-Spam: Yes", true), ("X-Spam:Yes", true), ("X-Spam", false), ("X-Spam:", false), ("X-Spam:  ", false),
        (": Yes", false), ("X Spam: Yes", false), ("", false),
    ])
    func fields(_ text: String, _ isOne: Bool) {
        #expect((try? FilterText.field(text)) == (isOne ? text : nil))
    }
}
