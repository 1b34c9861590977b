import ArgumentParser
import Glibc
import MailProbe
import MailTool

/// How the report looks, and for whom it is.
struct ReportOptions: ParsableArguments {
    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("Whose next step is told: user, helpdesk or admin.", valueName: "audience"))
    var audience: Audience?
    @Option(help: ArgumentHelp("In the words of thunderbird, outlook, apple, android or k9.", valueName: "program"))
    var client = MailProgram.any
    @Option(help: ArgumentHelp("en or sv; else by LC_ALL, LC_MESSAGES, LANG.", valueName: "language"))
    var lang: Language?
    @ArgumentParser.Flag(help: "One JSON object for each check, the summary last.") var json = false
    @ArgumentParser.Flag(help: "One line for Nagios.") var nagios = false
    @Option(help: "table, json or ndjson.") var format: ReportFormat?
    @Option(help: "auto, always or never.") var color = ColorMode.auto
    @ArgumentParser.Flag(name: .shortAndLong, help: "Only what is wrong; twice: nothing.") var quiet: Int
    @ArgumentParser.Flag(name: .shortAndLong, help: "Say why, and show on stderr what was said; secrets as ***.")
    var verbose: Int

    /// Longer lines are hard to read.
    private static let widest = 100

    enum ReportFormat: String, CaseIterable, ExpressibleByArgument { case table, json, ndjson }

    enum ColorMode: String, CaseIterable, ExpressibleByArgument { case auto, always, never }

    func validate() throws {
        if nagios, json || format != nil { throw ValidationError("--nagios excludes other formats") }
    }

    var isJSON: Bool { json || format == .json || format == .ndjson }

    var reader: Audience { audience ?? (nagios || isatty(STDOUT_FILENO) == 0 ? .admin : .user) }

    var language: Language {
        if let lang { return lang }
        return TerminalLook.locale("LC_MESSAGES")?.hasPrefix("sv") == true ? .swedish : .english
    }

    var words: FindingWords { FindingWords(language: language, audience: reader, client: client) }

    var style: ReportStyle {
        var style = ReportStyle()
        style.width = min(TerminalLook.columns, Self.widest)
        style.isUnicode = TerminalLook.isUnicode
        style.hasColour =
            color == .always || color == .auto && TerminalLook.wantsColour(isTerminal: isatty(STDOUT_FILENO) == 1)
        style.isVerbose = verbose > 0
        return style
    }
}

extension Audience: ExpressibleByArgument {}
extension MailProgram: ExpressibleByArgument {}
extension Language: ExpressibleByArgument {}
