import ArgumentParser
import MailCommand
import MailStore
import MailTool

/// Which messages, by what they are.
struct QueueFilterOptions: ParsableArguments {
    @Option(help: ArgumentHelp("From this address, or @domain; <> is the null sender.", valueName: "address"))
    var sender: String?
    @Option(help: ArgumentHelp("To this address, or @domain.", valueName: "address")) var recipient: String?
    @Option(help: ArgumentHelp("That go to this domain.", valueName: "domain"), completion: .names(.domain))
    var domain: String?
    @Option(help: ArgumentHelp("In this state.", valueName: "waiting|held|trying")) var state: QueueLineState?

    var filter: QueueFilter {
        var filter = QueueFilter()
        filter.sender = sender == "<>" ? "" : sender
        filter.recipient = recipient
        filter.domain = domain
        filter.state = state
        return filter
    }
}

extension QueueLineState: ExpressibleByArgument {}
