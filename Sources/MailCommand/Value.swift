import ArgumentParser
package import MailAdmin
package import MailMessage
package import MailStore
package import MailTool

/// Texts of the command line as the values they mean.
package enum Value {
    package static func domain(_ text: String) throws(ToolError) -> MailDomain {
        guard let domain = MailDomain(text) else { throw .data("\"\(text)\" is not a domain") }
        return domain
    }

    package static func login(_ text: String) throws(ToolError) -> LoginName {
        guard let login = LoginName(text) else {
            throw .data(
                "\"\(text)\" is not a login: letters, digits, \".\", \"_\" and \"-\", at most \(LoginName.maximumLength)"
            )
        }
        return login
    }

    package static func organisation(_ text: String) throws(ToolError) -> OrganisationName {
        guard let name = OrganisationName(text) else { throw .data("\"\(text)\" is not the name of an org") }
        return name
    }

    package static func accountClass(_ text: String) throws(ToolError) -> ClassName {
        guard let name = ClassName(text) else { throw .data("\"\(text)\" is not the name of a class") }
        return name
    }

    package static func mailbox(_ text: String) throws(ToolError) -> MailboxName {
        guard let name = MailboxName(text) else { throw .data("\"\(text)\" is not the name of a mailbox") }
        return name
    }

    package static func count(_ number: Int, _ what: String) -> String {
        "\(number) \(what)" + (number == 1 ? "" : "s")
    }

    package static func moment(_ text: String) throws(ToolError) -> EpochSeconds {
        guard let moment = TimeText.parse(text) else { throw .data("\"\(text)\" is not a date such as 2027-02-01") }
        return moment
    }

    /// `500MB`, `none` for no limit; `default` = whatever the level below says.
    package static func quota(_ text: String) throws(ToolError) -> QuotaRule {
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
