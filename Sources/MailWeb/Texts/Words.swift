/// The languages of the pages.
package enum Language: String, CaseIterable, Sendable {
    case english = "en"
    case swedish = "sv"

    /// What the browser wishes (RFC 9110 §12.5.4); nil: nothing we have. The list is short: a browser names a few.
    package init?(accepting header: String?) {
        let wishes = (header ?? "").split(separator: ",").prefix(20).compactMap(Self.wish)
        guard let best = wishes.max(by: { $0.weight < $1.weight }), best.weight > 0 else { return nil }
        self = best.language
    }

    private static func wish(_ text: Substring) -> (language: Language, weight: Double)? {
        let parts = text.split(separator: ";").map { $0.filter { $0 != " " } }
        guard let tag = parts.first?.lowercased().split(separator: "-").first,
            let language = Language(rawValue: String(tag))
        else { return nil }
        let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
        return (language, weight.isFinite ? weight : 0)
    }
}

/// Both languages of a text side by side, so that neither is forgotten: `words("Devices", "Enheter")`.
package struct Words: Sendable {
    package let language: Language

    package init(_ language: Language) { self.language = language }

    package func callAsFunction(_ english: String, _ swedish: String) -> String {
        language == .english ? english : swedish
    }

    /// `500 MB`, `1.2 GB`: in powers of ten, as the limits are set.
    func size(_ octets: Int64) -> String {
        let units = ["B", "kB", "MB", "GB", "TB"]
        var (value, unit) = (Double(max(0, octets)), 0)
        while value >= 999.5, unit < units.count - 1 { (value, unit) = (value / 1_000, unit + 1) }
        let rounded = value < 9.95 && unit > 0 ? (value * 10).rounded() / 10 : value.rounded()
        let digits = rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
        return (language == .english ? digits : digits.replacing(".", with: ",")) + "\u{a0}" + units[unit]
    }

    /// `100,000` or `100 000`.
    func number(_ value: Int64) -> String {
        let digits = String(value.magnitude)
        var groups: [Substring] = []
        var rest = digits[...]
        while rest.count > 3 {
            groups.append(rest.suffix(3))
            rest = rest.dropLast(3)
        }
        let text = ([rest] + groups.reversed()).joined(separator: language == .english ? "," : "\u{a0}")
        return value < 0 ? "\u{2212}" + text : text
    }
}
