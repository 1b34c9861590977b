/// RFC 9051 §9: atom, string, astring, nstring, literal.
extension IMAPParser {
    mutating func expectAtom(_ expected: String) throws(SyntaxError) -> ArraySlice<UInt8> {
        try cursor.expectRun(of: IMAPBytes.atom, expected)
    }

    /// An atom in capitals, for keywords that are compared without regard to case.
    mutating func expectWord(_ expected: String) throws(SyntaxError) -> String {
        try expectAtom(expected).asciiUppercasedText
    }

    // astring = 1*ASTRING-CHAR / string
    mutating func expectAString(_ expected: String) throws(SyntaxError) -> [UInt8] {
        if let atom = cursor.run(of: IMAPBytes.astring) { return Array(atom) }
        return try expectString(expected)
    }

    mutating func spaceAString(_ expected: String = "a string") throws(SyntaxError) -> [UInt8] {
        try cursor.expectSpace()
        return try expectAString(expected)
    }

    // nstring = string / nil
    mutating func expectNString(_ expected: String) throws(SyntaxError) -> [UInt8]? {
        if cursor.text("NIL") { return nil }
        return try expectString(expected)
    }

    // string = quoted / literal
    mutating func expectString(_ expected: String) throws(SyntaxError) -> [UInt8] {
        switch cursor.peek() {
        case UInt8(ascii: "\""): try quoted()
        case UInt8(ascii: "{"): Array(try literal())
        default: throw cursor.failure(expected)
        }
    }

    // quoted = DQUOTE *QUOTED-CHAR DQUOTE
    // QUOTED-CHAR = <any TEXT-CHAR except quoted-specials> / "\" quoted-specials / UTF8-2 / UTF8-3 / UTF8-4
    //
    // We deliberately take UTF-8 before ENABLE too: passwords are sent so, and nothing else could be meant.
    private mutating func quoted() throws(SyntaxError) -> [UInt8] {
        let start = cursor.offset
        try cursor.expectByte(UInt8(ascii: "\""), "a quoted string")
        var content: [UInt8] = []
        var isASCII = true
        while let byte = cursor.peek(), byte != UInt8(ascii: "\"") {
            guard byte != 0, byte != 0x0d, byte != 0x0a else { throw cursor.failure("a closing quote") }
            _ = cursor.anyByte()
            isASCII = isASCII && byte < 0x80
            content.append(byte == UInt8(ascii: "\\") ? try escaped() : byte)
        }
        try cursor.expectByte(UInt8(ascii: "\""), "a closing quote")
        guard isASCII || String(validating: content, as: UTF8.self) != nil else {
            throw cursor.failure(.invalid, "UTF-8 between quotes", at: start)
        }
        return content
    }

    private mutating func escaped() throws(SyntaxError) -> UInt8 {
        if cursor.byte(UInt8(ascii: "\"")) { return UInt8(ascii: "\"") }
        try cursor.expectByte(UInt8(ascii: "\\"), "a quote or a backslash behind a backslash")
        return UInt8(ascii: "\\")
    }

    // literal = "{" number64 ["+"] "}" CRLF *CHAR8
    mutating func literal() throws(SyntaxError) -> ArraySlice<UInt8> {
        let start = cursor.offset
        let header = try literalHeader()
        guard !header.isBinary, let size = Int(exactly: header.size) else {
            throw cursor.failure(.invalid, "a literal", at: start)
        }
        let content = try cursor.expectTake(size, "the rest of a literal")
        guard !content.contains(0) else { throw cursor.failure(.invalid, "a literal without NUL", at: start) }
        return content
    }

    mutating func literalHeader() throws(SyntaxError) -> LiteralHeader {
        let isBinary = cursor.byte(UInt8(ascii: "~"))
        try cursor.expectByte(UInt8(ascii: "{"), "a literal")
        let size = try cursor.expectNumber("the size of a literal")
        let isSynchronizing = !cursor.byte(UInt8(ascii: "+"))
        try cursor.expectText("}\r\n", "a closing brace and a line end")
        return LiteralHeader(size: size, isSynchronizing: isSynchronizing, isBinary: isBinary)
    }
}

/// Lists in parentheses.
extension IMAPParser {
    /// `(a b c)`, perhaps empty; the limit is the caller's and named.
    ///
    /// We deliberately overlook spaces beside the parentheses and more than one between elements: programs that put a list
    /// together from optional parts send `( \Seen)`, and every older server takes it.
    mutating func list<Element>(
        of expected: String, limit: Int, _ element: (inout IMAPParser) throws(SyntaxError) -> Element
    ) throws(SyntaxError) -> [Element] {
        try cursor.expectByte(UInt8(ascii: "("), "an opening parenthesis")
        var found: [Element] = []
        var isSeparated = cursor.spaces()
        while !cursor.byte(UInt8(ascii: ")")) {
            guard found.isEmpty || isSeparated else { throw cursor.failure("a space or a closing parenthesis") }
            guard found.count < limit else { throw cursor.failure(.limit, "at most \(limit) of \(expected)") }
            found.append(try element(&self))
            isSeparated = cursor.spaces()
        }
        return found
    }

    mutating func nonEmptyList<Element>(
        of expected: String, limit: Int, _ element: (inout IMAPParser) throws(SyntaxError) -> Element
    ) throws(SyntaxError) -> [Element] {
        let start = cursor.offset
        let found = try list(of: expected, limit: limit, element)
        guard !found.isEmpty else { throw cursor.failure(.invalid, "at least one of \(expected)", at: start + 1) }
        return found
    }

    /// Whether a list begins here, behind a space; takes the space only then.
    mutating func spaceAndParenthesis() -> Bool {
        cursor.peek() == 0x20 && cursor.peek(1) == UInt8(ascii: "(") && cursor.space()
    }
}
