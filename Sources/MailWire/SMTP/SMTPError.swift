/// An error is a reply for the peer plus a cause for the log; the peer never sees the cause.
package struct SMTPError: Error, Hashable, Sendable {
    package let reply: SMTPReply
    package let cause: String?
    /// Whether it counts toward the wrong commands in a row after which the connection closes.
    package let isMisuse: Bool

    package init(_ reply: SMTPReply, cause: String? = nil, isMisuse: Bool = false) {
        self.reply = reply
        self.cause = cause
        self.isMisuse = isMisuse
    }

    package var permanence: SMTPReply.Permanence { reply.permanence }
    /// RFC 5321 §3.8: 421 announces that the connection closes.
    package var closes: Bool { reply.code == 421 }

    package func because(_ cause: String) -> SMTPError { SMTPError(reply, cause: cause, isMisuse: isMisuse) }
}

/// What the grammar answers; all of these are the peer's mistakes.
extension SMTPError {
    private static func misuse(_ code: Int, _ subject: Int, _ detail: Int, _ text: String) -> SMTPError {
        SMTPError(SMTPReply(code, subject, detail, text), isMisuse: true)
    }

    package static let unknownCommand = misuse(500, 5, 1, "Unknown command")
    package static let lineTooLong = misuse(500, 5, 2, "Line too long")
    package static let bareLineEnding = misuse(500, 5, 2, "Lines end with CRLF")
    package static let syntax = misuse(501, 5, 2, "Syntax error")
    package static let noArgumentsAllowed = misuse(501, 5, 4, "This command takes no argument")
    package static let nameNeeded = misuse(501, 5, 4, "A host name or address literal is needed")
    package static let badPath = misuse(501, 5, 4, "The address must stand in angle brackets")
    package static let badSender = misuse(501, 1, 7, "Bad sender address syntax")
    package static let badRecipient = misuse(501, 1, 3, "Bad recipient address syntax")
    package static let badParameter = misuse(501, 5, 4, "Bad parameter value")
    package static let unknownParameter = misuse(555, 5, 4, "Parameter not recognised")
    package static let badChunk = misuse(501, 5, 4, "BDAT needs a size and optionally LAST")
    package static let otherProtocol = misuse(421, 7, 0, "This is a mail server")
}
