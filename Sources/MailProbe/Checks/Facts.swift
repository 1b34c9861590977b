internal import MailTool

/// What a finding rests on: named values, in order, for its sentences and for scripts.
package struct Facts: Sendable, Equatable {
    package private(set) var pairs: [(name: String, value: Fact)] = []

    package init(_ pairs: [(String, Fact)] = []) {
        for (name, value) in pairs { self[name] = value }
    }

    package subscript(name: String) -> Fact? {
        get { pairs.first { $0.name == name }?.value }
        set {
            pairs.removeAll { $0.name == name }
            if let newValue { pairs.append((name, newValue)) }
        }
    }

    package static func == (left: Facts, right: Facts) -> Bool {
        left.pairs.elementsEqual(right.pairs) { $0 == $1 }
    }
}

extension Facts {
    func mapTexts(_ change: (String) -> String) -> Facts {
        Facts(
            pairs.map { name, value in
                switch value {
                case .text(let text): (name, .text(change(text)))
                case .list(let items): (name, .list(items.map(change)))
                default: (name, value)
                }
            })
    }
}

extension Facts: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, Fact)...) { self.init(elements) }
}

package enum Fact: Sendable, Equatable {
    case text(String)
    case number(Int)
    case flag(Bool)
    case list([String])
    /// Tells people "1.5 s" and scripts 1500.
    case milliseconds(Int)
    /// Tells people "14.7 MB" and scripts the bytes.
    case bytes(Int)
    /// In the reader's language; for scripts in English.
    case words(Text)

    /// For people: whatever a server said, it does not speak to the terminal.
    func shown(in language: Language) -> String {
        switch self {
        case .text(let text): Printable.oneLine(text)
        case .number(let number): String(number)
        case .flag(let flag): FactWords.flag(flag)[language]
        case .list(let items): items.map(Printable.oneLine).joined(separator: ", ")
        case .milliseconds(let span): FactWords.seconds(span, language)
        case .bytes(let bytes): FactWords.size(bytes, language)
        case .words(let text): text[language]
        }
    }
}

private enum FactWords {
    static func flag(_ flag: Bool) -> Text { flag ? Text("yes", sv: "ja") : Text("no", sv: "nej") }

    static func seconds(_ milliseconds: Int, _ language: Language) -> String {
        "\(tenths(milliseconds, of: 1_000, language)) s"
    }

    /// Decimal units, as quotas have them.
    static func size(_ bytes: Int, _ language: Language) -> String {
        let units = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")]
        guard let (unit, name) = units.first(where: { bytes >= $0.0 }) else { return "\(bytes) B" }
        return "\(tenths(bytes, of: unit, language)) \(name)"
    }

    private static func tenths(_ value: Int, of unit: Int, _ language: Language) -> String {
        let whole = value / unit
        let tenth = value % unit * 10 / unit
        let point = language == .english ? "." : ","
        return tenth == 0 ? "\(whole)" : "\(whole)\(point)\(tenth)"
    }
}

extension Fact: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByStringInterpolation {
    package init(stringLiteral value: String) { self = .text(value) }
    package init(integerLiteral value: Int) { self = .number(value) }
}
