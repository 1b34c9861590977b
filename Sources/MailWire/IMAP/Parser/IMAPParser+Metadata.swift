import MailMessage

/// RFC 5464 §5 and RFC 9590.
extension IMAPParser {
    // getmetadata = "GETMETADATA" [SP getmetadata-options] SP mailbox SP entries
    mutating func getMetadata() throws(SyntaxError) -> IMAPCommand.Body {
        let options = spaceAndParenthesis() ? try metadataOptions() : MetadataOptions()
        let mailbox = try spaceMailbox()
        try cursor.expectSpace()
        return .getMetadata(GetMetadataCommand(mailbox: mailbox, options: options, entries: try metadataEntries()))
    }

    // getmetadata-options = "(" getmetadata-option *(SP getmetadata-option) ")"
    private mutating func metadataOptions() throws(SyntaxError) -> MetadataOptions {
        var options = MetadataOptions()
        _ = try nonEmptyList(of: "options", limit: 2) { parser throws(SyntaxError) in
            try parser.metadataOption(&options)
        }
        return options
    }

    // getmetadata-option = "MAXSIZE" SP number / "DEPTH" SP ("0" / "1" / "infinity")
    private mutating func metadataOption(_ options: inout MetadataOptions) throws(SyntaxError) {
        let start = cursor.offset
        switch try expectWord("MAXSIZE or DEPTH") {
        case "MAXSIZE":
            try cursor.expectSpace()
            options.maxSize = try cursor.expectNumber("a size", maximum: UInt64(UInt32.max))
        case "DEPTH":
            try cursor.expectSpace()
            options.depth = try metadataDepth()
        default: throw cursor.failure(.invalid, "MAXSIZE or DEPTH", at: start)
        }
    }

    private mutating func metadataDepth() throws(SyntaxError) -> MetadataOptions.Depth {
        let start = cursor.offset
        return switch try expectWord("0, 1 or infinity") {
        case "0": .zero
        case "1": .one
        case "INFINITY": .infinity
        default: throw cursor.failure(.invalid, "0, 1 or infinity", at: start)
        }
    }

    // entries = entry / "(" entry *(SP entry) ")"
    mutating func metadataEntries() throws(SyntaxError) -> [MetadataEntry] {
        guard cursor.peek() == UInt8(ascii: "(") else { return [try metadataEntry()] }
        return try nonEmptyList(of: "entries", limit: IMAPLimits.metadataEntries) { parser throws(SyntaxError) in
            try parser.metadataEntry()
        }.withoutRepetitions()
    }

    // entry = astring ; slash-separated path to entry, MUST NOT contain "*" or "%"
    private mutating func metadataEntry() throws(SyntaxError) -> MetadataEntry {
        let start = cursor.offset
        guard let entry = MetadataEntry(try expectAString("an entry")) else {
            throw cursor.failure(.invalid, "an entry such as /private/comment", at: start)
        }
        return entry
    }

    // setmetadata = "SETMETADATA" SP mailbox SP "(" entry-value *(SP entry-value) ")"
    mutating func setMetadata() throws(SyntaxError) -> IMAPCommand.Body {
        let mailbox = try spaceMailbox()
        try cursor.expectSpace()
        let changes = try nonEmptyList(of: "entries", limit: IMAPLimits.metadataEntries) { parser throws(SyntaxError) in
            try parser.metadataChange()
        }
        return .setMetadata(SetMetadataCommand(mailbox: mailbox, changes: changes))
    }

    // entry-value = entry SP value ;  value = nstring / literal8
    private mutating func metadataChange() throws(SyntaxError) -> SetMetadataCommand.Change {
        let start = cursor.offset
        let entry = try metadataEntry()
        guard !entry.isRoot else { throw cursor.failure(.invalid, "an entry below /private or /shared", at: start) }
        try cursor.expectSpace()
        if cursor.peek() == UInt8(ascii: "~") { return SetMetadataCommand.Change(entry, Array(try literal8())) }
        return SetMetadataCommand.Change(entry, try expectNString("a value or NIL"))
    }

    // literal8 = "~{" number64 ["+"] "}" CRLF *OCTET
    private mutating func literal8() throws(SyntaxError) -> ArraySlice<UInt8> {
        let start = cursor.offset
        guard let size = Int(exactly: try literalHeader().size) else {
            throw cursor.failure(.invalid, "a literal", at: start)
        }
        return try cursor.expectTake(size, "the rest of a literal")
    }
}
