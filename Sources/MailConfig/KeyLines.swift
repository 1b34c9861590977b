/// In which line each dotted key stands. TOMLKit does not tell; this reads only headers and the beginnings of lines, in a
/// text that TOMLKit has found valid.
struct KeyLines {
    private var lines: [String: Int] = [:]

    init(_ text: String) {
        var section = ""
        var closing: Substring?
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let trimmed = line.drop { $0 == " " || $0 == "\t" }
            if let end = closing {
                if trimmed.contains(end) { closing = nil }
            } else if trimmed.first == "[" {
                section = Self.dotted(trimmed.drop { $0 == "[" }, until: "]")
                note(section, number)
            } else if trimmed.first != "#", trimmed.contains("=") {
                let key = Self.dotted(trimmed, until: "=")
                note(section.isEmpty ? key : "\(section).\(key)", number)
                closing = Self.openString(trimmed)
            }
        }
    }

    /// The key's own line, or that of the nearest table around it (inline tables).
    subscript(key: String) -> Int? {
        var name = key[...]
        while true {
            if let line = lines[String(name)] { return line }
            guard let dot = name.lastIndex(of: ".") else { return nil }
            name = name[..<dot]
        }
    }

    private mutating func note(_ key: String, _ number: Int) { if lines[key] == nil { lines[key] = number + 1 } }

    /// `a . "b"` as `a.b`.
    private static func dotted(_ text: Substring, until end: Character) -> String {
        String(text.prefix { $0 != end }.filter { !" \t\"'".contains($0) })
    }

    /// The delimiter of a multi-line string that begins here and does not end here.
    private static func openString(_ line: Substring) -> Substring? {
        for delimiter in ["\"\"\"", "'''"]
        where line.split(separator: delimiter, omittingEmptySubsequences: false).count == 2 {
            return delimiter[...]
        }
        return nil
    }
}
