import MailMessage

/// FETCH (RFC 9051 §6.4.5, RFC 3501's RFC822 items, RFC 7162).
extension IMAPParser {
    // fetch = "FETCH" SP sequence-set SP ("ALL" / "FULL" / "FAST" / fetch-att / "(" fetch-att *(SP fetch-att) ")")
    //         [SP "(" fetch-modifier *(SP fetch-modifier) ")"]                                    (RFC 4466 §2.3)
    mutating func fetch(uid: Bool) throws(SyntaxError) -> FetchCommand {
        let set = try spaceSet()
        try cursor.expectSpace()
        let items = try fetchItems()
        var command = FetchCommand(uid: uid, set: set, items: items.withoutRepetitions())
        if cursor.space() {
            let limit = IMAPLimits.fetchModifiers
            _ = try nonEmptyList(of: "modifiers", limit: limit) { parser throws(SyntaxError) in
                try parser.fetchModifier(of: &command)
            }
        }
        return command
    }

    // fetch-modifier = "CHANGEDSINCE" SP mod-sequence-value / "VANISHED" / "PARTIAL" SP partial-range
    //                                                                                   (RFC 7162 §7, RFC 9394 §4)
    private mutating func fetchModifier(of command: inout FetchCommand) throws(SyntaxError) {
        let start = cursor.offset
        switch try expectWord("CHANGEDSINCE, VANISHED or PARTIAL") {
        case "CHANGEDSINCE":
            try cursor.expectSpace()
            command.changedSince = try modSeq()
        case "VANISHED": command.vanished = true
        case "PARTIAL" where command.uid && command.partial == nil:
            try cursor.expectSpace()
            command.partial = try partialRange()
        default:
            let expected = command.uid ? "CHANGEDSINCE, VANISHED or one PARTIAL" : "CHANGEDSINCE or VANISHED"
            throw cursor.failure(.invalid, expected, at: start)
        }
    }

    private mutating func fetchItems() throws(SyntaxError) -> [FetchItem] {
        if cursor.peek() == UInt8(ascii: "(") { return try fetchItemList() }
        if let macro = fetchMacro() { return macro }
        return [try fetchItem()]
    }

    // "(" fetch-att *(SP fetch-att) ")"
    mutating func fetchItemList() throws(SyntaxError) -> [FetchItem] {
        try nonEmptyList(of: "fetch items", limit: IMAPLimits.fetchItems) { parser throws(SyntaxError) in
            try parser.fetchItem()
        }
    }

    private mutating func fetchMacro() -> [FetchItem]? {
        var trial = cursor
        switch trial.run(of: .letter)?.asciiUppercasedText {
        case "FAST" where trial.endsWord:
            cursor = trial
            return [.flags, .internalDate, .size]
        case "ALL" where trial.endsWord:
            cursor = trial
            return [.flags, .internalDate, .size, .envelope]
        case "FULL" where trial.endsWord:
            cursor = trial
            return [.flags, .internalDate, .size, .envelope, .body]
        default: return nil
        }
    }

    // fetch-att
    private mutating func fetchItem() throws(SyntaxError) -> FetchItem {
        let start = cursor.offset
        let word = try cursor.expectRun(of: Self.itemBytes, "a fetch item").asciiUppercasedText
        if let item = Self.plainItems[word] {
            guard cursor.endsWord || (word == "BODY" && cursor.peek() == UInt8(ascii: "[")) else {
                throw cursor.failure("a space behind the fetch item")
            }
            return word == "BODY" && !cursor.endsWord ? .section(try section(peek: false)) : item
        }
        switch word {
        // "PREVIEW" [SP "(" "LAZY" ")"]                                                            (RFC 8970 §5)
        case "PREVIEW" where cursor.endsWord: return .preview(lazy: cursor.text(" (LAZY)"))
        case "BODY.PEEK": return .section(try section(peek: true))
        case "BINARY": return .binary(try binary(peek: false))
        case "BINARY.PEEK": return .binary(try binary(peek: true))
        case "BINARY.SIZE": return .binarySize(try binaryPath())
        default: throw cursor.failure(.invalid, "a fetch item", at: start)
        }
    }

    private static let itemBytes = ByteClass.letterOrDigit.adding(".")
    private static let plainItems: [String: FetchItem] = [
        "ENVELOPE": .envelope, "FLAGS": .flags, "INTERNALDATE": .internalDate, "RFC822.SIZE": .size, "UID": .uid,
        "MODSEQ": .modSeq, "SAVEDATE": .saveDate, "BODY": .body, "BODYSTRUCTURE": .bodyStructure, "RFC822": .rfc822,
        "EMAILID": .emailID, "THREADID": .threadID, "RFC822.HEADER": .rfc822Header, "RFC822.TEXT": .rfc822Text,
    ]
}

/// What stands in brackets.
extension IMAPParser {
    // section = "[" [section-spec] "]" ;  section-spec = section-msgtext / (section-part ["." section-text])
    private mutating func section(peek: Bool) throws(SyntaxError) -> BodySection {
        try cursor.expectByte(UInt8(ascii: "["), "a section in brackets")
        let (path, content) = try sectionSpec()
        try cursor.expectByte(UInt8(ascii: "]"), "a closing bracket")
        return BodySection(path: path, content: content, partial: try partial(), peek: peek)
    }

    private mutating func sectionSpec() throws(SyntaxError) -> ([Int], BodySection.Content) {
        let path = try sectionPath()
        if cursor.peek() == UInt8(ascii: "]") { return (path, .all) }
        if !path.isEmpty { try cursor.expectByte(UInt8(ascii: "."), "a dot or a closing bracket") }
        return (path, try sectionText(isPart: !path.isEmpty))
    }

    /// A section and its closing bracket with nothing behind: how a URL's is read (RFC 5092 §11).
    mutating func lastSectionSpec() throws(SyntaxError) -> ([Int], BodySection.Content) {
        let spec = try sectionSpec()
        try cursor.expectByte(UInt8(ascii: "]"), "a closing bracket")
        try cursor.expectEnd()
        return spec
    }

    // section-part = nz-number *("." nz-number)
    private mutating func sectionPath() throws(SyntaxError) -> [Int] {
        var path: [Int] = []
        while let next = cursor.peek(path.isEmpty ? 0 : 1), ByteClass.digit.contains(next) {
            if !path.isEmpty { guard cursor.byte(UInt8(ascii: ".")) else { break } }
            guard path.count < IMAPLimits.sectionDepth else { throw cursor.failure(.limit, "a shorter section") }
            path.append(try sectionNumber())
        }
        return path
    }

    private mutating func sectionNumber() throws(SyntaxError) -> Int {
        let start = cursor.offset
        let value = try cursor.expectNumber("a part number", maximum: UInt64(UInt32.max))
        guard value > 0, let number = Int(exactly: value) else {
            throw cursor.failure(.invalid, "a part number", at: start)
        }
        return number
    }

    // section-text = "HEADER" / "HEADER.FIELDS" [".NOT"] SP header-list / "TEXT" / "MIME" (of a part only)
    private mutating func sectionText(isPart: Bool) throws(SyntaxError) -> BodySection.Content {
        let start = cursor.offset
        switch try cursor.expectRun(of: Self.sectionBytes, "HEADER, TEXT or MIME").asciiUppercasedText {
        case "HEADER": return .header
        case "TEXT": return .text
        case "MIME" where isPart: return .mime
        case "HEADER.FIELDS": return .headerFields(try headerList())
        case "HEADER.FIELDS.NOT": return .headerFieldsNot(try headerList())
        default: throw cursor.failure(.invalid, "HEADER, TEXT or MIME", at: start)
        }
    }

    private static let sectionBytes = ByteClass.letter.adding(".")

    // header-list = "(" header-fld-name *(SP header-fld-name) ")"
    private mutating func headerList() throws(SyntaxError) -> [[UInt8]] {
        try cursor.expectSpace()
        return try nonEmptyList(of: "header fields", limit: IMAPLimits.headerFieldNames) { parser throws(SyntaxError) in
            try parser.expectAString("a header field's name")
        }
    }

    // section-binary = "[" [section-part] "]"
    private mutating func binary(peek: Bool) throws(SyntaxError) -> BinarySection {
        let path = try binaryPath()
        return BinarySection(path: path, partial: try partial(), peek: peek)
    }

    private mutating func binaryPath() throws(SyntaxError) -> [Int] {
        try cursor.expectByte(UInt8(ascii: "["), "a section in brackets")
        let path = try sectionPath()
        try cursor.expectByte(UInt8(ascii: "]"), "a closing bracket")
        return path
    }

    // partial = "<" number64 "." nz-number64 ">"
    private mutating func partial() throws(SyntaxError) -> Partial? {
        guard cursor.byte(UInt8(ascii: "<")) else { return nil }
        let offset = try cursor.expectNumber("an offset")
        try cursor.expectByte(UInt8(ascii: "."), "a dot")
        let start = cursor.offset
        let count = try cursor.expectNumber("a count")
        guard count > 0 else { throw cursor.failure(.invalid, "a count above zero", at: start) }
        try cursor.expectByte(UInt8(ascii: ">"), "a closing angle bracket")
        return Partial(offset: offset, count: count)
    }
}

extension ByteCursor {
    /// At the end, before a space, or before a closing parenthesis.
    var endsWord: Bool { isAtEnd || peek() == 0x20 || peek() == UInt8(ascii: ")") }
}
