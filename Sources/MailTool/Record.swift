/// One field of one record, as machines see it; `shown` is what people see in a table.
package struct Field: Sendable, Equatable {
    package let value: JSONValue
    package let shown: String
    /// Numbers stand right in a table.
    package let isRight: Bool

    private init(_ value: JSONValue, shown: String, isRight: Bool = false) {
        self.value = value
        self.shown = shown
        self.isRight = isRight
    }

    package static let none = Field(.null, shown: "–")

    package static func text(_ text: String?) -> Field {
        guard let text else { return .none }
        return Field(.text(text), shown: text.isEmpty ? "–" : text)
    }

    package static func number(_ number: Int64?, shown: String? = nil) -> Field {
        guard let number else { return Field(.null, shown: shown ?? "–", isRight: true) }
        return Field(.integer(number), shown: shown ?? String(number), isRight: true)
    }

    package static func flag(_ flag: Bool) -> Field { Field(.flag(flag), shown: flag ? "yes" : "no") }

    package static func time(_ seconds: Int64?) -> Field {
        guard let seconds else { return .none }
        return Field(.text(TimeText.machine(seconds)), shown: TimeText.human(seconds))
    }

    /// The same, where seconds matter to people too.
    package static func second(_ seconds: Int64?) -> Field {
        guard let seconds else { return .none }
        return Field(.text(TimeText.machine(seconds)), shown: TimeText.human(seconds, withSeconds: true))
    }

    package static func list(_ items: [String]) -> Field {
        Field(.list(items.map { .text($0) }), shown: items.isEmpty ? "–" : items.joined(separator: ", "))
    }

    /// For tsv, csv and `-0`: exact integers, empty for unknown, lists with commas.
    var plain: String {
        switch value {
        case .null: ""
        case .text(let text): text
        case .integer(let number): String(number)
        case .number(let text): text
        case .flag(let flag): String(flag)
        case .list(let items): items.map { Field($0, shown: "").plain }.joined(separator: ",")
        case .object: value.compact
        }
    }
}

/// One column of a list: a name for machines, which is also `--columns`' word, and whether a plain list shows it.
package struct Column<Item>: Sendable {
    package let name: String
    package let isShown: Bool
    package let field: @Sendable (Item) -> Field

    package init(_ name: String, isShown: Bool = true, _ field: @escaping @Sendable (Item) -> Field) {
        self.name = name
        self.isShown = isShown
        self.field = field
    }
}
