import MailMessage
import Testing

@testable import MailSessions

struct MailboxPatternRow: Sendable, CustomTestStringConvertible {
    let pattern: String
    let matching: [String]
    let other: [String]
    var testDescription: String { pattern }
}

private let mailboxPatternRows: [MailboxPatternRow] = [
    .init(pattern: "*", matching: ["INBOX", "a", "a/b/c"], other: []),
    .init(pattern: "%", matching: ["INBOX", "a"], other: ["a/b", "INBOX/b"]),
    .init(pattern: "a/%", matching: ["a/b", "a/ccc"], other: ["a", "a/b/c", "b/a"]),
    .init(pattern: "a/*", matching: ["a/b", "a/b/c"], other: ["a", "ab/c"]),
    .init(pattern: "a*", matching: ["a", "ab/c", "a/b/c"], other: ["b/a"]),
    .init(pattern: "*a", matching: ["a", "b/a", "aaa", "ba/ca"], other: ["ab", "a/b"]),
    .init(pattern: "%/%", matching: ["a/b"], other: ["a", "a/b/c"]),
    .init(pattern: "%b%c", matching: ["bc", "abbc", "abxc"], other: ["b/c", "abc/c"]),
    .init(pattern: "*/%b", matching: ["a/b", "a/b/cb", "a/x/b"], other: ["b", "a/b/c"]),
    .init(pattern: "inbox", matching: ["INBOX"], other: ["INBOX/a", "inboxes"]),
    .init(pattern: "InBoX/%", matching: ["INBOX/a"], other: ["INBOX", "INBOX/a/b"]),
    .init(pattern: "i%", matching: ["INBOX", "ideas"], other: ["Ideas"]),
    .init(pattern: "Sent", matching: ["Sent"], other: ["sent", "Sent/a"]),
    .init(pattern: "", matching: [], other: ["a"]),
    .init(pattern: "%%%%*", matching: ["a", "a/b"], other: []),
    .init(pattern: "a%*%b", matching: ["ab", "a/x/b"], other: ["b", "a"]),
]

@Suite struct IMAPMailboxPatternTests {
    @Test(arguments: mailboxPatternRows) func wildcards(row: MailboxPatternRow) throws {
        let pattern = MailboxPattern(row.pattern)
        for text in row.matching { #expect(pattern.matches(try #require(MailboxName(text))), "\(text)") }
        for text in row.other { #expect(!pattern.matches(try #require(MailboxName(text))), "\(text)") }
    }

    @Test func hostilePatternIsCheap() throws {
        let name = try #require(
            MailboxName(String(repeating: "a", count: 250) + "/" + String(repeating: "a", count: 250)))
        let bomb = String(repeating: "%a*a", count: 200) + "b"
        let start = ContinuousClock.now
        for _ in 0..<100 { #expect(!MailboxPattern(bomb).matches(name)) }
        #expect(ContinuousClock.now - start < .seconds(5))
    }
}
