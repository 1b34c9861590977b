import Testing

@testable import MailShared

@Suite struct HistogramTests {
    static let shapes = [HistogramShape.fine, .coarse, .long]

    /// At each bound, one below and one above: a bound belongs to the bucket below it.
    @Test(arguments: shapes)
    func boundsAreUpperBounds(_ shape: HistogramShape) throws {
        for bucket in 0..<shape.buckets - 1 {
            let bound = try #require(shape.bound(of: bucket))
            #expect(shape.bucket(of: bound - 1) == bucket)
            #expect(shape.bucket(of: bound) == bucket)
            #expect(shape.bucket(of: bound + 1) == bucket + 1)
        }
    }

    @Test(arguments: shapes)
    func theEnds(_ shape: HistogramShape) {
        #expect(shape.bucket(of: 0) == 0)
        #expect(shape.bucket(of: .max) == shape.buckets - 1)
        #expect(shape.bound(of: shape.buckets - 1) == nil)
        #expect(shape.bound(of: -1) == nil && shape.bound(of: shape.buckets) == nil)
    }

    @Test(arguments: shapes)
    func boundsRise(_ shape: HistogramShape) {
        let bounds = (0..<shape.buckets).compactMap { shape.bound(of: $0) }
        #expect(bounds.count == shape.buckets - 1)
        #expect(zip(bounds, bounds.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test(arguments: [
        (UInt64(0), "0"), (1, "0.000001"), (64, "0.000064"), (1_500_000, "1.5"), (2_000_000, "2"),
        (12_345_678, "12.345678"), (100_000, "0.1"), (.max, "18446744073709.551615"),
    ])
    func secondsAreExact(microseconds: UInt64, text: String) { #expect(PrometheusText.seconds(microseconds) == text) }

    @Test func allHistogramsHaveTheSameRoom() {
        for histogram in Histogram.allCases { #expect(histogram.shape.words == HistogramShape.fine.words) }
    }
}
