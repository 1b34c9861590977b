import MailMessage

/// SELECT, CREATE, LIST, STATUS, APPEND, quota (RFC 9051 §6.3, RFC 9208).
extension IMAPParser {
    // mailbox = "INBOX" / astring
    mutating func expectMailbox() throws(SyntaxError) -> WireMailbox {
        WireMailbox(bytes: try expectAString("a mailbox name"), encoding: encoding)
    }

    mutating func spaceMailbox() throws(SyntaxError) -> WireMailbox {
        try cursor.expectSpace()
        return try expectMailbox()
    }

    // create = "CREATE" SP mailbox [SP "(" "USE" SP "(" use-attr *(SP use-attr) ")" ")"]        (RFC 6154 §6)
    mutating func create() throws(SyntaxError) -> IMAPCommand.Body {
        let mailbox = try spaceMailbox()
        var uses: [String] = []
        if cursor.space() {
            try cursor.expectText("(USE ", "(USE")
            uses = try list(of: "special uses", limit: IMAPLimits.useAttributes) { parser throws(SyntaxError) in
                try parser.backslashWord("a special use")
            }
            try cursor.expectByte(UInt8(ascii: ")"), "a closing parenthesis")
        }
        return .create(CreateCommand(mailbox: mailbox, useAttributes: uses))
    }

    private mutating func backslashWord(_ expected: String) throws(SyntaxError) -> String {
        try cursor.expectByte(UInt8(ascii: "\\"), expected)
        return "\\" + String(decoding: try expectAtom(expected), as: UTF8.self)
    }

    // status = "STATUS" SP mailbox SP "(" status-att *(SP status-att) ")"
    mutating func status() throws(SyntaxError) -> IMAPCommand.Body {
        let mailbox = try spaceMailbox()
        try cursor.expectSpace()
        return .status(mailbox, try statusItems())
    }

    mutating func statusItems() throws(SyntaxError) -> [StatusItem] {
        let limit = StatusItem.allCases.count * 2
        let items = try nonEmptyList(of: "status items", limit: limit) { parser throws(SyntaxError) in
            let start = parser.cursor.offset
            let word = try parser.expectWord("a status item")
            guard let item = StatusItem(rawValue: word) else {
                throw parser.cursor.failure(.invalid, "a status item", at: start)
            }
            return item
        }
        return items.withoutRepetitions()
    }

    // append = "APPEND" SP mailbox 1*append-message
    mutating func append() throws(SyntaxError) -> AppendCommand {
        let mailbox = try spaceMailbox()
        return AppendCommand(mailbox: mailbox, pieces: try firstPieces(takesMany: true))
    }

    // replace = "REPLACE" SP seq-number SP mailbox append-message                                  (RFC 8508 §7)
    mutating func replace(uid: Bool) throws(SyntaxError) -> ReplaceCommand {
        let start = cursor.offset
        let set = try spaceSet()
        guard case .ranges(let ranges) = set, ranges.count == 1, ranges.allSatisfy({ $0.first == $0.second }) else {
            throw cursor.failure(.invalid, "one message number", at: start + 1)
        }
        let mailbox = try spaceMailbox()
        let append = AppendCommand(mailbox: mailbox, pieces: try firstPieces(takesMany: false))
        return ReplaceCommand(uid: uid, set: set, append: append)
    }

    private mutating func firstPieces(takesMany: Bool) throws(SyntaxError) -> [AppendPiece] {
        var grammar = AppendGrammar(takesMany: takesMany)
        let pieces = try grammar.pieces(&self)
        appending = grammar
        return pieces
    }

    /// What stands between two literals of an APPEND, or behind the last.
    mutating func appendPieces(_ grammar: inout AppendGrammar) throws(IMAPSyntaxError) -> [AppendPiece] {
        do throws(SyntaxError) {
            let pieces = try grammar.pieces(&self)
            try cursor.expectEnd()
            return pieces
        } catch {
            throw report(error)
        }
    }

    // setquota = "SETQUOTA" SP quota-root-name SP "(" [resource-name SP resource-limit ...] ")"  (RFC 9208 §7)
    mutating func setQuota() throws(SyntaxError) -> IMAPCommand.Body {
        let root = try spaceAString("a quota root")
        try cursor.expectSpace()
        let limits = try list(of: "quota resources", limit: IMAPLimits.quotaResources) { parser throws(SyntaxError) in
            let name = try parser.expectWord("a quota resource")
            try parser.cursor.expectSpace()
            let limit = try parser.cursor.expectNumber("a quota limit", maximum: UInt64(Int64.max))
            return QuotaResource(name: name, limit: limit)
        }
        return .setQuota(root: root, limits: limits)
    }
}

extension Array where Element: Hashable {
    /// In order of first appearance.
    func withoutRepetitions() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
