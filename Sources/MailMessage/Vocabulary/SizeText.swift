/// Sizes as people write and read them: `500MB` is 500,000,000 bytes, `500MiB` is 524,288,000.
package enum SizeText {
    package struct Refusal: Error, Equatable, Sendable {
        package let message: String
    }

    private static let units: [(name: String, bytes: Int64)] = [
        ("B", 1), ("kB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000),
        ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("TiB", 1 << 40),
    ]
    private static let maximumDigits = 15

    /// A bare number means bytes; `500M` is refused, because it could mean either.
    package static func parse(_ text: String) throws(Refusal) -> Int64 {
        let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let unit = text.dropFirst(number.count).drop { $0 == " " }
        guard let amount = decimal(number) else { throw wrong(text) }
        guard let bytes = multiplier(unit) else { throw refusal(number: number, unit: String(unit), text: text) }
        let (product, overflow) = amount.units.multipliedReportingOverflow(by: bytes)
        guard !overflow, product % amount.scale == 0 else { throw wrong(text) }
        return product / amount.scale
    }

    private static func multiplier(_ unit: Swift.Substring) -> Int64? {
        if unit.isEmpty { return 1 }
        return units.first { $0.name.lowercased() == unit.lowercased() }?.bytes
    }

    private static func refusal(number: Swift.Substring, unit: String, text: String) -> Refusal {
        let letter = unit.uppercased()
        guard ["K", "M", "G", "T"].contains(letter) else { return wrong(text) }
        let decimal = letter == "K" ? "kB" : letter + "B"
        return Refusal(message: "\"\(text)\" is unclear: \(number)\(decimal) or \(number)\(letter)iB?")
    }

    private static func wrong(_ text: String) -> Refusal {
        Refusal(message: "\"\(text)\" is not a size such as \"500MB\" or \"2GiB\"")
    }

    /// `1.25` as 125 hundredths.
    private static func decimal(_ text: Swift.Substring) -> (units: Int64, scale: Int64)? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }), text.count <= maximumDigits,
            let units = Int64(parts.joined())
        else { return nil }
        let places = parts.count == 2 ? parts[1].count : 0
        return (units, (0..<places).reduce(1) { scale, _ in scale * 10 })
    }

    /// Three significant digits, decimal units: `489 MB`, `1.9 GB`, `82 B`.
    package static func format(_ bytes: Int64) -> String {
        let size = bytes.magnitude
        let sign = bytes < 0 ? "-" : ""
        var unit = ("B", UInt64(1))
        for next in [("kB", UInt64(1_000)), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000)]
        where size >= next.1 { unit = next }
        if unit.1 == 1 { return "\(sign)\(size) B" }
        if size / unit.1 >= 100 { return "\(sign)\(size / unit.1) \(unit.0)" }
        let tenths = size / (unit.1 / 10)
        return "\(sign)\(tenths / 10).\(tenths % 10) \(unit.0)"
    }

    /// The shortest exact form: `500MB`, `64KiB`, `1234B`.
    package static func exact(_ bytes: Int64) -> String {
        guard bytes > 0 else { return "\(bytes)B" }
        let fitting = units.filter { bytes % $0.bytes == 0 }.map { ("\(bytes / $0.bytes)", $0.name) }
        let best = fitting.min { ($0.0.count, $0.1.count) < ($1.0.count, $1.1.count) }
        return best.map { $0.0 + $0.1 } ?? "\(bytes)B"
    }
}
