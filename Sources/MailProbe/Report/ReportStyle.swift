/// How a report meets the eye.
package struct ReportStyle: Sendable {
    package var width = 80
    package var hasColour = false
    /// Signs beyond ASCII.
    package var isUnicode = true
    package var isVerbose = false

    package init() {}

    func sign(_ status: Status) -> String {
        switch status {
        case .ok: isUnicode ? "✓" : "+"
        case .info: isUnicode ? "ℹ" : "i"
        case .skipped: isUnicode ? "–" : "-"
        case .unknown: "?"
        case .warning: "!"
        case .critical: isUnicode ? "✗" : "x"
        }
    }

    /// Meaning is never in the colour alone: sign and word stay.
    func painted(_ text: String, _ status: Status) -> String {
        guard hasColour else { return text }
        let code =
            switch status {
            case .ok, .info, .skipped: "32"
            case .warning, .unknown: "33"
            case .critical: "31"
            }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }

    /// Broken between words; `hidden`: characters of `first` that no one sees.
    func wrapped(_ text: String, first: String, rest: String, hidden: Int = 0) -> [String] {
        var lines: [String] = []
        var (line, used) = (first, first.count - hidden)
        var isEmpty = true
        for word in text.split(separator: " ") {
            if !isEmpty, used + 1 + word.count > width {
                lines.append(line)
                (line, used, isEmpty) = (rest, rest.count, true)
            }
            line += isEmpty ? String(word) : " " + word
            used += word.count + (isEmpty ? 0 : 1)
            isEmpty = false
        }
        return lines + [line]
    }
}
