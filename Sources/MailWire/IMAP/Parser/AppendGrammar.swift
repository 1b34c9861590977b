import MailMessage

/// Where in an APPEND the reader stands: its text is cut by literals that never come into memory as a whole.
///
///     append         = "APPEND" SP mailbox 1*append-message                                          (RFC 3502 §6.3)
///     append-message = [SP flag-list] [SP date-time] SP append-data
///     append-data    = literal / literal8 / utf8-literal / "CATENATE" SP "(" cat-part *(SP cat-part) ")"
///     cat-part       = "TEXT" SP literal / "URL" SP astring / utf8-literal                             (RFC 4469 §5)
///     utf8-literal   = "UTF8" SP "(" literal8 ")"                                                      (RFC 6855 §4)
struct AppendGrammar: Sendable, Equatable {
    private enum Position: Sendable, Equatable {
        case message
        case data
        case part(isFirst: Bool)
        case end
    }

    /// REPLACE takes one message (RFC 8508 §7).
    let takesMany: Bool
    private var position = Position.message
    /// The parenthesis of `UTF8 (` is closed behind the literal.
    private var owesParenthesis = false
    private var messages = 0
    private var parts = 0

    init(takesMany: Bool) { self.takesMany = takesMany }

    /// Up to and with the next literal, or to the end of the command.
    mutating func pieces(_ parser: inout IMAPParser) throws(SyntaxError) -> [AppendPiece] {
        var pieces: [AppendPiece] = []
        while true {
            let piece = try next(&parser)
            pieces.append(piece)
            switch piece {
            case .literal: return pieces
            case .messageEnd where parser.cursor.isAtEnd: return pieces
            default: continue
            }
        }
    }

    private mutating func next(_ parser: inout IMAPParser) throws(SyntaxError) -> AppendPiece {
        if owesParenthesis { try parser.cursor.expectByte(UInt8(ascii: ")"), "a closing parenthesis") }
        owesParenthesis = false
        switch position {
        case .message: return try message(&parser)
        case .data: return try data(&parser)
        case .part(let isFirst): return try part(&parser, isFirst: isFirst)
        case .end:
            position = .message
            return .messageEnd
        }
    }

    private mutating func message(_ parser: inout IMAPParser) throws(SyntaxError) -> AppendPiece {
        if messages > 0, !takesMany { try parser.cursor.expectEnd() }
        // The one too many is for the session to refuse, which knows how.
        guard messages <= IMAPLimits.appendMessages else { throw parser.cursor.failure(.limit, "fewer messages") }
        messages += 1
        parts = 0
        try parser.cursor.expectSpace()
        var flags: [Flag] = []
        if parser.cursor.peek() == UInt8(ascii: "(") {
            flags = try parser.flagList(ignoringRecent: true)
            try parser.cursor.expectSpace()
        }
        var date: IMAPDateTime?
        if parser.cursor.peek() == UInt8(ascii: "\"") {
            date = try parser.dateTime()
            try parser.cursor.expectSpace()
        }
        position = .data
        return .message(flags: flags, date: date)
    }

    private mutating func data(_ parser: inout IMAPParser) throws(SyntaxError) -> AppendPiece {
        if parser.cursor.text("CATENATE (") { return try part(&parser, isFirst: true) }
        position = .end
        if parser.cursor.text("UTF8 (") { return try utf8(&parser) }
        return .literal(try parser.literalHeader(), .text)
    }

    private mutating func part(_ parser: inout IMAPParser, isFirst: Bool) throws(SyntaxError) -> AppendPiece {
        if !isFirst {
            if parser.cursor.byte(UInt8(ascii: ")")) {
                position = .message
                return .messageEnd
            }
            try parser.cursor.expectSpace()
        }
        guard parts < IMAPLimits.catenateParts else { throw parser.cursor.failure(.limit, "fewer parts") }
        parts += 1
        position = .part(isFirst: false)
        if parser.cursor.text("UTF8 (") { return try utf8(&parser) }
        if parser.cursor.text("URL ") { return try url(&parser) }
        try parser.cursor.expectText("TEXT ", "TEXT, UTF8 or URL")
        let start = parser.cursor.offset
        let header = try parser.literalHeader()
        guard !header.isBinary else { throw parser.cursor.failure(.invalid, "a literal", at: start) }
        return .literal(header, .part)
    }

    private mutating func utf8(_ parser: inout IMAPParser) throws(SyntaxError) -> AppendPiece {
        let start = parser.cursor.offset
        let header = try parser.literalHeader()
        guard header.isBinary else { throw parser.cursor.failure(.invalid, "a literal8", at: start) }
        owesParenthesis = true
        return .literal(header, .utf8)
    }

    private mutating func url(_ parser: inout IMAPParser) throws(SyntaxError) -> AppendPiece {
        let start = parser.cursor.offset
        guard parser.cursor.peek() == UInt8(ascii: "{") else {
            let url = try parser.expectAString("a URL")
            guard url.count <= IMAPLimits.urlLength else {
                throw parser.cursor.failure(.limit, Self.shorter, at: start)
            }
            return .url(url)
        }
        let header = try parser.literalHeader()
        guard header.size <= IMAPLimits.urlLength else { throw parser.cursor.failure(.limit, Self.shorter, at: start) }
        return .literal(header, .url)
    }

    private static let shorter = "a URL of at most \(IMAPLimits.urlLength) bytes"
}
