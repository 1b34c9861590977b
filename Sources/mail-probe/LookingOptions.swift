import ArgumentParser
import MailProbe

/// What is looked at, and from where.
struct LookingOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "What was typed into a mail program: key=value lines or JSON; - is stdin.", valueName: "file"),
        completion: .file())
    var settings: String?
    @Option(
        help: ArgumentHelp(
            "What the organisation tells its users: such a file, or an autoconfig XML.", valueName: "file"),
        completion: .file())
    var settingsFrom: String?
    @Option(help: ArgumentHelp("Show what a mail program finds out about a domain.", valueName: "domain"))
    var discover: String?
    @Option(help: ArgumentHelp("Only imap, pop3, submission or smtp; several with commas.", valueName: "service"))
    var mode: [String] = []
    @ArgumentParser.Flag(name: .customShort("4"), help: "Only IPv4.") var onlyIPv4 = false
    @ArgumentParser.Flag(name: .customShort("6"), help: "Only IPv6.") var onlyIPv6 = false
    @Option(help: ArgumentHelp("Connect there, whatever the names say.", valueName: "ip"))
    var address: String?
    @Option(help: ArgumentHelp("Ask this DNS server alone.", valueName: "ip[:port]"))
    var resolver: String?
    @Option(help: ArgumentHelp("The IMAP path prefix that the mail program uses.", valueName: "text"))
    var prefix: String?
    @ArgumentParser.Flag(help: "Ask whether mail for elsewhere is taken without a login; nothing is sent.")
    var relayTest = false
    @Option(help: ArgumentHelp("Ask on port 25 for this recipient; nothing is sent.", valueName: "address"))
    var recipient: String?
    @Option(help: ArgumentHelp("After the login, ask whether one may send from this address.", valueName: "address"))
    var from: String?
    @Option(help: ArgumentHelp("For the whole run; 10s.", valueName: "duration")) var timeout: String?
    @Option(help: ArgumentHelp("For each connection; 4s.", valueName: "duration")) var connectTimeout: String?
    @ArgumentParser.Flag(help: "Wait for the slowest server, up to 90 s.") var patient = false

    func validate() throws {
        if onlyIPv4, onlyIPv6 { throw ValidationError("-4 and -6 exclude each other") }
    }
}
