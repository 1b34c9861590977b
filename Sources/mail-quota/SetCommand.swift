import ArgumentParser
import MailAdmin
import MailCommand
import MailStore
import MailTool

struct SetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Set limits: of accounts, an organisation, a class, or everybody.",
        usage: """
            mail-quota set ADDRESS... SIZE [--until DATE] [--reason TEXT]
            mail-quota set --org ORG [SIZE] [--pool SIZE]
            mail-quota set --class CLASS SIZE
            mail-quota set --default SIZE
            """,
        discussion: """
            SIZE: 500MB, 2GiB, none, default (the level below decides), +200MB, -10%. With --until the limit lapses by itself. A \
            limit below what is used deletes nothing; whoever uses more keeps the old limit for the time of --grace.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @OptionGroup var targets: QuotaTargets
    @OptionGroup var terms: QuotaTerms
    @Option(help: ArgumentHelp("What the limits of an organisation may add up to, or none.", valueName: "size"))
    var pool: String?
    @Argument(
        help: ArgumentHelp("Accounts, and the size last.", valueName: "address|size"), completion: .names(.account))
    var words: [String] = []

    func run() async throws {
        let run = QuotaRun(common: common, result: result)
        let order = try words.last.map { size throws(ToolError) in
            try terms.order(try Value.sizeChange(size), common)
        }
        if let pool { return try await setPool(try Self.pool(pool), order, run) }
        guard let order else { throw ToolError.usage("the size is missing", hint: "mail-quota set anna 500MB") }
        try await run.run(targets, words.dropLast(), order)
    }

    /// Both or none.
    private func setPool(_ bytes: Int64?, _ order: QuotaOrder?, _ run: QuotaRun) async throws {
        guard case .organisation(let name)? = try targets.scope(beside: words.dropLast()) else {
            throw ToolError.usage("--pool goes with --org")
        }
        guard order != nil || terms.isEmpty else {
            throw ToolError.usage("--until, --reason and --grace are of limits, not of pools")
        }
        for done in try await common.withStore({ try await $0.setPool(bytes, of: name, and: order) }) {
            try run.tell(done)
        }
    }

    /// Nil: none.
    private static func pool(_ text: String) throws(ToolError) -> Int64? {
        switch try Value.sizeChange(text) {
        case .set(.limit(let size)): size
        case .set(.unlimited): nil
        default: throw .data("--pool \(text): a size such as 50GB, or none")
        }
    }
}

/// For how long and why.
struct QuotaTerms: ParsableArguments {
    @Option(help: ArgumentHelp("The limit lapses then by itself.", valueName: "date")) var until: String?
    @Option(help: ArgumentHelp("Why, for the next administrator.", valueName: "text")) var reason = ""
    @Option(help: ArgumentHelp("How long who uses more keeps a lowered limit; 30d, 0: not at all.", valueName: "span"))
    var grace: String?

    var isEmpty: Bool { until == nil && reason.isEmpty && grace == nil }

    func order(_ size: SizeChange, _ common: CommonOptions) throws(ToolError) -> QuotaOrder {
        var order = QuotaOrder(size: size)
        order.reason = reason
        if let grace { order.graceSeconds = try Value.span(grace) }
        if let until {
            let moment = try Value.moment(until)
            guard moment > (try common.clock())() else { throw .data("--until \(until) is past") }
            order.until = moment
        }
        return order
    }
}
