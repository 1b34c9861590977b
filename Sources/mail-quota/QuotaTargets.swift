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

    /// A group, and nobody beside it.
    func scope(beside words: [String]) throws(ToolError) -> QuotaScope? {
        guard let scope = try scope() else { return nil }
        if let word = words.first { throw .usage("\"\(word)\" is one word too many") }
        return scope
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
        if let scope = try targets.scope(beside: words) {
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
        try common.say(
            "\(done.outcome.rawValue) \(done.name): \(Self.words(done.limit) ?? "none")", result,
            [
                ("outcome", .text(done.outcome.rawValue)), ("name", .text(done.name)),
                ("limit_bytes", Self.bytes(done.limit).map { .integer($0) } ?? .null),
                ("until_at", done.until.map { .text(TimeText.machine($0)) } ?? .null),
                ("is_set", .flag(done.limit != nil)),
            ])
        if let note = note(done) { common.tellPeople(note) }
    }

    private static func bytes(_ limit: QuotaRule.Amount?) -> Int64? {
        if case .limit(let bytes)? = limit { bytes } else { nil }
    }

    /// Nil: no limit at all.
    private static func words(_ limit: QuotaRule.Amount?) -> String? {
        limit == nil ? "no rule" : bytes(limit).map { SizeText.format($0) }
    }

    private func note(_ done: QuotaResult) -> String? {
        let limit = Self.bytes(done.limit)
        if let limit, let granted = done.granted, granted > limit {
            let sum = granted == .max ? "no limit at all" : SizeText.format(granted)
            return "\(sum) granted already: nothing can be added until that is less"
        }
        let used = SizeText.format(done.used)
        if let until = done.until {
            let then = "until \(TimeText.human(until)), then \(Self.words(done.limitAfterwards) ?? "no limit")"
            if done.isGrace { return "\(done.name) uses \(used): the old limit holds \(then)" }
            if done.limit != done.limitAfterwards {
                return limit.map { "\(SizeText.format($0)) hold \(then)" } ?? "no limit \(then)"
            }
        }
        guard let limit, done.used > limit else { return nil }
        return "\(done.name) uses \(used) already: nothing is deleted, new mail is refused until there is room"
    }
}
