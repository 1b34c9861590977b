/// Writes a list of records in the format that was asked for. json, ndjson, tsv, csv carry every column unless told otherwise.
package struct RecordWriter<Item> {
    private let columns: [Column<Item>]
    private let format: OutputFormat
    private let options: OutputOptions
    private let output: StandardOutput
    private let sorting: (column: Column<Item>, isDescending: Bool)?

    package init(
        _ all: [Column<Item>], _ options: OutputOptions, output: StandardOutput = .shared, environment: String? = nil
    ) throws(ToolError) {
        format = try options.resolved(environment: environment)
        self.options = options
        self.output = output
        columns = try Self.select(all, options, isTable: format == .table)
        sorting = try Self.sorting(all, options.sort)
    }

    private static func select(_ all: [Column<Item>], _ options: OutputOptions, isTable: Bool) throws(ToolError)
        -> [Column<Item>]
    {
        guard let names = options.columns else {
            let shown = all.filter(\.isShown)
            if options.zero, let first = shown.first { return [first] }
            return isTable ? shown : all
        }
        var result: [Column<Item>] = []
        for name in names.split(separator: ",").map(String.init) { result.append(try column(name, in: all)) }
        guard !result.isEmpty else { throw .usage("--columns names no column") }
        return result
    }

    private static func column(_ name: String, in all: [Column<Item>]) throws(ToolError) -> Column<Item> {
        if let column = all.first(where: { $0.name == name }) { return column }
        let near = Suggestion.nearest(to: name, in: all.map(\.name))
        throw .usage(
            "no column \"\(name)\"" + (near.map { " (did you mean \($0)?)" } ?? ""),
            hint: "columns: \(all.map(\.name).joined(separator: ","))")
    }

    private static func sorting(_ all: [Column<Item>], _ text: String?) throws(ToolError)
        -> (column: Column<Item>, isDescending: Bool)?
    {
        guard let text else { return nil }
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        guard let name = parts.first, parts.count == 1 || parts[1] == "desc" || parts[1] == "asc" else {
            throw .usage("--sort \(text): write COLUMN or COLUMN:desc")
        }
        return (try column(name, in: all), parts.last == "desc")
    }

    /// Records can be written one by one: nothing stands around them or depends on those that follow.
    package var isStream: Bool { sorting == nil && (options.zero || format == .tsv || format == .ndjson) }

    package func write(_ items: [Item]) throws(ToolError) {
        try output.write(text(items, width: output.columns))
        try output.flush()
    }

    /// A record is a line, and stands where it comes.
    var isByLine: Bool { sorting == nil && (options.zero || [.tsv, .csv, .ndjson].contains(format)) }

    /// More of what `write` has begun.
    func writeMore(_ items: [Item]) throws(ToolError) {
        let rows = items.map { item in columns.map { $0.field(item) } }
        guard format == .csv, !options.zero else { return try write(items) }
        try output.write(Self.csv(rows))
        try output.flush()
    }

    private static func csv(_ rows: [[Field]]) -> String {
        rows.map { $0.map { Escaped.csv($0.plain) }.joined(separator: ",") + "\r\n" }.joined()
    }

    /// What `write` writes where no terminal is.
    package func text(_ items: [Item]) -> String { text(items, width: nil) }

    private func text(_ items: [Item], width: Int?) -> String {
        let rows = sorted(items).map { item in columns.map { $0.field(item) } }
        guard options.zero else { return text(rows, width) }
        return rows.map { $0.map(\.plain).joined(separator: "\t") + "\0" }.joined()
    }

    /// One thing: a table is written as `name  value` lines, json as one object.
    package func writeOne(_ item: Item) throws(ToolError) {
        guard format == .table, !options.zero else {
            if format == .json {
                try output.write(object(columns.map { $0.field(item) }).compact + "\n")
            } else {
                try output.write(text([item]))
            }
            return try output.flush()
        }
        let lines = TableLayout(width: output.columns)
            .stack(columns.map { Printable.oneLine($0.field(item).shown) }, shownNames)
        try output.write(lines.map { $0 + "\n" }.joined())
        try output.flush()
    }

    private var shownNames: [String] { columns.map { $0.name.replacing("_", with: " ") } }

    private func text(_ rows: [[Field]], _ width: Int?) -> String {
        switch format {
        case .table:
            let names = shownNames
            return TableLayout(width: width).lines(header: options.noHeader ? nil : names, names: names, rows: rows)
                .map { $0 + "\n" }.joined()
        case .tsv: return rows.map { $0.map { Escaped.tsv($0.plain) }.joined(separator: "\t") + "\n" }.joined()
        case .csv:
            let header = columns.map { Escaped.csv($0.name) }.joined(separator: ",") + "\r\n"
            return (options.noHeader ? "" : header) + Self.csv(rows)
        case .ndjson: return rows.map { object($0).compact + "\n" }.joined()
        case .json: return JSONValue.list(rows.map(object)).compact + "\n"
        }
    }

    private func object(_ row: [Field]) -> JSONValue {
        .object([("v", .integer(1))] + zip(columns, row).map { ($0.name, $1.value) })
    }

    private func sorted(_ items: [Item]) -> [Item] {
        guard let sorting else { return items }
        let keyed = items.map { ($0, sorting.column.field($0)) }
        let ordered = keyed.sorted { left, right in
            sorting.isDescending ? Self.isBefore(right.1, left.1) : Self.isBefore(left.1, right.1)
        }
        return ordered.map(\.0)
    }

    private static func isBefore(_ left: Field, _ right: Field) -> Bool {
        switch (left.value, right.value) {
        case (.integer(let a), .integer(let b)): a < b
        case (.null, .null): false
        case (.null, _): true
        case (_, .null): false
        default: left.plain < right.plain
        }
    }
}
