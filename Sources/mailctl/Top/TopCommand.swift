import ArgumentParser
import Glibc
import MailAdmin
import MailCommand
import MailConfig
import MailTool

struct TopCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "top", abstract: "What the server does now: sessions, logins, mail, latencies, queue, workers.",
        discussion: "On a terminal drawn again and again until q or Ctrl-C; else, and with --once, one snapshot.")

    static let longestInterval = 60

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @Flag(help: "One snapshot.") var once = false
    @Option(help: ArgumentHelp("Seconds between two drawings, over which rates are measured.", valueName: "seconds"))
    var interval = 2

    func validate() throws {
        guard (1...Self.longestInterval).contains(interval) else {
            throw ValidationError("--interval \(interval): 1 to \(Self.longestInterval) seconds")
        }
    }

    func run() async throws {
        let store = try common.configuration().server.store
        try Privileges.become(ownerOf: store)
        let source = TopSource(store: store)
        let isLive = !once && output.format == nil && !output.json && isatty(STDIN_FILENO) == 1
        guard isLive, isatty(STDOUT_FILENO) == 1, let terminal = Terminal() else { return try await snapshot(source) }
        try live(source, terminal)
    }

    private func snapshot(_ source: TopSource) async throws {
        let before = try source.take()
        try await Task.sleep(for: .seconds(interval))
        let reading = try source.take().reading(since: before)
        if output.format != nil || output.json || output.columns != nil || Environment.format != nil {
            let writer = try RecordWriter(TopColumns.all, output, environment: Environment.format)
            return try writer.writeOne(reading)
        }
        let hasColor = TerminalLook.wantsColour(isTerminal: isatty(STDOUT_FILENO) == 1)
        for line in TopScreen(reading, hasColor: hasColor).lines(width: .max) {
            try StandardOutput.shared.write(line + "\n")
        }
    }

    private func live(_ source: TopSource, _ terminal: Terminal) throws {
        defer { terminal.restore() }
        var before = try source.take()
        var wait = 500  // the first rates soon
        while !terminal.isQuit(within: wait) {
            let now = try source.take()
            let size = terminal.size
            let screen = TopScreen(now.reading(since: before), hasColor: TerminalLook.wantsColour(isTerminal: true))
            terminal.draw(screen.lines(width: size.columns, height: size.rows - 1))
            (before, wait) = (now, interval * 1_000)
        }
    }
}

/// One look at the server.
struct TopSource {
    struct Look {
        let page: MetricsPage
        let problems: [String]
        let milliseconds: Int64

        func reading(since before: Look) -> TopReading {
            TopReading(
                before.page, page, seconds: Double(milliseconds - before.milliseconds) / 1_000, problems: problems)
        }
    }

    private let client: MonitorClient
    private let store: String

    init(store: String) {
        self.store = store
        client = MonitorClient(store: store)
    }

    func take() throws(ToolError) -> Look {
        do {
            let page = try client.get("/metrics")
            let ready = try client.get("/ready")
            let problems = ready.status == 200 ? [] : ready.body.split(separator: "\n").map(String.init)
            return Look(page: MetricsPage(page.body), problems: problems, milliseconds: Progress.milliseconds())
        } catch .file(let path, let code) where [ENOENT, ECONNREFUSED].contains(code) {
            throw ToolError(
                .unavailable, "not_running", "no server answers at \(path)", hint: "systemctl status posthus")
        } catch {
            throw ToolError(error)
        }
    }
}
