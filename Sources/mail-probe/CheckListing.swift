import ArgumentParser
import MailProbe
import MailTool

/// --list-checks and --explain.
enum CheckListing {
    static func write(_ output: ReportOptions) throws {
        let words = output.json ? ["--json"] : output.format.map { ["--format", $0.rawValue] } ?? []
        let options = try OutputOptions.parse(words)
        let language = output.language
        let columns: [Column<Check>] = [
            Column("id") { .text($0.id.text) }, Column("severity") { .text($0.severity.rawValue) },
            Column("title") { .text($0.title[language]) },
        ]
        try RecordWriter(columns, options).write(CheckCatalogue.all)
    }

    static func explain(_ name: String, _ output: ReportOptions) throws {
        let check = try CheckCatalogue.named(name)
        try StandardOutput.shared.write(CheckExplanation(check, output.words, output.style).text)
    }
}
