import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

struct AccountImport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Make the accounts of a list, or bring them up to date.",
        discussion: """
            CSV with a header or NDJSON; columns: \(BulkList.columns.joined(separator: ",")).
            All lines are checked first; nothing is changed unless all are right. Run again, it goes on where it was.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @ArgumentParser.Flag(name: [.customShort("n"), .long], help: "Check and count, change nothing.") var dryRun = false
    @ArgumentParser.Flag(help: "Import the right lines even when some are wrong.") var keepGoing = false
    @ArgumentParser.Flag(help: "Ignore unknown columns.") var ignoreExtra = false
    @Option(help: ArgumentHelp("Accounts in one durable write.", valueName: "n")) var batch = 500
    @Option(help: ArgumentHelp("Write the wrong lines to a file that can be imported.", valueName: "file")) var rejects:
        String?
    @Option(
        help: ArgumentHelp("Suspend the accounts of this organisation that the list does not name.", valueName: "org"),
        completion: .names(.org))
    var prune: String?
    @Option(help: ArgumentHelp("Stop when more than so many of them would be, such as 5%.", valueName: "percent"))
    var maxPrune = "5%"
    @Option(help: "auto, always, never or json.") var progress = MailTool.Progress.Mode.auto
    @Argument(help: ArgumentHelp("The list; - is standard input.", valueName: "file|-"), completion: .file()) var file:
        String

    func validate() throws {
        guard (1...10_000).contains(batch) else { throw ValidationError("--batch must be between 1 and 10000") }
        guard (0...100).contains(mostPruned ?? -1) else {
            throw ValidationError("--max-prune: a percentage such as 5%")
        }
    }

    func run() async throws {
        let list = try BulkList(InputFile.bytes(file), ignoresExtraColumns: ignoreExtra, now: common.clock()())
        // As whoever asks, not as the store's owner; the lines may hold hashes.
        let rejects = try rejects.map { path throws(ToolError) in try OutputFile(path, isPrivate: true) }
        let done = try await common.withStore { try await work($0, list) }
        try tell(done)
        if let rejects {
            try rejects.write(Array(rejected(done.refusals, list).utf8))
            try rejects.finish()
        }
        try end(done)
    }

    private struct Done {
        var report: BulkReport
        var refusals: [BulkRefusal]
        /// Something of the list may be in the directory now.
        var isImported: Bool
    }

    private var mostPruned: Int? { Int(maxPrune.last == "%" ? String(maxPrune.dropLast()) : maxPrune) }

    private func prunePlan(_ administration: Administration, _ list: BulkList) async throws -> BulkPrune? {
        guard let prune else { return nil }
        return try await administration.planPrune(list.rows, of: try Value.organisation(prune))
    }

    /// Before anything is changed: a list that was cut off must not suspend half a faculty.
    private func refuse(_ plan: BulkPrune) throws(ToolError) {
        guard plan.exceeds(percent: mostPruned ?? 0) else { return }
        throw ToolError.usage(
            "\(Value.count(plan.gone.count, "account")) of the \(plan.total) of org \(prune ?? "") are not in the list; "
                + "nothing was changed", hint: "if that is right, repeat with --max-prune \(plan.percent)%")
    }

    private func work(_ administration: Administration, _ list: BulkList) async throws -> Done {
        let plan = try await prunePlan(administration, list)
        let check = try await check(administration, list)
        var done = Done(report: check.report, refusals: list.refusals + check.refusals, isImported: false)
        // A line that is wrong says nothing about whom it means: then nobody is missing.
        if let plan, done.refusals.isEmpty { try refuse(plan) }
        if !dryRun, done.refusals.isEmpty || keepGoing {
            let (report, late) = try await apply(check.good, administration)
            done = Done(report: report, refusals: done.refusals + late, isImported: true)
            if let plan, done.refusals.isEmpty { try await administration.carryOut(plan, batch: batch) }
        }
        done.report.pruned = plan.map { done.refusals.isEmpty ? $0.gone.count : 0 }
        done.report.failed = Set(done.refusals.map(\.line)).count
        done.refusals.sort { $0.line < $1.line }
        return done
    }

    private func check(_ administration: Administration, _ list: BulkList) async throws -> BulkCheck {
        var bar = bar("checked", list.rows)
        defer { bar.finish() }
        return try await administration.check(list.rows, batch: batch) { bar.advance(by: Int64($0)) }
    }

    private func apply(
        _ rows: [BulkRow], _ administration: Administration
    ) async throws -> (report: BulkReport, refusals: [BulkRefusal]) {
        var bar = bar("accounts", rows)
        defer { bar.finish() }
        return try await administration.apply(rows, batch: batch) { bar.advance(by: Int64($0)) }
    }

    private func bar(_ what: String, _ rows: [BulkRow]) -> MailTool.Progress {
        MailTool.Progress(what, total: Int64(rows.count), mode: common.quiet > 0 ? .never : progress)
    }

    private func tell(_ done: Done) throws {
        let (report, refusals) = (done.report, done.refusals)
        for refusal in refusals.prefix(20) { StandardError.write("mailctl: line \(refusal.line): \(refusal.reason)\n") }
        if refusals.count > 20 { StandardError.write("mailctl: and \(refusals.count - 20) more\n") }
        let counts =
            "created \(report.created), updated \(report.updated), unchanged \(report.unchanged), failed \(report.failed)"
        let pruned = report.pruned.map { ", suspended \($0)" } ?? ""
        try common.say(
            (done.isImported ? "" : "would have: ") + counts + pruned, result,
            [
                ("dry_run", .flag(!done.isImported)), ("created", .integer(Int64(report.created))),
                ("updated", .integer(Int64(report.updated))), ("unchanged", .integer(Int64(report.unchanged))),
                ("failed", .integer(Int64(report.failed))),
                ("suspended", report.pruned.map { .integer(Int64($0)) } ?? .null),
            ])
    }

    private func end(_ done: Done) throws {
        guard !done.refusals.isEmpty else { return }
        guard !done.isImported, !keepGoing else { throw ToolExit(.finding) }
        let lines = done.report.failed == 1 ? "1 line is wrong" : "\(done.report.failed) lines are wrong"
        throw ToolError.data("nothing imported because \(lines)", hint: "use --keep-going to import the rest")
    }

    private func rejected(_ refusals: [BulkRefusal], _ list: BulkList) -> String {
        let lines = Set(refusals.map(\.line)).sorted().compactMap { list.lines[$0] }
        return ((list.header.map { [$0] } ?? []) + lines).map { $0 + "\n" }.joined()
    }
}
