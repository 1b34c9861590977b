/// Spans of time as people write them: `90s`, `30m`, `12h`, `7d`, `2w`, `1d12h`. No months and years: they have no length.
package enum SpanText {
    private static let units: [(letter: Character, seconds: Int)] = [
        ("w", 604_800), ("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1),
    ]
    private static let maximumDigits = 9

    /// Seconds; units from large to small, each once. ISO 8601's `P7D` and `PT12H` are understood as well.
    package static func parse(_ text: String) -> Int? {
        if text == "0" { return 0 }
        var rest = Swift.Substring(text.lowercased())
        if rest.first == "p" { rest = rest.dropFirst().filter { $0 != "t" }[...] }
        var total = 0
        var smallest = units.startIndex
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard (1...maximumDigits).contains(digits.count), let number = Int(digits) else { return nil }
            guard let letter = rest.dropFirst(digits.count).first,
                let unit = units[smallest...].firstIndex(where: { $0.letter == letter })
            else { return nil }
            total += number * units[unit].seconds
            smallest = unit + 1
            rest = rest.dropFirst(digits.count + 1)
        }
        return total
    }

    /// The shortest exact form: `1d12h`.
    package static func format(_ seconds: Int) -> String {
        guard seconds > 0 else { return "0s" }
        var left = seconds
        var result = ""
        for unit in units where left >= unit.seconds && (unit.letter != "w" || left % unit.seconds == 0) {
            result += "\(left / unit.seconds)\(unit.letter)"
            left %= unit.seconds
        }
        return result
    }
}
