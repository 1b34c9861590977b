import MailMessage
import MailWire
import Testing

@testable import MailSessions
@testable import MailStore

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
    .init(pattern: "%a%b", matching: ["ab", "xaxb"], other: ["a/ab", "abx"]),
    .init(pattern: "*a*b*", matching: ["xxaxxbxx"], other: ["xxbxxaxx"]),
    .init(pattern: "*box", matching: ["INBOX", "a/box"], other: ["BOX"]),
    .init(pattern: "\u{e4}%", matching: ["\u{e4}\u{f6}"], other: ["\u{e4}/b"]),
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

    static let level = String(repeating: "a", count: 240)

    /// 64 patterns of 1,000 octets over 2,000 mailboxes of 1,000: days of comparing, if anybody did it.
    @Test func listBombEndsInARefusal() throws {
        let mailboxes = try (0..<2_000).map { number in
            let name = try #require(
                MailboxName(Array(repeating: Self.level, count: 4).joined(separator: "/") + "\(number)"))
            return Made.mailbox(name)
        }
        let list = MailboxList(mailboxes: mailboxes, subscriptions: [], namespaces: HiddenNamespaces([]))
        let bomb = Array((String(repeating: "*a", count: 498) + "*b").utf8)
        let command = ListCommand(
            reference: Made.reference,
            patterns: Array(repeating: ListPattern(bytes: bomb, encoding: .utf8), count: IMAPLimits.listPatterns))
        let start = ContinuousClock.now
        #expect(throws: IMAPFailure.self) { try list.list(command) }
        #expect(ContinuousClock.now - start < .seconds(30))
    }

    @Test func manyMailboxesAreNoBomb() throws {
        let mailboxes = try (0..<10_000).map { Made.mailbox(try #require(MailboxName("Folder \($0)/Something"))) }
        let list = MailboxList(mailboxes: mailboxes, subscriptions: [], namespaces: HiddenNamespaces([]))
        let command = ListCommand(
            reference: Made.reference, patterns: ["%", "*"].map { ListPattern(bytes: Array($0.utf8), encoding: .utf8) })
        #expect(try list.list(command).count == 10_000)
    }
}

private enum Made {
    static let reference = WireMailbox(bytes: [], encoding: .utf8)

    static func mailbox(_ name: MailboxName) -> SeenMailbox {
        let info = MailboxInfo(
            id: MailboxID(1), name: name, role: nil, uidValidity: 1, uidNext: .first, highestModSeq: .zero,
            total: 0, unseen: 0, deleted: 0, bytes: 0, subscribed: false, hasChildren: false)
        return SeenMailbox(name: name, info: info, owner: AccountID(1), rights: .all, hasChildren: false)
    }
}
