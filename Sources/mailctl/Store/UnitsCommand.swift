import ArgumentParser
import MailAdmin
import MailCommand
import MailTool

struct UnitsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "units", abstract: "The units for systemd, and where each belongs.")

    @OptionGroup var output: OutputOptions
    @Flag(name: .customLong("print"), help: "The files themselves, each after a line with its path.") var prints = false
    @Argument(help: ArgumentHelp("Only these.", valueName: "name")) var names: [String] = []

    private static let columns: [Column<SystemdUnit>] = [
        Column("name") { .text($0.name) }, Column("path") { .text($0.path) },
        Column("description") { .text($0.description) },
    ]

    func run() async throws {
        let units = try wanted()
        guard prints else {
            return try RecordWriter(Self.columns, output, environment: Environment.format).write(units)
        }
        let texts = units.map { units.count == 1 ? $0.text : "# \($0.path)\n\($0.text)" }
        try StandardOutput.shared.write(texts.joined(separator: "\n"))
    }

    private func wanted() throws(ToolError) -> [SystemdUnit] {
        var units: [SystemdUnit] = []
        for name in names {
            guard let unit = SystemdUnit.all.first(where: { $0.name == name }) else {
                let near = Suggestion.nearest(to: name, in: SystemdUnit.all.map(\.name))
                throw ToolError(AdminError.noSuch(kind: "unit", name: name, near: near))
            }
            units.append(unit)
        }
        return names.isEmpty ? SystemdUnit.all : units
    }
}
