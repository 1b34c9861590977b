/// Spans of time as people write them: `90s`, `30m`, `12h`, `7d`, `2w`, `1d12h`. No months and years: they have no length.
package enum SpanText {
    private typealias Unit = (letter: Character, seconds: Int)
    private static let dayUnits: [Unit] = [("w", 604_800), ("d", 86_400)]
    private static let clockUnits: [Unit] = [("h", 3_600), ("m", 60), ("s", 1)]
    private static let units = dayUnits + clockUnits
    private static let maximumDigits = 9

    /// Seconds; units from large to small, each once. ISO 8601's `P7D` and `PT12H` are understood as well.
    package static func parse(_ text: String) -> Int? {
        if text == "0" { return 0 }
        let words = text.lowercased()[...]
        return words.first == "p" ? iso(words.dropFirst()) : sum(of: words, units)
    }

    /// ISO 8601: hours and less stand behind a `T`; an `M` before it would be a month.
    private static func iso(_ text: Swift.Substring) -> Int? {
        guard let mark = text.firstIndex(of: "t") else { return sum(of: text, dayUnits) }
        let days = text[..<mark]
        guard let seconds = sum(of: text[mark...].dropFirst(), clockUnits) else { return nil }
        return days.isEmpty ? seconds : sum(of: days, dayUnits).map { $0 + seconds }
    }

    private static func sum(of text: Swift.Substring, _ units: [Unit]) -> Int? {
        var rest = text
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
