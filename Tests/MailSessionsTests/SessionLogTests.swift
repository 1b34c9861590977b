import Logging
import Testing

@testable import MailSessions

@Suite struct SessionLogTests {
    @Test(arguments: [
        ("plain", "plain"), ("a@example.test", "a@example.test"), ("two words", "\"two words\""), ("", "\"\""),
        ("a\"b\\c", #""a\"b\\c""#), ("x\r\nev=login", #""x\u{d}\u{a}ev=login""#), ("k=v", "\"k=v\""),
        ("\u{7f}\u{85}\u{2028}", #""\u{7f}\u{85}\u{2028}""#), ("smörgås", "\"smörgås\""),
        ("\u{0}\u{1b}[2J", #""\u{0}\u{1b}[2J""#), ("a\u{2029}b\u{202e}c", #""a\u{2029}b\u{202e}c""#),
        ("\u{200f}\u{2066}\u{feff}\u{61c}", #""\u{200f}\u{2066}\u{feff}\u{61c}""#), ("-", "-"),
    ])
    func values(raw: String, written: String) { #expect(LogText.escaped(raw) == written) }

    @Test func lines() {
        let record = LogRecord(
            service: "imap", peer: "192.0.2.1", event: "auth_fail", fields: [("user", "a b"), ("reason", "badpw")],
            numbers: [("secs", 3)])
        #expect("\(record)" == #"svc=imap ip=192.0.2.1 ev=auth_fail user="a b" reason=badpw secs=3"#)
        #expect("\(LogRecord(service: "server", peer: "-", event: "reloaded"))" == "svc=server ip=- ev=reloaded")
    }

    @Test(arguments: [(255, 255), (256, 256), (257, 256), (100_000, 256)])
    func longValuesAreCut(given: Int, kept: Int) {
        #expect(LogText.escaped(String(repeating: "x", count: given)).utf8.count == kept)
        // In the middle of a character: what is left of it is still no control.
        #expect(LogText.escaped(String(repeating: "ö", count: given)).utf8.count <= 2 * LogText.maximumValueLength)
    }

    @Test(arguments: [
        ("auth_fail", Logger.Level.notice), ("refused", .notice), ("tls_fail", .notice), ("limit", .notice),
        ("login", .info), ("delivered", .info), ("end", .info), ("connect", .debug),
    ])
    func levels(event: String, level: Logger.Level) {
        let book = LogBook()
        SessionLog(book.logger, service: "imap").event(event, peer: "192.0.2.1")
        #expect(book.entries.map(\.level) == [level])
    }

    @Test func problemsAreErrors() {
        let book = LogBook()
        SessionLog(book.logger, service: "imap").problem("failed", peer: "-", [("cause", "disk\nfull")])
        #expect(book.lines == [#"svc=imap ip=- ev=failed cause="disk\u{a}full""#])
        #expect(book.entries.map(\.level) == [.error])
    }
}
