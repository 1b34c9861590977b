/// SORT and THREAD (RFC 5256 §5, RFC 5267 §5).
extension IMAPParser {
    // sort = ["UID" SP] "SORT" [search-return-opts] SP sort-criteria SP search-criteria
    mutating func sort(uid: Bool) throws(SyntaxError) -> SortCommand {
        try cursor.expectSpace()
        let start = cursor.offset
        let returns = try searchReturns()
        // They belong to CONTEXT=SORT, which is not offered.
        guard returns?.returns.isDisjoint(with: [.update, .context]) ?? true else {
            throw cursor.failure(.invalid, "no UPDATE and no CONTEXT", at: start)
        }
        let criteria = try nonEmptyList(of: "sort criteria", limit: IMAPLimits.sortCriteria) {
            parser throws(SyntaxError) in try parser.sortCriterion()
        }
        let search = try searchCriteria(uid: uid, returns)
        try checkRelevancy(nil, search.key, sorts: criteria.contains { $0.key == .relevancy })
        return SortCommand(criteria: criteria, search: search)
    }

    // thread = ["UID" SP] "THREAD" SP thread-alg SP search-criteria
    mutating func thread(uid: Bool) throws(SyntaxError) -> ThreadCommand {
        try cursor.expectSpace()
        let start = cursor.offset
        let algorithm: ThreadCommand.Algorithm
        switch try expectWord("a way of threading") {
        case "ORDEREDSUBJECT": algorithm = .orderedSubject
        case "REFERENCES": algorithm = .references
        case "REFS": algorithm = .refs
        default: throw cursor.failure(.invalid, "ORDEREDSUBJECT, REFERENCES or REFS", at: start)
        }
        return ThreadCommand(algorithm: algorithm, search: try searchCriteria(uid: uid, nil))
    }

    // search-criteria = charset 1*(SP search-key)
    private mutating func searchCriteria(
        uid: Bool, _ returns: SearchOptions?
    ) throws(SyntaxError) -> SearchCommand {
        let charset = String(decoding: try spaceAString("a charset"), as: UTF8.self)
        try cursor.expectSpace()
        let key = try searchProgram()
        try checkRelevancy(returns, key)
        return SearchCommand(
            uid: uid, returns: returns?.returns, charset: charset, key: key, partial: returns?.partial)
    }

    // cancelupdate = "CANCELUPDATE" 1*(SP quoted)                                                  (RFC 5267 §5)
    mutating func cancelUpdate() throws(SyntaxError) -> IMAPCommand.Body {
        var tags: [String] = []
        repeat {
            try cursor.expectSpace()
            guard tags.count < IMAPLimits.cancelledTags else { throw cursor.failure(.limit, "fewer tags") }
            guard cursor.peek() == UInt8(ascii: "\"") else { throw cursor.failure("a tag in quotes") }
            tags.append(String(decoding: try expectString("a tag in quotes"), as: UTF8.self))
        } while !cursor.isAtEnd
        return .cancelUpdate(tags)
    }

    // sort-criterion = ["REVERSE" SP] sort-key
    private mutating func sortCriterion() throws(SyntaxError) -> SortCriterion {
        let isReversed = cursor.text("REVERSE ")
        let start = cursor.offset
        guard let key = Self.sortKeys[try expectWord("a sort key")] else {
            throw cursor.failure(.invalid, "a sort key", at: start)
        }
        return SortCriterion(key, isReversed: isReversed)
    }

    private static let sortKeys: [String: SortCriterion.Key] = [
        "ARRIVAL": .arrival, "CC": .cc, "DATE": .date, "FROM": .from, "SIZE": .size, "SUBJECT": .subject, "TO": .to,
        "DISPLAYFROM": .displayFrom, "DISPLAYTO": .displayTo,
        "RELEVANCY": .relevancy,
    ]
}
