package import MailAdmin
package import MailMessage
import MailTool

/// What fails for one account of many is told under its name, the others are done, and the exit code says so in the end.
package struct AccountFailures {
    private var count = 0

    package init() {}

    package mutating func tell(_ failure: AdminError, of address: EmailAddress) {
        count += 1
        let error = ToolError(failure)
        ErrorReport(tool: ToolMain.name, arguments: CommandLine.arguments).print(
            ToolError(error.status, error.identifier, "\(address): \(error.message)", hint: error.hint))
    }

    package func finish() throws {
        if count > 0 { throw ToolExit(.finding) }
    }
}
