import ArgumentParser
import MailAdmin
import MailCommand
import MailConfig
import MailMessage
import MailStore
import MailTool

struct MessageWithdraw: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw", abstract: "Take a message out of all mailboxes and the queue, by its Message-ID.",
        discussion: """
            Without --yes it lists where the message is and to whom it has left already, and changes nothing. The receipt brings
            back what was taken: message restore.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @ArgumentParser.Flag(help: "Look into every account, not only where the trail says.") var scan = false
    @ArgumentParser.Flag(name: .shortAndLong, help: "Take it out.") var yes = false
    @ArgumentParser.Flag(help: "Also where removed mail is not kept: it cannot come back.") var forGood = false
    @Argument(help: ArgumentHelp("Message-ID, with or without < and >.", valueName: "message-id")) var messageId: String

    private static let columns: [Column<WithdrawItem>] = [
        Column("place") { .text($0.place.rawValue) }, Column("address") { .text($0.address) },
        Column("mailbox") { .text($0.mailbox?.text) }, Column("at") { .time($0.at) },
        Column("seen") { item in item.isSeen.map { Field.flag($0) } ?? Field.none },
        Column("bytes", isShown: false) { .number($0.size) },
        Column("queue_id", isShown: false) { .text($0.queue?.description) }, Column("host") { .text($0.host) },
        Column("detail") { .text($0.detail) },
    ]

    func run() async throws {
        let writer = try RecordWriter(Self.columns, output, environment: yes ? nil : Environment.format)
        if yes, try common.configuration().retention.restorable == 0, !forGood {
            throw ToolError.usage(
                "retention.restorable is 0s: what is taken out cannot come back", hint: "repeat with --for-good")
        }
        try await common.withStore { administration in
            let plan = try await plan(administration)
            try requireAny(plan)
            guard yes else {
                try writer.write(plan.items)
                return preview(plan)
            }
            try tell(try await administration.withdraw(plan), plan)
        }
    }

    private func plan(_ administration: Administration) async throws -> WithdrawPlan {
        var bar: MailTool.Progress?
        defer { bar?.finish() }
        return try await administration.withdrawPlan(messageId, isScan: scan) { count in
            bar = MailTool.Progress("accounts", total: Int64(count), mode: common.quiet > 0 ? .never : .auto)
        } progress: {
            bar?.advance()
        }
    }

    private func requireAny(_ plan: WithdrawPlan) throws(ToolError) {
        guard plan.items.isEmpty else { return }
        let place = plan.isScan ? "any account" : Value.count(plan.accounts, "account") + " that the trail names"
        throw ToolError(
            .noSuchObject, "message_not_found", "no message \(messageId) in \(place)",
            hint: plan.isScan
                ? "mailctl trace --sender ADDRESS shows Message-IDs with --json" : "look everywhere with --scan")
    }

    private func preview(_ plan: WithdrawPlan) {
        common.tellPeople(
            sum(plan.copies.count, Set(plan.copies.map(\.address)).count, plan.queued.count) + " can be taken out")
        if !plan.left.isEmpty { common.tellPeople("\(Value.count(plan.left.count, "copy", "copies")) left already") }
        tellOfMore(plan)
        if !plan.isEmpty { common.tellPeople("nothing was changed; repeat with --yes") }
    }

    private func tellOfMore(_ plan: WithdrawPlan) {
        guard plan.isCut else { return }
        common.tellPeople(
            "there are more: one call takes \(Administration.mostWithdrawn) copies; run it again for the rest")
    }

    private func sum(_ copies: Int, _ accounts: Int, _ queued: Int) -> String {
        "\(Value.count(copies, "copy", "copies")) in \(Value.count(accounts, "account"))"
            + (queued > 0 ? " and \(queued) in the queue" : "")
    }

    private func tell(_ receipt: WithdrawReceipt, _ plan: WithdrawPlan) throws(ToolError) {
        if output.json {
            let object = JSONValue.object([
                ("v", .integer(1)), ("outcome", .text(receipt.copies + receipt.queued > 0 ? "withdrawn" : "unchanged")),
                ("receipt", receipt.receipt.map { .text($0) } ?? .null), ("copies", .integer(Int64(receipt.copies))),
                ("accounts", .integer(Int64(receipt.accounts))), ("queued", .integer(Int64(receipt.queued))),
                ("left", .list(plan.left.map { .text($0.address) })), ("more", .flag(plan.isCut)),
            ])
            return try common.say(object.compact)
        }
        try common.say("withdrew " + sum(receipt.copies, receipt.accounts, receipt.queued))
        if let name = receipt.receipt { try common.say("receipt \(name)") }
        tellOfMore(plan)
        for item in plan.left { common.tellPeople("left already: \(item.address), taken over by \(item.host ?? "?")") }
    }
}
