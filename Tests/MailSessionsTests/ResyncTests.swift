import MailMessage
import MailWire
import Testing

@testable import MailSessions

/// What of a client's memory has gone (RFC 7162 §3.2.5): UIDs as ranges.
@Suite struct ResyncTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        var known: [ClosedRange<UInt32>]? = nil
        var remembered: [ClosedRange<UInt32>]?
        var numbers: [ClosedRange<UInt32>] = []
        var uids: [ClosedRange<UInt32>] = []
        let gone: [ClosedRange<UInt32>]
        var testDescription: String { name }
    }

    /// There are 1, 3, 6 and 10 of what once were 1 to 12.
    private static let present: [UInt32] = [1, 3, 6, 10]

    @Test(arguments: [
        Row(name: "all it remembers", remembered: [2...2, 4...5], gone: [2...2, 4...5]),
        Row(name: "of what is known", known: [1...4, 12...12], remembered: [2...2, 4...5], gone: [2...2, 4...4]),
        Row(name: "never what is there", remembered: [2...6], gone: [2...2, 4...5]),
        Row(name: "nothing", remembered: [], gone: []),
        Row(name: "a memory needs no proof", remembered: [2...2], numbers: [4...4], uids: [10...10], gone: [2...2]),
        Row(name: "forgotten", remembered: nil, gone: [2...2, 4...5, 7...9, 11...12]),
        Row(name: "forgotten, of what is known", known: [3...8], remembered: nil, gone: [4...5, 7...8]),
        Row(name: "proof for all", remembered: nil, numbers: [4...4], uids: [10...10], gone: [11...12]),
        Row(
            name: "proof up to the third", remembered: nil, numbers: [1...1, 3...4], uids: [1...1, 6...7],
            gone: [7...9, 11...12]),
        Row(
            name: "inside a range", remembered: nil, numbers: [1...9], uids: [1...9],
            gone: [2...2, 4...5, 7...9, 11...12]),
        Row(name: "no proof", remembered: nil, numbers: [2...2], uids: [2...2], gone: [2...2, 4...5, 7...9, 11...12]),
        Row(
            name: "sets of different length", remembered: nil, numbers: [1...2], uids: [1...1],
            gone: [2...2, 4...5, 7...9, 11...12]),
        Row(
            name: "a proof beyond the end", remembered: nil, numbers: [1...(.max)], uids: [1...(.max)],
            gone: [2...2, 4...5, 7...9, 11...12]),
    ])
    func gone(row: Row) throws {
        let known = row.known.map(set)
        let match =
            row.numbers.isEmpty
            ? nil
            : SequenceMatch(
                numbers: row.numbers.compactMap { range in
                    guard let low = SequenceNumber(range.lowerBound), let high = SequenceNumber(range.upperBound)
                    else { return nil }
                    return low...high
                }, uids: set(row.uids).ranges)
        let gone = Resync(known: known, match: match).gone(
            remembered: row.remembered.map(set), present: UIDRuns(Self.present.compactMap { UID($0) }),
            uidNext: try #require(UID(13)))
        #expect(gone == set(row.gone))
    }

    /// RFC 7162 §3.2.5: an empty mailbox that never had a message means an empty set.
    @Test func nothingEverWas() {
        #expect(Resync(known: nil).gone(remembered: nil, present: UIDRuns(), uidNext: .first).isEmpty)
    }

    private func set(_ ranges: [ClosedRange<UInt32>]) -> UIDSet {
        UIDSet(
            ranges: ranges.compactMap { range in
                guard let low = UID(range.lowerBound), let high = UID(range.upperBound) else { return nil }
                return low...high
            })
    }
}
