/// The text of an HTML document, good enough for a preview: one pass, no tree, nothing is ever run or fetched.
struct HTMLText {
    /// What these hold is not to be read.
    private static let skipped: Set<String> = [
        "style", "script", "head", "title", "template", "blockquote", "noscript",
    ]
    /// These do not end a word.
    private static let inline: Set<String> = [
        "a", "abbr", "b", "big", "code", "em", "font", "i", "mark", "s", "small", "span", "strong", "sub", "sup", "tt",
        "u",
        "wbr",
    ]
    private static let tagNameWindow = 16
    private static let entityWindow = 10

    private var text = ""
    /// The element whose end is awaited, and how many of its name are open.
    private var skipping: (name: String, depth: Int)?

    static func plain(_ html: String) -> String {
        var reader = HTMLText()
        reader.read(Array(html.unicodeScalars)[...])
        return reader.text
    }

    private mutating func read(_ html: ArraySlice<Unicode.Scalar>) {
        var rest = html
        while let next = rest.first {
            switch next {
            case "<": rest = readTag(rest)
            case "&": rest = readEntity(rest)
            default:
                put(next)
                rest = rest.dropFirst()
            }
        }
    }

    private mutating func put(_ scalar: Unicode.Scalar) {
        if skipping == nil { text.unicodeScalars.append(scalar) }
    }

    /// A `<` that begins no tag is a `<`.
    private mutating func readTag(_ html: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
        if html.starts(with: "<!--".unicodeScalars) { return Self.behind("-->", html.dropFirst(4)) }
        var rest = html.dropFirst()
        let closes = rest.first == "/"
        if closes { rest = rest.dropFirst() }
        guard let first = rest.first, first.properties.isAlphabetic || first == "!" || first == "?" else {
            put("<")
            return html.dropFirst()
        }
        let name = String(
            String.UnicodeScalarView(rest.prefix(Self.tagNameWindow).prefix { $0.properties.isAlphabetic })
        )
        .lowercased()
        let end = Self.tagEnd(rest)
        met(name, closes: closes, isEmpty: html[..<end].dropLast().last == "/")
        return html[end...]
    }

    private mutating func met(_ name: String, closes: Bool, isEmpty: Bool) {
        if let (open, depth) = skipping {
            guard name == open else { return }
            skipping = closes ? (depth > 1 ? (open, depth - 1) : nil) : (open, isEmpty ? depth : depth + 1)
        } else if Self.skipped.contains(name), !closes, !isEmpty {
            text.append("\n")
            skipping = (name, 1)
        } else if !Self.inline.contains(name) {
            text.append("\n")
        }
    }

    /// Behind the `>` that no quotes hold; of a tag without an end everything is eaten.
    private static func tagEnd(_ tag: ArraySlice<Unicode.Scalar>) -> Int {
        var quote: Unicode.Scalar?
        for index in tag.indices {
            let scalar = tag[index]
            if let open = quote {
                if scalar == open { quote = nil }
            } else if scalar == "\"" || scalar == "'" {
                quote = scalar
            } else if scalar == ">" {
                return index + 1
            }
        }
        return tag.endIndex
    }

    private static func behind(_ mark: String, _ html: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
        let mark = Array(mark.unicodeScalars)
        var rest = html
        while !rest.isEmpty, !rest.starts(with: mark) { rest = rest.dropFirst() }
        return rest.dropFirst(mark.count)
    }

    private mutating func readEntity(_ html: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
        let name = html.dropFirst().prefix(Self.entityWindow).prefix { $0 != ";" }
        let end = name.endIndex
        guard end < html.endIndex, html[end] == ";",
            let scalar = Self.entity(String(String.UnicodeScalarView(name)))
        else {
            put("&")
            return html.dropFirst()
        }
        put(scalar)
        return html[(end + 1)...]
    }

    private static let names: [String: Unicode.Scalar] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "ndash": "\u{2013}",
        "mdash": "\u{2014}", "hellip": "\u{2026}", "lsquo": "\u{2018}", "rsquo": "\u{2019}", "ldquo": "\u{201c}",
        "rdquo": "\u{201d}", "laquo": "\u{ab}", "raquo": "\u{bb}", "euro": "\u{20ac}", "copy": "\u{a9}",
        "reg": "\u{ae}", "auml": "\u{e4}", "ouml": "\u{f6}", "uuml": "\u{fc}", "Auml": "\u{c4}", "Ouml": "\u{d6}",
        "Uuml": "\u{dc}", "szlig": "\u{df}", "eacute": "\u{e9}", "egrave": "\u{e8}", "agrave": "\u{e0}",
        "ccedil": "\u{e7}", "zwnj": "\u{200c}", "zwj": "\u{200d}", "shy": "\u{ad}", "middot": "\u{b7}",
    ]

    private static func entity(_ name: String) -> Unicode.Scalar? {
        guard name.first == "#" else { return names[name] }
        let digits = name.dropFirst()
        let isHexadecimal = digits.first == "x" || digits.first == "X"
        let value = isHexadecimal ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return value.flatMap { $0 > 0 ? Unicode.Scalar($0) : nil }
    }
}
