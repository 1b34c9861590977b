import MailMessage
import MailWire
import Testing

@testable import MailSessions
@testable import MailStore

private struct Letter {
    var subject = "s"
    var from = "a@b"
    var to = "a@b"
    var cc = "a@b"
    var size: Int64 = 1
    var received: EpochSeconds = 1
    var sent: EpochSeconds?
}

private func order(_ criteria: [SortCriterion], _ letters: [Letter]) -> [UInt32] {
    var table = SortTable(criteria)
    for (index, letter) in letters.enumerated() {
        let head = "Subject: \(letter.subject)\r\nFrom: \(letter.from)\r\nTo: \(letter.to)\r\nCc: \(letter.cc)\r\n\r\n"
        guard let uid = UID(UInt32(index + 1)) else { continue }
        ParsedMessage(Array(head.utf8)).envelopeText.withUnsafeBytes { envelope in
            table.add(
                OrderedRow(
                    uid: uid, size: letter.size, receivedAt: letter.received, sentAt: letter.sent, envelope: envelope,
                    references: nil))
        }
    }
    return table.sorted()
}

@Suite struct IMAPSortTests {
    @Test func numbers() {
        let letters = [
            Letter(size: 5, received: 30, sent: 9), Letter(size: 7, received: -20, sent: nil),
            Letter(size: 5, received: 10, sent: -4),
        ]
        #expect(order([.init(.arrival)], letters) == [2, 3, 1])
        #expect(order([.init(.arrival, isReversed: true)], letters) == [1, 3, 2])
        #expect(order([.init(.date)], letters) == [2, 3, 1])
        #expect(order([.init(.size)], letters) == [1, 3, 2])
        #expect(order([.init(.size, isReversed: true)], letters) == [2, 1, 3])
        #expect(order([.init(.size), .init(.arrival)], letters) == [3, 1, 2])
        #expect(order([.init(.size), .init(.arrival, isReversed: true)], letters) == [1, 3, 2])
    }

    @Test("texts, by i;unicode-casemap")
    func texts() {
        let subjects = ["Re: banana", "[l] apple", "", "BANANA split", "=?utf-8?Q?=C3=84pfel?=", "äpfel", "Zebra", "b"]
        let letters = subjects.map { Letter(subject: $0) }
        #expect(order([.init(.subject)], letters) == [3, 2, 5, 6, 8, 1, 4, 7])
        #expect(order([.init(.subject, isReversed: true)], letters) == [7, 4, 1, 8, 5, 6, 2, 3])
        // Longer than what is compared at once.
        let long = ["equal start b", "equal start a", "equal start"].map { Letter(subject: $0) }
        #expect(order([.init(.subject)], long) == [3, 2, 1])
        #expect(order([.init(.subject, isReversed: true)], long) == [1, 2, 3])
    }

    @Test func addresses() {
        let letters = [
            Letter(from: "Zoe <a@x>", to: "friends: q@x;", cc: ""),
            Letter(from: "\"adam\" <z@x>, b@x", to: "M@y", cc: "k@x"),
            Letter(from: "M@x", to: "N@y", cc: "j@x"),
        ]
        #expect(order([.init(.from)], letters) == [1, 3, 2])
        #expect(order([.init(.displayFrom)], letters) == [2, 3, 1])
        #expect(order([.init(.to)], letters) == [1, 2, 3])
        #expect(order([.init(.displayTo, isReversed: true)], letters) == [3, 2, 1])
        #expect(order([.init(.cc)], letters) == [1, 3, 2])
    }

    @Test func equalsStayInMailboxOrder() {
        let letters = (0..<1_000).map { Letter(size: Int64($0 % 3)) }
        let sorted = order([.init(.size, isReversed: true)], letters)
        #expect(sorted.prefix(333).elementsEqual(stride(from: 3, to: 1_000, by: 3)))
    }
}
