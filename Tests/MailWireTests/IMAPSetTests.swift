import MailMessage
import Testing

@testable import MailWire

@Suite("IMAP sequence sets")
struct IMAPSetTests {
    private func set(_ text: String) throws -> SequenceSet {
        guard case .uidExpunge(let set) = try parse("a UID EXPUNGE " + text).body else { return .saved }
        return set
    }

    private func text(_ ranges: [ClosedRange<SequenceNumber>]?) -> String? {
        ranges?.map { "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: " ")
    }

    @Test(
        "as UIDs",
        arguments: [
            ("1", 10, "1"), ("9:2", 10, "2:9"), ("2:9", 10, "2:9"), ("*", 10, "10"), ("5:*", 10, "5:10"),
            ("*:5", 10, "5:10"),
            ("15:*", 10, "10:15"), ("1,2,3,7", 10, "1:3,7"), ("4294967295:1", 10, "1:4294967295"),
            ("7,1:3,2:5", 10, "1:5,7"),
            ("*:*", 10, "10"), ("*", 0, ""), ("1:*", 0, ""), ("3,1:*", 0, "3"),
        ] as [(String, UInt32, String)])
    func uids(text: String, last: UInt32, wanted: String) throws {
        #expect(try set(text).uids(last: UID(last))?.description == wanted)
    }

    @Test(
        "as message numbers, strictly and clamped",
        arguments: [
            ("1", 3, "1-1", "1-1"), ("3:1", 3, "1-3", "1-3"), ("*", 3, "3-3", "3-3"), ("2:*", 3, "2-3", "2-3"),
            ("4", 3, nil, ""),
            ("2:4", 3, nil, "2-3"), ("4:*", 3, nil, "3-3"), ("1,3", 3, "1-1 3-3", "1-1 3-3"),
            ("3,2,1", 3, "1-3", "1-3"),
            ("1:4294967295", 3, nil, "1-3"), ("*", 0, "", ""), ("1:*", 0, "", ""), ("1", 0, nil, ""),
            ("1:2", 0, nil, ""),
        ] as [(String, Int, String?, String)])
    func numbers(text: String, count: Int, strict: String?, clamped: String) throws {
        #expect(self.text(try set(text).sequenceNumbers(count: count)) == strict)
        #expect(self.text(try set(text).clampedSequenceNumbers(count: count)) == clamped)
    }

    @Test("$ has no numbers of its own")
    func saved() {
        #expect(SequenceSet.saved.uids(last: .last) == nil)
        #expect(SequenceSet.saved.sequenceNumbers(count: 5) == nil)
        #expect(SequenceSet.saved.clampedSequenceNumbers(count: 5) == nil)
    }
}
