/// Columns of equal width for people. Where they do not fit the terminal, long ones are cut, and where that is not enough
/// each record stands by itself, one line for each column: nothing wraps in the middle of a row.
struct TableLayout {
    /// Of the terminal; nil where no one is: then nothing is ever cut.
    let width: Int?
    /// Where a column was cut.
    var mark = TerminalLook.isUnicode ? "…" : "~"

    /// Columns are not cut below that: what is left would say nothing.
    private static let narrowest = 12
    private static let gap = 2

    func lines(header: [String]?, names: [String], rows: [[Field]]) -> [String] {
        let cells = rows.map { $0.map { Printable.oneLine($0.shown) } }
        let all = (header.map { [$0] } ?? []) + cells
        guard let first = all.first else { return [] }
        let rights = first.indices.map { column in rows.first?[column].isRight ?? false }
        let measures = all.map { $0.map(TextWidth.of) }
        let widths = first.indices.map { column in measures.reduce(0) { max($0, $1[column]) } }
        guard let fitting = fit(widths, rights, names) else {
            return Array(cells.map { stack($0, names) }.joined(separator: [""]))
        }
        return zip(all, measures).map { row, measures in line(row, measures, fitting, rights) }
    }

    /// A record by itself.
    func stack(_ cells: [String], _ names: [String]) -> [String] {
        let labels = names.map { $0 + "  " }
        let longest = labels.map(TextWidth.of).max() ?? 0
        // With a terminal narrower than its label a text stands below it.
        let indent = width.map { longest + Self.narrowest <= $0 ? longest : Self.gap } ?? longest
        return zip(labels, cells).flatMap { label, cell -> [String] in
            let pieces = width.map { TextWidth.pieces(cell, of: max(1, $0 - indent)) } ?? [cell]
            let below = pieces.map { Self.spaces(indent) + $0 }
            guard indent == longest, let first = pieces.first else { return [label.trimmedEnd] + below }
            return [label + Self.spaces(indent - TextWidth.of(label)) + first] + below.dropFirst()
        }.map(\.trimmedEnd)
    }

    /// The widths to take; nil: they do not go beside each other.
    private func fit(_ widths: [Int], _ rights: [Bool], _ names: [String]) -> [Int]? {
        guard let width else { return widths }
        var widths = widths
        var excess = widths.reduce(0, +) + Self.gap * (widths.count - 1) - width
        while excess > 0 {
            // Numbers are whole, and so is the first column: it is what the next command is told.
            let widest = widths.indices.dropFirst().filter { !rights[$0] }.max { widths[$0] < widths[$1] }
            guard let widest, widths[widest] > max(Self.narrowest, TextWidth.of(names[widest])) else { return nil }
            widths[widest] -= 1
            excess -= 1
        }
        return widths
    }

    private func line(_ row: [String], _ measures: [Int], _ widths: [Int], _ rights: [Bool]) -> String {
        var line = ""
        for (column, text) in row.enumerated() {
            if column > 0 { line += "  " }
            let isCut = measures[column] > widths[column]
            let text = isCut ? TextWidth.shortened(text, to: widths[column], mark: mark) : text
            let padding = Self.spaces(widths[column] - (isCut ? TextWidth.of(text) : measures[column]))
            if rights[column] { line += padding }
            line += text
            if !rights[column], column < row.count - 1 { line += padding }
        }
        return line.trimmedEnd
    }

    private static func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}

extension String {
    /// Without spaces at its end.
    var trimmedEnd: String {
        guard utf8.last == 0x20 else { return self }
        return String(decoding: Array(utf8.reversed().drop { $0 == 0x20 }.reversed()), as: UTF8.self)
    }
}
