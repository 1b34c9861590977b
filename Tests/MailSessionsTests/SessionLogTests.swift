import Testing

@testable import MailSessions

@Suite struct SessionLogTests {
    @Test(arguments: [
        ("plain", "plain"), ("a@example.test", "a@example.test"), ("two words", "\"two words\""), ("", "\"\""),
        ("a\"b\\c", #""a\"b\\c""#), ("x\r\nev=login", #""x\u{d}\u{a}ev=login""#), ("k=v", "\"k=v\""),
        ("\u{7f}\u{85}\u{2028}", #""\u{7f}\u{85}\u{2028}""#), ("smörgås", "\"smörgås\""),
    ])
    func values(raw: String, written: String) { #expect(SessionLog.escaped(raw) == written) }

    @Test func lines() {
        let line = SessionLog.line(
            service: "imap", "auth_fail", peer: "192.0.2.1", [("user", "a b"), ("reason", "badpw")])
        #expect(line == #"svc=imap ip=192.0.2.1 ev=auth_fail user="a b" reason=badpw"#)
        let long = String(repeating: "x", count: SessionLog.maximumValueLength + 1)
        #expect(SessionLog.escaped(long).count == SessionLog.maximumValueLength)
    }
}
