import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

/// Whose limit a command changes: `--org`, `--class`, `--default`; else the words are accounts.
struct QuotaTargets: ParsableArguments {
    @Option(
        help: ArgumentHelp("The limit of each account of an organisation.", valueName: "org"), completion: .names(.org))
    var org: String?
    @Option(
        name: .customLong("class"), help: ArgumentHelp("The limit of each account of a class.", valueName: "class"),
        completion: .names(.class))
    var accountClass: String?
    @ArgumentParser.Flag(name: .customLong("default"), help: "The limit of everybody without another one.")
    var isDefault = false
    @Option(name: .customLong("from0"), help: ArgumentHelp("Read names that end with NUL.", valueName: "file|-"))
    var from: String?

    /// Nil: accounts are meant.
    func scope() throws(ToolError) -> QuotaScope? {
        let given = [org != nil, accountClass != nil, isDefault, from != nil].filter { $0 }
        guard given.count <= 1 else { throw .usage("only one of --org, --class, --default and --from0 goes") }
        if let org { return .organisation(try Value.organisation(org)) }
        if let accountClass { return .accountClass(try Value.accountClass(accountClass)) }
        return isDefault ? .standard : nil
    }

    /// The words before the last one, or a list.
    func names(_ words: [String]) throws(ToolError) -> [String] {
        guard let from else {
            guard !words.isEmpty else { throw .usage("whose? give an address, --org, --class, --default or --from0") }
            return words
        }
        guard words.isEmpty else { throw .usage("either addresses or --from0") }
        return try InputFile.bytes(from).split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }
}

/// One limit for many accounts: what fails is told, the rest is done, and the code says so.
struct QuotaRun {
    let common: CommonOptions
    let result: ResultOptions

    func run(_ targets: QuotaTargets, _ words: [String], _ order: QuotaOrder) async throws {
        if let scope = try targets.scope() {
            guard words.isEmpty else { throw ToolError.usage("\"\(words[0])\" is one word too many") }
            return try tell(try await common.withStore { try await $0.setQuota(order, of: scope) })
        }
        try await eachAccount(try targets.names(words)) { try await $0.setQuota(order, of: $1) }
    }

    func eachAccount(
        _ names: [String], _ change: (Administration, AccountEntry) async throws -> QuotaResult
    ) async throws {
        var failed: [ToolError] = []
        var done: [QuotaResult] = []
        try await common.withStore { administration in
            for name in names {
                do {
                    done.append(try await change(administration, try await administration.account(name)))
                } catch let error as AdminError {
                    failed.append(ToolError(error))
                }
            }
        }
        for result in done { try tell(result) }
        guard let first = failed.first else { return }
        if names.count == 1 { throw first }
        let report = ErrorReport(tool: ToolMain.name, arguments: CommandLine.arguments)
        for error in failed { report.print(error) }
        throw ToolExit(.finding)
    }

    func tell(_ done: QuotaResult) throws(ToolError) {
        let limit = done.limit.map(SizeText.format) ?? "none"
        try common.say(
            "\(done.outcome.rawValue) \(done.name): \(limit)", result,
            [
                ("outcome", .text(done.outcome.rawValue)), ("name", .text(done.name)),
                ("limit_bytes", done.limit.map { .integer($0) } ?? .null),
            ])
        if let note = note(done) { common.tellPeople(note) }
    }

    private func note(_ done: QuotaResult) -> String? {
        if let pool = done.limit, let granted = done.granted, granted > pool {
            let sum = granted == .max ? "no limit at all" : SizeText.format(granted)
            return "\(sum) granted already: nothing can be added until that is less"
        }
        guard let quota = done.quota else { return nil }
        let used = SizeText.format(done.used)
        if quota.isGrace, let until = quota.until {
            let then = quota.bytesAfterwards.map(SizeText.format) ?? "no limit"
            return "\(done.name) uses \(used): the old limit holds until \(TimeText.human(until)), then \(then)"
        }
        if let until = quota.until, let dated = quota.bytes, quota.bytesAfterwards != dated {
            let then = quota.bytesAfterwards.map(SizeText.format) ?? "no limit"
            return "\(SizeText.format(dated)) hold until \(TimeText.human(until)), then \(then)"
        }
        guard let limit = quota.bytes, done.used > limit else { return nil }
        return "\(done.name) uses \(used) already: nothing is deleted, new mail is refused until there is room"
    }
}
