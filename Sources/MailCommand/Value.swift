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

    package static func count(_ number: Int, _ one: String, _ many: String) -> String {
        "\(number) " + (number == 1 ? one : many)
    }

    package static func moment(_ text: String) throws(ToolError) -> EpochSeconds {
        guard let moment = TimeText.parse(text) else { throw .data("\"\(text)\" is not a date such as 2027-02-01") }
        return moment
    }

    /// What is done with an account on the day that it expires.
    package static func expiryAction(_ text: String) throws(ToolError) -> ExpiryAction {
        guard let action = ExpiryAction(name: text) else {
            throw .data("\"\(text)\" is none of suspend, remove and forward")
        }
        return action
    }

    /// A limit, or what shall be done to it: `500MB`, `none`, `default`, `+200MB`, `-10%`.
    package static func sizeChange(_ text: String) throws(ToolError) -> SizeChange {
        do { return try SizeChange(text) } catch { throw .data(error.message) }
    }

    /// `80%` or `80`.
    package static func percent(_ text: String) throws(ToolError) -> Int64 {
        guard let number = Int64(text.hasSuffix("%") ? String(text.dropLast()) : text), (0...1_000).contains(number)
        else {
            throw .data("\"\(text)\" is not a percentage such as 80%")
        }
        return number
    }

    package static func span(_ text: String) throws(ToolError) -> Int64 {
        guard let seconds = SpanText.parse(text) else {
            throw .data("\"\(text)\" is not a span of time such as 30d or 12h")
        }
        return Int64(seconds)
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
