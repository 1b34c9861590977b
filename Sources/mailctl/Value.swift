import ArgumentParser
import MailAdmin
import MailMessage
import MailStore
import MailTool

/// Texts of the command line as the values they mean.
enum Value {
    static func domain(_ text: String) throws(ToolError) -> MailDomain {
        guard let domain = MailDomain(text) else { throw .data("\"\(text)\" is not a domain") }
        return domain
    }

    static func login(_ text: String) throws(ToolError) -> LoginName {
        guard let login = LoginName(text) else {
            throw .data(
                "\"\(text)\" is not a login: letters, digits, \".\", \"_\" and \"-\", at most \(LoginName.maximumLength)"
            )
        }
        return login
    }

    static func organisation(_ text: String) throws(ToolError) -> OrganisationName {
        guard let name = OrganisationName(text) else { throw .data("\"\(text)\" is not the name of an org") }
        return name
    }

    static func accountClass(_ text: String) throws(ToolError) -> ClassName {
        guard let name = ClassName(text) else { throw .data("\"\(text)\" is not the name of a class") }
        return name
    }

    static func mailbox(_ text: String) throws(ToolError) -> MailboxName {
        guard let name = MailboxName(text) else { throw .data("\"\(text)\" is not the name of a mailbox") }
        return name
    }

    static func count(_ number: Int, _ what: String) -> String { "\(number) \(what)" + (number == 1 ? "" : "s") }

    static func moment(_ text: String) throws(ToolError) -> EpochSeconds {
        guard let moment = TimeText.parse(text) else { throw .data("\"\(text)\" is not a date such as 2027-02-01") }
        return moment
    }

    /// `500MB`, `none` for no limit; `default` = whatever the level below says.
    static func quota(_ text: String) throws(ToolError) -> QuotaRule {
        if text == "none" { return QuotaRule(bytes: .unlimited) }
        if text == "default" { return QuotaRule() }
        do {
            return QuotaRule(bytes: .limit(try SizeText.parse(text)))
        } catch {
            throw .data(error.message)
        }
    }
}

extension IfExists: ExpressibleByArgument {}

extension MailTool.Progress.Mode: ExpressibleByArgument {}

/// Names from the command line or, with `--from0`, from a list with NULs.
struct NameList: ParsableArguments {
    @Argument(help: ArgumentHelp("Address, login or alias.", valueName: "address"))
    var names: [String] = []

    @Option(name: .customLong("from0"), help: ArgumentHelp("Read names that end with NUL.", valueName: "file|-"))
    var from: String?

    func all() throws(ToolError) -> [String] {
        guard let from else {
            guard !names.isEmpty else { throw .usage("no address given") }
            return names
        }
        let bytes = try InputFile.bytes(from)
        return bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }
}
