import ArgumentParser
import MailAdmin
import MailCommand
import MailConfig
import MailMessage
import MailStore
import MailTool

struct PasswordLink: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "link", abstract: "Print a link with which its owner sets the password, once.",
        discussion: """
            For whoever has no password yet, or has forgotten it. The link holds for a day or --valid, at most seven days; each
            account has up to five at a time, and setting the password ends them all. Whoever has it can set the password: give it
            to nobody else. With --mail-to it is sent instead, to an address that its owner reads already.
            """)
    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @Option(help: ArgumentHelp("How long it holds, such as 2h or 3d.", valueName: "span"))
    var valid = "1d"
    @Option(help: ArgumentHelp("Send it there instead of printing it.", valueName: "other-address"))
    var mailTo: String?
    @Argument(help: "Address, login or alias.", completion: .names(.account)) var address: String

    func run() async throws {
        let configuration = try common.configuration()
        guard configuration.listen.https.enabled else {
            throw ToolError(
                .configuration, "no_pages", "there are no pages to lead to", hint: "listen.https.enabled = true")
        }
        let seconds = try Value.span(valid)
        let link = try await common.withStore { administration in
            let entry = try await administration.account(address)
            let target: EmailAddress? = if let mailTo { try await administration.address(mailTo) } else { nil }
            let link = try await administration.passwordLink(
                for: entry, seconds: seconds, site: configuration.siteAddress)
            if let target { try await administration.send(link, of: entry, to: target) }
            return link
        }
        try say(link)
    }

    /// What is sent to somebody else is not for the eyes of whoever sends it.
    private func say(_ link: PasswordLinkText) throws {
        let until = MailDate(seconds: link.until).isoText
        if let mailTo {
            try common.say("sent to \(mailTo)", result, [("sent", .text(mailTo)), ("until", .text(until))])
        } else {
            try common.say(link.text, result, [("link", .text(link.text)), ("until", .text(until))])
        }
    }
}
