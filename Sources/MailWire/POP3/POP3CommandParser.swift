extension POP3Command {
    /// One line, CRLF removed. Keywords match exactly, in any case.
    package static func parse(_ line: [UInt8]) throws(POP3Error) -> POP3Command {
        guard line.count <= POP3Limits.saslLine else { throw .lineTooLong }
        var cursor = ByteCursor(line)
        let keyword = cursor.run(while: { $0.isASCIILetter || $0.isASCIIDigit }).asciiUppercasedText
        guard cursor.isAtEnd || cursor.peek() == 0x20 else { throw .unknownCommand }
        guard line.count <= POP3Limits.commandLine || keyword == "AUTH" else { throw .lineTooLong }
        if let command = try withText(keyword, cursor.rest.dropFirst()) { return command }
        cursor.skipSpaces()
        let command = try withNumbers(keyword, &cursor)
        guard cursor.isAtEnd else { throw .badArgument }
        return command
    }

    /// Commands whose argument is one text. PASS's may hold spaces (RFC 1939 §7), so nothing is trimmed there.
    private static func withText(_ keyword: String, _ text: ArraySlice<UInt8>) throws(POP3Error) -> POP3Command? {
        switch keyword {
        case "USER": return .user(try nonEmpty(text))
        case "PASS": return .pass(try nonEmpty(text))
        case "APOP": return .apop
        case "AUTH": return try auth(text)
        default: return nil
        }
    }

    private static func withNumbers(_ keyword: String, _ cursor: inout ByteCursor) throws(POP3Error) -> POP3Command {
        switch keyword {
        case "STAT": return .stat
        case "LIST": return .list(cursor.isAtEnd ? nil : try number(&cursor))
        case "UIDL": return .uidl(cursor.isAtEnd ? nil : try number(&cursor))
        case "RETR": return .retr(try number(&cursor))
        case "DELE": return .dele(try number(&cursor))
        case "TOP": return .top(try number(&cursor), lines: try count(&cursor))
        case "NOOP": return .noop
        case "RSET": return .rset
        case "QUIT": return .quit
        case "CAPA": return .capa
        case "STLS": return .stls
        case "UTF8": return .utf8
        default: throw .unknownCommand
        }
    }

    private static func nonEmpty(_ text: ArraySlice<UInt8>) throws(POP3Error) -> [UInt8] {
        guard !text.isEmpty else { throw .badArgument }
        return Array(text)
    }

    private static func number(_ cursor: inout ByteCursor) throws(POP3Error) -> POP3MessageNumber {
        guard let number = POP3MessageNumber(try count(&cursor)) else { throw .badArgument }
        return number
    }

    private static func count(_ cursor: inout ByteCursor) throws(POP3Error) -> Int {
        let digits = cursor.run(while: \.isASCIIDigit)
        guard digits.count <= POP3Limits.numberDigits, let value = UInt64(decimal: digits) else { throw .badArgument }
        cursor.skipSpaces()
        return Int(clamping: value)
    }

    /// "AUTH" [SP mechanism [SP initial-response]] — RFC 5034 §4; without a mechanism it lists them (RFC 1734's habit).
    private static func auth(_ text: ArraySlice<UInt8>) throws(POP3Error) -> POP3Command {
        let words = text.split(separator: 0x20)
        guard words.count <= 2 else { throw .badArgument }
        return .auth(
            mechanism: words.first?.asciiUppercasedText, initialResponse: words.dropFirst().first.map(Array.init))
    }
}
