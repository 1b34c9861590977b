import MailMessage
import Testing

@Suite struct UIDSetTests {
    private func set(_ text: String) -> UIDSet {
        UIDSet(
            ranges: text.split(separator: ",").compactMap { part in
                let bounds = part.split(separator: ":").compactMap { UInt32($0) }.compactMap { UID($0) }
                guard let low = bounds.first, let high = bounds.last else { return nil }
                return low...high
            })
    }

    @Test(arguments: [
        ("1:10", "3:5", "3:5", "1:2,6:10"), ("1:10", "1:10", "1:10", ""), ("1:10", "11:20", "", "1:10"),
        ("5:10", "1:20", "5:10", ""), ("1:3,5:7,9:11", "2:10", "2:3,5:7,9:10", "1,11"),
        ("1:10", "1,3,5,7,9", "1,3,5,7,9", "2,4,6,8,10"), ("1:5,8", "5:8", "5,8", "1:4"), ("", "1:5", "", ""),
        ("1:5", "", "", "1:5"), ("4294967290:4294967295", "4294967295", "4294967295", "4294967290:4294967294"),
        ("1:4294967295", "1:4294967295", "1:4294967295", ""), ("2,4,6", "1:2,6:9", "2,6", "4"),
        ("1:3,7:9", "3:7", "3,7", "1:2,8:9"),
    ])
    func algebra(one: String, two: String, both: String, onlyOne: String) {
        #expect(set(one).intersection(set(two)).description == both)
        #expect(set(two).intersection(set(one)).description == both)
        #expect(set(one).subtracting(set(two)).description == onlyOne)
    }

    @Test(
        arguments: [
            ("1:3,5", 1, ["1-3", "5-5"]), ("1:3,5", 2, ["1-5"]), ("1,40,42", 32, ["1-1", "40-42"]), ("", 9, []),
        ] as [(String, UInt32, [String])])
    func stretches(text: String, gap: UInt32, expected: [String]) {
        #expect(set(text).stretches(over: gap).map { "\($0.lowerBound)-\($0.upperBound)" } == expected)
    }

    @Test(
        arguments: [
            (0..<2, "3:4"), (1..<4, "4,9:10"), (2..<3, "9"), (3..<99, "10:12"), (5..<9, "12"), (6..<9, ""), (0..<0, ""),
        ] as [(Range<Int>, String)])
    func members(places: Range<Int>, found: String) { #expect(set("3:4,9:12").members(places).description == found) }
}
