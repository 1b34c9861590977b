import MailMessage
import Testing

@testable import MailSessions

@Suite struct UIDBatchesTests {
    private let runs = UIDRuns([2, 3, 5, 8, 9, 10, 20].compactMap { UID($0) })

    @Test(
        arguments: [
            (3, 1...(.max), [[9, 20], [3, 8], [2, 2]]), (7, 1...(.max), [[2, 20]]), (8, 1...1, [[2, 20]]),
            (6, 1...(.max), [[3, 20], [2, 2]]), (3, 2...2, [[3, 8]]), (3, 3...9, [[2, 2]]), (3, 4...9, []),
            (1, 6...7, [[3, 3], [2, 2]]), (.max, (.max)...(.max), []),
        ] as [(UInt32, ClosedRange<UInt32>, [[UInt32]])])
    func batches(size: UInt32, wanted: ClosedRange<UInt32>, expected: [[UInt32]]) {
        #expect(runs.batches(of: size, wanted).map { [$0.lowerBound.value, $0.upperBound.value] } == expected)
    }

    @Test func nothingInNothing() { #expect(UIDRuns().batches(of: 500, 1...9).isEmpty) }

    /// As many messages in each as were asked for, whatever has gone.
    @Test func theyAreOfOneSize() {
        let many = UIDRuns((1...5_000).filter { $0 % 3 != 0 }.compactMap { UID($0) })
        let sizes = many.batches(of: 700, 1...(.max)).map { many.count(of: UIDSet($0)) }
        #expect(sizes == [700, 700, 700, 700, 534])
    }
}
