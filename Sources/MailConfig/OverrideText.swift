/// The value of `--set key=value`: TOML where it is written as TOML, else the bare words that a shell lets through.
enum OverrideText {
    static func raw(_ text: String, isList: Bool) -> RawValue {
        let trimmed = trim(text[...])
        if isList { return .list(items(trimmed).map { .text(unquoted($0)) }) }
        if trimmed == "true" || trimmed == "false" { return .flag(trimmed == "true") }
        if let number = Int(trimmed) { return .integer(number) }
        return .text(unquoted(trimmed))
    }

    /// `["a", "b"]` or `a,b`; empty text is the empty list.
    private static func items(_ text: Substring) -> [Substring] {
        let inner = text.first == "[" && text.last == "]" ? text.dropFirst().dropLast() : text
        return inner.split(separator: ",").map { trim($0) }.filter { !$0.isEmpty }
    }

    private static func trim(_ text: Substring) -> Substring {
        var text = text.drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        return text
    }

    private static func unquoted(_ text: Substring) -> String {
        for quote in ["\"", "'"] as [Character] where text.count >= 2 && text.first == quote && text.last == quote {
            return String(text.dropFirst().dropLast())
        }
        return String(text)
    }
}
