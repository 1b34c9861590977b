/// LIST with all its options (RFC 9051 §6.3.9, RFC 5258 §6) and LSUB (RFC 3501 §6.3.9).
extension IMAPParser {
    // list = "LIST" [SP list-select-opts] SP mailbox SP mbox-or-pat [SP list-return-opts]
    mutating func list() throws(SyntaxError) -> ListCommand {
        let hasSelection = spaceAndParenthesis()
        let selection = hasSelection ? try listSelection() : []
        let reference = try spaceMailbox()
        try cursor.expectSpace()
        let hasSeveral = cursor.peek() == UInt8(ascii: "(")
        let patterns = hasSeveral ? try patternList() : [try listMailbox()]
        let hasReturns = cursor.space()
        let returns = hasReturns ? try listReturns() : ListReturns()
        return ListCommand(
            reference: reference, patterns: patterns, selection: selection, returns: returns,
            isExtended: hasSelection || hasSeveral || hasReturns)
    }

    // lsub = "LSUB" SP mailbox SP list-mailbox
    mutating func lsub() throws(SyntaxError) -> ListCommand {
        let reference = try spaceMailbox()
        try cursor.expectSpace()
        return ListCommand(reference: reference, patterns: [try listMailbox()])
    }

    // list-mailbox = 1*list-char / string
    private mutating func listMailbox() throws(SyntaxError) -> ListPattern {
        let start = cursor.offset
        var bytes: [UInt8]
        if let atom = cursor.run(of: IMAPBytes.list) {
            bytes = Array(atom)
        } else {
            bytes = try expectString("a mailbox pattern")
        }
        guard bytes.count <= IMAPLimits.listPatternLength else {
            throw cursor.failure(.limit, "a shorter pattern", at: start)
        }
        return ListPattern(bytes: bytes, encoding: encoding)
    }

    // patterns = "(" list-mailbox *(SP list-mailbox) ")"
    private mutating func patternList() throws(SyntaxError) -> [ListPattern] {
        try nonEmptyList(of: "patterns", limit: IMAPLimits.listPatterns) { parser throws(SyntaxError) in
            try parser.listMailbox()
        }
    }

    // list-select-opts = "(" [*(list-select-opt SP) list-select-base-opt *(SP list-select-opt)] ")"
    private mutating func listSelection() throws(SyntaxError) -> ListSelection {
        let start = cursor.offset
        let words = try list(of: "selection options", limit: 8) { parser throws(SyntaxError) in
            try parser.listSelectionOption()
        }
        let selection = words.reduce(into: ListSelection()) { $0.formUnion($1) }
        // RFC 9051 §6.3.9.1: RECURSIVEMATCH needs another option that selects, and REMOTE does not.
        if selection.contains(.recursiveMatch), selection.isDisjoint(with: [.subscribed, .specialUse]) {
            throw cursor.failure(.invalid, "another option beside RECURSIVEMATCH", at: start)
        }
        return selection
    }

    private mutating func listSelectionOption() throws(SyntaxError) -> ListSelection {
        let start = cursor.offset
        return switch try expectWord("a selection option") {
        case "SUBSCRIBED": .subscribed
        case "REMOTE": .remote
        case "RECURSIVEMATCH": .recursiveMatch
        case "SPECIAL-USE": .specialUse
        default: throw cursor.failure(.invalid, "SUBSCRIBED, REMOTE, RECURSIVEMATCH or SPECIAL-USE", at: start)
        }
    }

    // list-return-opts = "RETURN" SP "(" [return-option *(SP return-option)] ")"
    private mutating func listReturns() throws(SyntaxError) -> ListReturns {
        try cursor.expectText("RETURN ", "RETURN and a list")
        var returns = ListReturns()
        _ = try list(of: "return options", limit: 8) { parser throws(SyntaxError) in
            try parser.listReturnOption(&returns)
        }
        return returns
    }

    private mutating func listReturnOption(_ returns: inout ListReturns) throws(SyntaxError) {
        let start = cursor.offset
        switch try expectWord("a return option") {
        case "SUBSCRIBED": returns.subscribed = true
        case "CHILDREN": returns.children = true
        case "SPECIAL-USE": returns.specialUse = true
        case "MYRIGHTS": returns.myRights = true
        case "STATUS":
            try cursor.expectSpace()
            returns.status = try statusItems()
        case "METADATA":
            try cursor.expectSpace()
            returns.metadata = try metadataEntries()
        default:
            throw cursor.failure(.invalid, "SUBSCRIBED, CHILDREN, SPECIAL-USE, MYRIGHTS, STATUS or METADATA", at: start)
        }
    }
}
