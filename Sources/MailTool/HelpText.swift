/// ArgumentParser fills its paragraphs into the terminal's width, but not the lines that show how a command is called.
enum HelpText {
    private static let indentation = "    "

    /// What is no help (a version, a dump for programs) stays as it is.
    static func fitted(_ text: String, columns: Int = TerminalLook.columns) -> String {
        guard text.hasPrefix("OVERVIEW: ") || text.hasPrefix("USAGE: ") else { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false)
            .flatMap { $0.count > columns ? broken($0, columns) : [String($0)] }.joined(separator: "\n")
    }

    /// At spaces, but not within brackets: `[--format <format>]` stays together where it can.
    private static func broken(_ line: Substring, _ columns: Int) -> [String] {
        var lines: [String] = []
        var current = String(line.prefix { $0 == " " })
        for word in words(line) {
            if !current.allSatisfy({ $0 == " " }), current.count + 1 + word.count > columns {
                lines.append(current)
                current = indentation + word
            } else {
                current += (current.last ?? " ") == " " ? word : " " + word
            }
        }
        return lines + [current]
    }

    private static func words(_ line: Substring) -> [Substring] {
        var depth = 0
        return line.split { character in
            if "[{<".contains(character) { depth += 1 }
            if "]}>".contains(character) { depth -= 1 }
            return character == " " && depth <= 0
        }
    }
}
