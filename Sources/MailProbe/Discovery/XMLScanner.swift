/// The elements and texts of a small XML file, in order: what autoconfiguration needs. No entities but the five, no DTD; what is
/// malformed ends the list.
struct XMLScanner {
    enum Event: Equatable {
        case open(String, attributes: [String: String])
        case close(String)
        case text(String)
    }

    private static let mostEvents = 5_000

    private var rest: Substring

    static func events(in text: String) -> [Event] {
        var scanner = XMLScanner(rest: text[...])
        var events: [Event] = []
        while events.count < mostEvents, let next = scanner.next() { events += next }
        return events
    }

    private mutating func next() -> [Event]? {
        guard let first = rest.first else { return nil }
        guard first == "<" else {
            let text = rest.prefix { $0 != "<" }
            rest = rest[text.endIndex...]
            let words = Self.plain(text.trimmed)
            return words.isEmpty ? [] : [.text(words)]
        }
        if rest.hasPrefix("<!--") { return skip(past: "-->") }
        if rest.hasPrefix("<?") { return skip(past: "?>") }
        if rest.hasPrefix("<!") { return skip(past: ">") }
        guard let end = rest.firstIndex(of: ">") else { return nil }
        let tag = rest[..<end].dropFirst()
        rest = rest[end...].dropFirst()
        return Self.tag(tag)
    }

    private mutating func skip(past mark: String) -> [Event]? {
        guard let end = rest.firstRange(of: mark) else { return nil }
        rest = rest[end.upperBound...]
        return []
    }

    private static func tag(_ text: Substring) -> [Event] {
        if text.hasPrefix("/") { return [.close(text.dropFirst().trimmed)] }
        let isEmpty = text.hasSuffix("/")
        let body = isEmpty ? text.dropLast() : text
        let name = String(body.prefix { !$0.isWhitespace })
        let open = Event.open(name, attributes: attributes(body.dropFirst(name.count)))
        return isEmpty ? [open, .close(name)] : [open]
    }

    private static func attributes(_ text: Substring) -> [String: String] {
        var (found, rest): ([String: String], Substring) = ([:], text)
        while let mark = rest.firstIndex(of: "="),
            let quote = rest[mark...].dropFirst().drop(while: \.isWhitespace).first,
            quote == "\"" || quote == "'", let open = rest[mark...].firstIndex(of: quote),
            let close = rest[open...].dropFirst().firstIndex(of: quote)
        {
            found[rest[..<mark].trimmed] = plain(String(rest[open..<close].dropFirst()))
            rest = rest[close...].dropFirst()
        }
        return found
    }

    private static func plain(_ text: String) -> String {
        guard text.contains("&") else { return text }
        return [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")].reduce(text) {
            $0.replacing($1.0, with: $1.1)
        }
    }
}
