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
        if let pool { try await setPool(pool, run) }
        guard let size = words.last else {
            guard pool != nil else { throw ToolError.usage("the size is missing", hint: "mail-quota set anna 500MB") }
            return
        }
        try await run.run(targets, Array(words.dropLast()), try terms.order(try Value.sizeChange(size), common))
    }

    private func setPool(_ text: String, _ run: QuotaRun) async throws {
        guard case .organisation(let name)? = try targets.scope() else {
            throw ToolError.usage("--pool goes with --org")
        }
        let bytes: Int64?
        switch try Value.sizeChange(text) {
        case .set(.limit(let size)): bytes = size
        case .set(.unlimited): bytes = nil
        default: throw ToolError.data("--pool \(text): a size such as 50GB, or none")
        }
        try run.tell(try await common.withStore { try await $0.setPool(bytes, of: name) })
    }
}

/// For how long and why.
struct QuotaTerms: ParsableArguments {
    @Option(help: ArgumentHelp("The limit lapses then by itself.", valueName: "date")) var until: String?
    @Option(help: ArgumentHelp("Why, for the next administrator.", valueName: "text")) var reason = ""
    @Option(help: ArgumentHelp("How long who uses more keeps a lowered limit; 0: not at all.", valueName: "span"))
    var grace = "30d"

    func order(_ size: SizeChange, _ common: CommonOptions) throws(ToolError) -> QuotaOrder {
        var order = QuotaOrder(size: size)
        order.reason = reason
        order.graceSeconds = try Value.span(grace)
        if let until {
            let moment = try Value.moment(until)
            guard moment > (try common.clock())() else { throw .data("--until \(until) is past") }
            order.until = moment
        }
        return order
    }
}
