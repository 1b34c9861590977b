import MailMessage

/// SEARCH (RFC 9051 §6.4.4). Nesting is kept on a stack of our own: a peer cannot make us recurse.
extension IMAPParser {
    // search = "SEARCH" [SP "RETURN" SP "(" [...] ")"] SP [charset-spec SP] search-key *(SP search-key)
    mutating func search(uid: Bool) throws(SyntaxError) -> SearchCommand {
        try cursor.expectSpace()
        return try searchRest(uid: uid)
    }

    // [search-return-opts SP] search-program
    mutating func searchRest(uid: Bool) throws(SyntaxError) -> SearchCommand {
        let options = try searchReturns()
        let charset = try searchCharset()
        let key = try searchProgram()
        try checkRelevancy(options, key)
        return SearchCommand(
            uid: uid, returns: options?.returns, charset: charset, key: key, partial: options?.partial,
            updateItems: options?.updateItems ?? [])
    }

    /// RFC 6203 §4: scores are those of FUZZY.
    func checkRelevancy(_ options: SearchOptions?, _ key: SearchKey, sorts: Bool = false) throws(SyntaxError) {
        guard sorts || options?.returns.contains(.relevancy) ?? false, !key.isFuzzy else { return }
        throw cursor.failure(.invalid, "FUZZY, which RELEVANCY needs")
    }

    // search-return-opts = SP "RETURN" SP "(" [search-return-opt *(SP search-return-opt)] ")"
    mutating func searchReturns() throws(SyntaxError) -> SearchOptions? {
        guard cursor.text("RETURN ") else { return nil }
        var options = SearchOptions()
        _ = try list(of: "return options", limit: IMAPLimits.returnOptions) { parser throws(SyntaxError) in
            try parser.searchReturn(&options)
        }
        try cursor.expectSpace()
        if options.returns.isEmpty { options.returns = .all }
        return options
    }

    private mutating func searchReturn(_ options: inout SearchOptions) throws(SyntaxError) {
        let start = cursor.offset
        let word = try expectWord("a return option")
        switch word {
        case "PARTIAL":
            try cursor.expectSpace()
            // RFC 9394 §3.1: one PARTIAL, one ALL, or neither.
            guard options.returns.isDisjoint(with: [.partial, .all]) else {
                throw cursor.failure(.invalid, "only one of PARTIAL and ALL", at: start)
            }
            options.partial = try partialRange()
            options.returns.insert(.partial)
        case "ALL" where options.returns.contains(.partial):
            throw cursor.failure(.invalid, "only one of PARTIAL and ALL", at: start)
        default:
            guard let option = Self.returnWords[word] else {
                throw cursor.failure(
                    .invalid, "MIN, MAX, ALL, COUNT, SAVE, PARTIAL, UPDATE, CONTEXT or RELEVANCY", at: start)
            }
            options.returns.insert(option)
            if option == .update { try updateItems(&options) }
        }
    }

    // modifier-update = "UPDATE" ["(" fetch-att *(SP fetch-att) ")"]                                (RFC 5465 §7)
    private mutating func updateItems(_ options: inout SearchOptions) throws(SyntaxError) {
        guard cursor.peek() == UInt8(ascii: "(") || spaceAndParenthesis() else { return }
        options.updateItems = try fetchItemList()
    }

    private static let returnWords: [String: SearchReturns] = [
        "MIN": .min, "MAX": .max, "ALL": .all, "COUNT": .count, "SAVE": .save, "UPDATE": .update, "CONTEXT": .context,
        "RELEVANCY": .relevancy,
    ]

    // partial-range-first = nz-number ":" nz-number
    // partial-range-last = MINUS nz-number ":" MINUS nz-number                                     (RFC 9394 §4)
    mutating func partialRange() throws(SyntaxError) -> PartialRange {
        let isFromEnd = cursor.byte(UInt8(ascii: "-"))
        let first = try partialNumber()
        try cursor.expectByte(UInt8(ascii: ":"), "a colon")
        if isFromEnd { try cursor.expectByte(UInt8(ascii: "-"), "a minus before both numbers") }
        return PartialRange(first, try partialNumber(), isFromEnd: isFromEnd)
    }

    private mutating func partialNumber() throws(SyntaxError) -> UInt32 {
        let start = cursor.offset
        let value = try cursor.expectNumber("a place in the result", maximum: UInt64(UInt32.max))
        guard let number = UInt32(exactly: value), number > 0 else {
            throw cursor.failure(.invalid, "a place in the result", at: start)
        }
        return number
    }

    private mutating func searchCharset() throws(SyntaxError) -> String? {
        guard cursor.text("CHARSET ") else { return nil }
        let name = String(decoding: try expectAString("a charset"), as: UTF8.self)
        try cursor.expectSpace()
        return name
    }

    mutating func searchProgram() throws(SyntaxError) -> SearchKey {
        var stack = SearchStack()
        while true {
            if cursor.byte(UInt8(ascii: "(")) {
                try stack.push(.list, at: cursor)
                continue
            }
            guard let key = try searchKeyOrOperator(&stack) else { continue }
            stack.add(key)
            while cursor.peek() == UInt8(ascii: ")") {
                guard stack.closeList() else { throw cursor.failure("a parenthesis that was opened") }
                _ = cursor.anyByte()
            }
            if cursor.isAtEnd, let result = stack.result { return result }
            try cursor.expectSpace()
        }
    }

    /// Nil when the word was OR, NOT or FUZZY, whose keys follow.
    private mutating func searchKeyOrOperator(_ stack: inout SearchStack) throws(SyntaxError) -> SearchKey? {
        if let next = cursor.peek(), ByteClass.digit.contains(next) || next == 0x2a || next == 0x24 {
            return .sequence(try sequenceSet())
        }
        let start = cursor.offset
        let word = try expectWord("a search key")
        switch word {
        case "OR": try stack.pushOr(at: cursor)
        case "NOT": try stack.push(.not, at: cursor)
        case "FUZZY": try stack.push(.fuzzy, at: cursor)
        default: return try searchKey(word, at: start)
        }
        try cursor.expectSpace()
        return nil
    }

    private mutating func searchKey(_ word: String, at start: Int) throws(SyntaxError) -> SearchKey {
        if let key = Self.plainKeys[word] { return key }
        if let date = Self.dateKeys[word] {
            try cursor.expectSpace()
            return .date(date.field, date.relation, try self.date())
        }
        if let field = Self.envelopeKeys[word] { return .envelope(field, try spaceAString()) }
        switch word {
        case "HEADER":
            let name = try spaceAString("a header field's name")
            return .header(name: name, text: try spaceAString())
        case "EMAILID": return .emailID(try spaceObjectID())
        case "THREADID": return .threadID(try spaceObjectID())
        case "BODY": return .body(try spaceAString())
        case "TEXT": return .text(try spaceAString())
        case "KEYWORD": return .keyword(try spaceKeyword())
        case "UNKEYWORD": return .notKeyword(try spaceKeyword())
        case "LARGER": return .larger(try spaceNumber())
        case "SMALLER": return .smaller(try spaceNumber())
        case "UID": return .uid(try spaceSet())
        case "UIDAFTER": return .uidAfter(try spaceUID())
        case "UIDBEFORE": return .uidBefore(try spaceUID())
        case "OLDER": return .older(try spaceInterval())
        case "YOUNGER": return .younger(try spaceInterval())
        case "MODSEQ": return .modSeq(try searchModSeq())
        default: throw cursor.failure(.invalid, "a search key", at: start)
        }
    }

    // objectid = 1*255(ALPHA / DIGIT / "_" / "-")                                                  (RFC 8474 §7)
    private mutating func spaceObjectID() throws(SyntaxError) -> String {
        try cursor.expectSpace()
        let start = cursor.offset
        let id = try cursor.expectRun(of: Self.objectIDBytes, "an object's id")
        guard id.count <= IMAPLimits.objectIDLength else { throw cursor.failure(.limit, "a shorter id", at: start) }
        return String(decoding: id, as: UTF8.self)
    }

    private static let objectIDBytes = ByteClass.letterOrDigit.adding("_-")

    private mutating func spaceKeyword() throws(SyntaxError) -> Keyword {
        try cursor.expectSpace()
        return try keyword()
    }

    private mutating func spaceNumber() throws(SyntaxError) -> UInt64 {
        try cursor.expectSpace()
        return try cursor.expectNumber("a size")
    }

    // search-key =/ ("UIDBEFORE" / "UIDAFTER") SP uniqueid                                        (RFC 9738 §5)
    private mutating func spaceUID() throws(SyntaxError) -> UID {
        try cursor.expectSpace()
        let start = cursor.offset
        let value = try cursor.expectNumber("a UID", maximum: UInt64(UInt32.max))
        guard let uid = UInt32(exactly: value).flatMap({ UID($0) }) else {
            throw cursor.failure(.invalid, "a UID above zero", at: start)
        }
        return uid
    }

    // search-key =/ ("OLDER" / "YOUNGER") SP nz-number                                            (RFC 5032 §4)
    private mutating func spaceInterval() throws(SyntaxError) -> UInt32 {
        try cursor.expectSpace()
        let start = cursor.offset
        let value = try cursor.expectNumber("an interval in seconds", maximum: UInt64(UInt32.max))
        guard let seconds = UInt32(exactly: value), seconds > 0 else {
            throw cursor.failure(.invalid, "an interval above zero", at: start)
        }
        return seconds
    }

    // search-modsequence = "MODSEQ" [SP entry-name SP entry-type-req] SP mod-sequence-valzer      (RFC 7162 §7)
    private mutating func searchModSeq() throws(SyntaxError) -> ModSeq {
        try cursor.expectSpace()
        if cursor.peek() == UInt8(ascii: "\"") {
            _ = try expectString("an entry name")
            try cursor.expectSpace()
            let start = cursor.offset
            guard ["PRIV", "SHARED", "ALL"].contains(try expectWord("priv, shared or all")) else {
                throw cursor.failure(.invalid, "priv, shared or all", at: start)
            }
            try cursor.expectSpace()
        }
        return try modSeq()
    }

    static let plainKeys: [String: SearchKey] = [
        "ALL": .all, "NEW": .new, "OLD": .old, "RECENT": .recent, "SAVEDATESUPPORTED": .saveDateSupported,
        "ANSWERED": .flag(.answered), "DELETED": .flag(.deleted), "DRAFT": .flag(.draft), "FLAGGED": .flag(.flagged),
        "SEEN": .flag(.seen), "UNANSWERED": .notFlag(.answered), "UNDELETED": .notFlag(.deleted),
        "UNDRAFT": .notFlag(.draft), "UNFLAGGED": .notFlag(.flagged), "UNSEEN": .notFlag(.seen),
    ]

    private static let envelopeKeys: [String: SearchKey.EnvelopeField] = [
        "SUBJECT": .subject, "FROM": .from, "TO": .to, "CC": .cc, "BCC": .bcc,
    ]

    private static let dateKeys: [String: (field: SearchKey.DateField, relation: SearchKey.DateRelation)] = [
        "BEFORE": (.received, .before), "ON": (.received, .on), "SINCE": (.received, .since),
        "SENTBEFORE": (.sent, .before), "SENTON": (.sent, .on), "SENTSINCE": (.sent, .since),
        "SAVEDBEFORE": (.saved, .before), "SAVEDON": (.saved, .on), "SAVEDSINCE": (.saved, .since),
    ]
}

/// What stands in the parentheses of RETURN.
struct SearchOptions {
    var returns: SearchReturns = []
    var partial: PartialRange?
    var updateItems: [FetchItem] = []
}
