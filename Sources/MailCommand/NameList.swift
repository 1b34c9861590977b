package import ArgumentParser
package import MailTool

/// Names from the command line or, with `--from0`, from a list with NULs.
package struct NameList: ParsableArguments {
    @Argument(help: ArgumentHelp("Address, login or alias.", valueName: "address"), completion: .names(.account))
    package var names: [String] = []

    @Option(name: .customLong("from0"), help: ArgumentHelp("Read names that end with NUL.", valueName: "file|-"))
    package var from: String?

    package init() {}

    package func all() throws(ToolError) -> [String] {
        guard let from else {
            guard !names.isEmpty else { throw .usage("no address given") }
            return names
        }
        let bytes = try InputFile.bytes(from)
        return bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }
}
