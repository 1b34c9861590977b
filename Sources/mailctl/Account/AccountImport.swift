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
        let (report, refusals) = try await common.withStore { try await work($0, list) }
        try summary(report, refusals, list)
    }

    private var mostPruned: Int? { Int(maxPrune.last == "%" ? String(maxPrune.dropLast()) : maxPrune) }

    /// Before anything is changed: a list that was cut off must not suspend half a faculty.
    private func prunePlan(_ administration: Administration, _ list: BulkList) async throws -> BulkPrune? {
        guard let prune else { return nil }
        let organisation = try Value.organisation(prune)
        let plan = try await administration.planPrune(list.rows, of: organisation)
        guard !plan.exceeds(percent: mostPruned ?? 0) else {
            throw ToolError.usage(
                "\(Value.count(plan.gone.count, "account")) of the \(plan.total) of org \(organisation) are not in the list; "
                    + "nothing was changed", hint: "if that is right, repeat with --max-prune \(plan.percent)%")
        }
        return plan
    }

    private func work(_ administration: Administration, _ list: BulkList) async throws -> (BulkReport, [BulkRefusal]) {
        var refusals = list.refusals
        refusals += try await administration.check(list.rows)
        let bad = Set(refusals.map(\.line))
        let good = list.rows.filter { !bad.contains($0.line) }
        let plan = try await prunePlan(administration, list)
        var report = BulkReport()
        if dryRun || !bad.isEmpty && !keepGoing {
            report = try await administration.preview(good)
        } else {
            var bar = MailTool.Progress(
                "accounts", total: Int64(good.count), mode: common.quiet > 0 ? .never : progress)
            defer { bar.finish() }
            let (done, late) = try await administration.apply(good, batch: batch) { bar.advance(by: Int64($0)) }
            bar.finish()
            (report, refusals) = (done, refusals + late)
            if let plan, refusals.isEmpty { try await administration.carryOut(plan, batch: batch) }
        }
        report.pruned = plan.map { refusals.isEmpty ? $0.gone.count : 0 }
        report.failed = Set(refusals.map(\.line)).count
        return (report, refusals.sorted { $0.line < $1.line })
    }

    private func summary(_ report: BulkReport, _ refusals: [BulkRefusal], _ list: BulkList) throws {
        for refusal in refusals.prefix(20) { StandardError.write("mailctl: line \(refusal.line): \(refusal.reason)\n") }
        if refusals.count > 20 { StandardError.write("mailctl: and \(refusals.count - 20) more\n") }
        if let rejects { try InputFile.write(rejected(refusals, list), to: rejects) }
        let isStopped = !refusals.isEmpty && !keepGoing
        let counts =
            "created \(report.created), updated \(report.updated), unchanged \(report.unchanged), failed \(report.failed)"
        let pruned = report.pruned.map { ", suspended \($0)" } ?? ""
        try common.say(
            (dryRun || isStopped ? "would have: " : "") + counts + pruned, result,
            [
                ("dry_run", .flag(dryRun || isStopped)), ("created", .integer(Int64(report.created))),
                ("updated", .integer(Int64(report.updated))), ("unchanged", .integer(Int64(report.unchanged))),
                ("failed", .integer(Int64(report.failed))),
                ("suspended", report.pruned.map { .integer(Int64($0)) } ?? .null),
            ])
        guard !refusals.isEmpty else { return }
        let lines = report.failed == 1 ? "1 line is wrong" : "\(report.failed) lines are wrong"
        if isStopped {
            throw ToolError.data("nothing imported because \(lines)", hint: "use --keep-going to import the rest")
        }
        throw ToolExit(.finding)
    }

    private func rejected(_ refusals: [BulkRefusal], _ list: BulkList) -> String {
        let lines = Set(refusals.map(\.line)).sorted().compactMap { list.lines[$0] }
        return ((list.header.map { [$0] } ?? []) + lines).map { $0 + "\n" }.joined()
    }
}
