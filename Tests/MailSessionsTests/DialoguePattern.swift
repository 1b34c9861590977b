import Foundation

/// Compares what a server said with what a dialogue expects, and remembers what it is told to.
struct DialoguePattern {
    private(set) var remembered: [String: String] = [:]

    /// What a client sends, with names and misbehaviour filled in.
    func fill(_ text: String) -> String {
        var result = text.replacing("<CR>", with: "\r").replacing("<LF>", with: "\n").replacing("<NUL>", with: "\0")
        for (name, value) in remembered { result = result.replacing("<$\(name)>", with: value) }
        while let match = result.firstMatch(of: /<([^<>]+) ([0-9]+) times>/), let count = Int(match.2) {
            result.replaceSubrange(match.range, with: String(repeating: String(match.1), count: count))
        }
        return result
    }

    mutating func remember(_ value: (name: String, text: String)) { remembered[value.name] = value.text }

    mutating func matches(_ expected: String, _ line: String) -> Bool {
        var names: [String] = []
        guard let pattern = try? Regex<AnyRegexOutput>(regex(expected, &names)).dotMatchesNewlines(),
            let match = try? pattern.wholeMatch(in: line)
        else { return false }
        var found = remembered
        for (index, name) in names.enumerated() {
            guard index + 1 < match.output.count, let value = match.output[index + 1].substring else { return false }
            if let before = found[name], before != String(value) { return false }
            found[name] = String(value)
        }
        remembered = found
        return true
    }

    private func regex(_ expected: String, _ names: inout [String]) -> String {
        var result = ""
        var rest = expected[...]
        while let match = rest.firstMatch(of: /<(any|n|n:[a-z0-9]+|word:[a-z0-9]+|\$[a-z0-9]+)>/) {
            result += NSRegularExpression.escapedPattern(for: String(rest[..<match.range.lowerBound]))
            result += piece(String(match.1), &names)
            rest = rest[match.range.upperBound...]
        }
        return result + NSRegularExpression.escapedPattern(for: String(rest))
    }

    private func piece(_ token: String, _ names: inout [String]) -> String {
        switch token {
        case "any": return ".*"
        case "n": return "[0-9]+"
        case _ where token.hasPrefix("$"):
            return NSRegularExpression.escapedPattern(for: remembered[String(token.dropFirst())] ?? "?nothing?")
        default:
            let parts = token.split(separator: ":")
            names.append(String(parts[1]))
            return parts[0] == "n" ? "([0-9]+)" : "([^ \\])]+)"
        }
    }
}
