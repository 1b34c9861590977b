import Testing

@testable import MailMessage

@Suite struct SizeTextTests {
    @Test(
        arguments: [
            ("0", 0), ("1", 1), ("500MB", 500_000_000), ("500 MB", 500_000_000), ("500MiB", 524_288_000),
            ("1.5GB", 1_500_000_000),
            ("64kB", 64_000), ("64kib", 65_536), ("2TiB", 2_199_023_255_552), ("0.001kB", 1),
        ] as [(String, Int64)])
    func reads(_ text: String, _ bytes: Int64) throws {
        #expect(try SizeText.parse(text) == bytes)
    }

    @Test(arguments: [
        ("500M", "\"500M\" is unclear: 500MB or 500MiB?"), ("5k", "\"5k\" is unclear: 5kB or 5KiB?"),
        ("", "\"\" is not a size such as \"500MB\" or \"2GiB\""),
        ("-1MB", "\"-1MB\" is not a size such as \"500MB\" or \"2GiB\""),
        ("1.0005kB", "\"1.0005kB\" is not a size such as \"500MB\" or \"2GiB\""),
        ("9999999999TB", "\"9999999999TB\" is not a size such as \"500MB\" or \"2GiB\""),
        ("1..2MB", "\"1..2MB\" is not a size such as \"500MB\" or \"2GiB\""),
        ("MB", "\"MB\" is not a size such as \"500MB\" or \"2GiB\""),
    ])
    func refuses(_ text: String, _ message: String) {
        #expect(throws: SizeText.Refusal(message: message)) { try SizeText.parse(text) }
    }

    @Test(
        arguments: [
            (0, "0 B"), (82, "82 B"), (999, "999 B"), (1_000, "1.0 kB"), (18_200_000, "18.2 MB"),
            (489_012_345, "489 MB"),
            (1_950_000_000, "1.9 GB"), (-1_500, "-1.5 kB"), (Int64.max, "9223372 TB"), (Int64.min, "-9223372 TB"),
        ] as [(Int64, String)])
    func formats(_ bytes: Int64, _ text: String) { #expect(SizeText.format(bytes) == text) }

    @Test(
        arguments: [(500_000_000, "500MB"), (65_536, "64KiB"), (1_234, "1234B"), (0, "0B"), (1_000, "1kB")]
            as [(Int64, String)])
    func exact(_ bytes: Int64, _ text: String) throws {
        #expect(SizeText.exact(bytes) == text)
        #expect(try SizeText.parse(text) == bytes)
    }
}

@Suite struct SpanTextTests {
    @Test(arguments: [
        ("0", 0), ("30s", 30), ("5m", 300), ("1d12h", 129_600), ("2w", 1_209_600), ("P7D", 604_800), ("PT12H", 43_200),
        ("P1DT12H", 129_600), ("PT1M", 60), ("p1wt1m1s", 604_861),
    ])
    func reads(_ text: String, _ seconds: Int) { #expect(SpanText.parse(text) == seconds) }

    @Test(arguments: [
        "", "5", "5x", "5h1d", "5m5m", "-5s", "P", "1y", "99999999999s", "٣s",
        // In ISO 8601 this M is a month, and hours stand behind a T.
        "P1M", "P1MT1M", "P12H", "P30S", "PT1D", "PT", "P1DT", "P1DTT1H", "1dt12h",
    ])
    func refuses(_ text: String) { #expect(SpanText.parse(text) == nil) }

    @Test(arguments: [(0, "0s"), (90, "1m30s"), (86_400, "1d"), (604_800, "1w"), (691_200, "8d"), (129_600, "1d12h")])
    func formats(_ seconds: Int, _ text: String) {
        #expect(SpanText.format(seconds) == text)
        #expect(SpanText.parse(text) == seconds || seconds == 0)
    }
}
