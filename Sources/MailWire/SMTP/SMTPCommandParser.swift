extension SMTPCommand {
    /// One line, CRLF removed. Verbs match exactly, in any case; syntax is consumed whole before anything is judged.
    package static func parse(_ line: [UInt8]) throws(SMTPError) -> SMTPCommand {
        guard line.count <= SMTPLimits.commandLine else { throw .lineTooLong }
        var cursor = ByteCursor(line)
        let verb = cursor.run(while: \.isASCIILetter).asciiUppercasedText
        guard cursor.isAtEnd || cursor.peek() == 0x20 || cursor.peek() == 0x09 else { throw unknown(verb) }
        cursor.skipSpaces()
        switch verb {
        case "EHLO": return .ehlo(try clientName(&cursor))
        case "HELO": return .helo(try clientName(&cursor))
        case "MAIL": return try mail(&cursor)
        case "RCPT": return try rcpt(&cursor)
        case "BDAT": return try bdat(&cursor)
        case "AUTH": return try auth(&cursor)
        case "VRFY": return .vrfy(try argument(&cursor))
        case "EXPN": return .expn(try argument(&cursor))
        case "NOOP": return .noop  // RFC 5321 §4.1.1.9: a string is allowed and ignored
        case "HELP": return .help
        case "DATA": return try bare(.data, cursor)
        case "RSET": return try bare(.rset, cursor)
        case "QUIT": return try bare(.quit, cursor)
        case "STARTTLS": return try bare(.startTLS, cursor)
        default: throw unknown(verb)
        }
    }

    /// A browser that was made to speak to a mail port gets nothing to work with.
    private static func unknown(_ verb: String) -> SMTPError {
        ["GET", "POST", "PUT", "HEAD", "OPTIONS", "CONNECT"].contains(verb) ? .otherProtocol : .unknownCommand
    }

    private static func bare(_ command: SMTPCommand, _ cursor: ByteCursor) throws(SMTPError) -> SMTPCommand {
        guard cursor.isAtEnd else { throw .noArgumentsAllowed }
        return command
    }

    private static func clientName(_ cursor: inout ByteCursor) throws(SMTPError) -> ClientName {
        guard let name = ClientName(cursor.takeRest()) else { throw .nameNeeded }
        return name
    }

    private static func argument(_ cursor: inout ByteCursor) throws(SMTPError) -> String {
        let rest = cursor.takeRest()
        guard !rest.isEmpty, let text = String(validating: rest, as: UTF8.self) else { throw .syntax }
        return text
    }

    /// "MAIL FROM:" Reverse-path [SP Mail-parameters] — RFC 5321 §4.1.1.2
    private static func mail(_ cursor: inout ByteCursor) throws(SMTPError) -> SMTPCommand {
        guard cursor.text("FROM:") else { throw .syntax }
        let path = try ReversePath(&cursor)
        return .mail(from: path, try MailParameters(try SMTPParameterList(&cursor)))
    }

    /// "RCPT TO:" ( "<Postmaster@" Domain ">" / "<Postmaster>" / Forward-path ) [SP Rcpt-parameters] — §4.1.1.3
    private static func rcpt(_ cursor: inout ByteCursor) throws(SMTPError) -> SMTPCommand {
        guard cursor.text("TO:") else { throw .syntax }
        let path = try ForwardPath(&cursor)
        return .rcpt(to: path, try RcptParameters(try SMTPParameterList(&cursor)))
    }

    /// "BDAT" SP chunk-size [ SP "LAST" ] — RFC 3030 §2
    private static func bdat(_ cursor: inout ByteCursor) throws(SMTPError) -> SMTPCommand {
        let digits = cursor.run(while: \.isASCIIDigit)
        guard !digits.isEmpty else { throw .badChunk }
        // What 63 bits do not hold is larger than any limit: its octets follow, so it must not pass for a mistake.
        let size = UInt64(decimal: digits).map { Int64(clamping: $0) } ?? .max
        let isLast = cursor.skipSpaces() && cursor.text("LAST")
        cursor.skipSpaces()
        guard cursor.isAtEnd else { throw .badChunk }
        return .bdat(size: size, isLast: isLast)
    }

    /// "AUTH" SP sasl-mech [SP initial-response] — RFC 4954 §4; the response stays base64 here.
    private static func auth(_ cursor: inout ByteCursor) throws(SMTPError) -> SMTPCommand {
        let mechanism = cursor.run { $0 > 0x20 && $0 < 0x7f }
        guard !mechanism.isEmpty else { throw .syntax }
        let response = cursor.skipSpaces() && !cursor.isAtEnd ? [UInt8](cursor.takeRest()) : nil
        guard cursor.isAtEnd else { throw .syntax }
        return .auth(mechanism: mechanism.asciiUppercasedText, initialResponse: response)
    }
}
