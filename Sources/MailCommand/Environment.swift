import Glibc
package import MailTool

package enum TestClock {
    package static let refusal = ToolError.usage(
        "--now works only on a test store", hint: "mailctl store init --test makes one")
}

/// The environment's word on formats, for commands that change nothing.
package enum Environment {
    package static var format: String? { getenv("MAIL_FORMAT").map { String(cString: $0) } }
}
