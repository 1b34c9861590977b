import MailMessage
import Testing

@testable import MailWire

@Suite("Lines of flag lists")
struct FlagLineTests {
    private static let keywordLength = 60

    private func names() throws -> FlagNames {
        var table = KeywordTable()
        for bit in 8...61 {
            let name = "k\(bit)" + String(repeating: "x", count: Self.keywordLength)
            table.set(try #require(Keyword(name)), bit: bit)
        }
        return FlagNames(table)
    }

    /// The long way, piece by piece.
    private func plain(
        _ items: [FlagLine.Item], _ number: SequenceNumber, _ uid: UID, _ flags: FlagBits, _ isRecent: Bool,
        _ names: FlagNames, _ writer: inout ReplyWriter
    ) {
        writer.beginFetch(number, uid)
        for item in items {
            switch item {
            case .uid: writer.fetchUID(uid)
            case .flags: writer.fetchFlags(flags, names, isRecent: isRecent)
            }
        }
        writer.endFetch()
    }

    @Test(
        "the same octets as piece by piece",
        arguments: [[], [.uid], [.flags], [.uid, .flags], [.flags, .uid], [.flags, .flags, .uid]] as [[FlagLine.Item]],
        [false, true])
    func same(items: [FlagLine.Item], namesUIDs: Bool) throws {
        let names = try names()
        var line = FlagLine(items, names)
        var (short, long) = (ReplyWriter(), ReplyWriter())
        (short.namesUIDs, long.namesUIDs) = (namesUIDs, namesUIDs)
        var random = SystemRandomNumberGenerator()
        for digit in 0..<2_000 {
            let most = UInt32.max >> UInt32(digit % 32)
            let number = try #require(SequenceNumber(.random(in: 1...max(1, most), using: &random)))
            let uid = try #require(UID(.random(in: 1...max(1, most), using: &random)))
            let few = Int64.random(in: 0...31, using: &random)
            let flags = FlagBits(rawValue: digit % 3 == 0 ? .random(in: 0...(.max), using: &random) : few)
            let isRecent = Bool.random(using: &random)
            line.write(number, uid, flags, isRecent: isRecent, to: &short)
            plain(items, number, uid, flags, isRecent, names, &long)
            try #require(short.bytes == long.bytes)
            (short.bytes, long.bytes) = ([], [])
        }
    }
}
