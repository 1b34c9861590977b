/// A table that scrolls by itself where the screen is narrow, also by keyboard.
struct Grid {
    /// What a screen reader calls it.
    let label: String
    /// An empty one heads a column of buttons or bars.
    let columns: [String]
    /// Each a whole `<tr>`.
    let rows: [HTML]

    var html: HTML {
        let heads = columns.map { column -> HTML in
            column.isEmpty ? "<td></td>" : "<th scope=\"col\">\(column)</th>"
        }
        return """
            <div class="scroll" role="region" aria-label="\(label)" tabindex="0"><table>
            <thead><tr>\(heads)</tr></thead>
            <tbody>\(rows)</tbody></table></div>

            """
    }
}
