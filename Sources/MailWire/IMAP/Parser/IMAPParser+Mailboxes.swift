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

    // append = "APPEND" SP mailbox [SP flag-list] [SP date-time] SP literal
    mutating func append() throws(SyntaxError) -> AppendCommand {
        let mailbox = try spaceMailbox()
        try cursor.expectSpace()
        var flags: [Flag] = []
        if cursor.peek() == UInt8(ascii: "(") {
            flags = try flagList(ignoringRecent: true)
            try cursor.expectSpace()
        }
        var date: IMAPDateTime?
        if cursor.peek() == UInt8(ascii: "\"") {
            date = try dateTime()
            try cursor.expectSpace()
        }
        return AppendCommand(mailbox: mailbox, flags: flags, date: date, literal: try literalHeader())
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
