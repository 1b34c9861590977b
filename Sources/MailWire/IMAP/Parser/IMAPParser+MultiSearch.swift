/// ESEARCH (RFC 7377 §4).
extension IMAPParser {
    // esearch = "ESEARCH" [SP esearch-source-opts] [SP search-return-opts] SP search-program
    mutating func multiSearch() throws(SyntaxError) -> MultiSearchCommand {
        try cursor.expectSpace()
        var sources: [MailboxFilter] = [.selected]
        if cursor.text("IN ") {
            sources = try multiSearchSources()
            try cursor.expectSpace()
        }
        return MultiSearchCommand(sources: sources, search: try searchRest(uid: true))
    }

    // esearch-source-opts = "IN" SP "(" source-mbox [SP "(" scope-options ")"] ")" ; no scope option is known.
    private mutating func multiSearchSources() throws(SyntaxError) -> [MailboxFilter] {
        try nonEmptyList(of: "mailboxes", limit: IMAPLimits.mailboxFilters) { parser throws(SyntaxError) in
            try parser.mailboxFilter()
        }
    }

    // filter-mailboxes = "selected" / "inboxes" / "personal" / "subscribed" / ("subtree" / "subtree-one" / "mailboxes") SP
    //                    one-or-more-mailbox                                                       (RFC 5465 §8)
    mutating func mailboxFilter() throws(SyntaxError) -> MailboxFilter {
        let start = cursor.offset
        switch try expectWord("which mailboxes") {
        case "SELECTED": return .selected
        case "INBOXES": return .inboxes
        case "PERSONAL": return .personal
        case "SUBSCRIBED": return .subscribed
        case "SUBTREE": return .subtree(try oneOrMoreMailboxes())
        case "SUBTREE-ONE": return .subtreeOne(try oneOrMoreMailboxes())
        case "MAILBOXES": return .mailboxes(try oneOrMoreMailboxes())
        default: throw cursor.failure(.invalid, "which mailboxes", at: start)
        }
    }

    private mutating func oneOrMoreMailboxes() throws(SyntaxError) -> [WireMailbox] {
        guard spaceAndParenthesis() else { return [try spaceMailbox()] }
        return try nonEmptyList(of: "mailboxes", limit: IMAPLimits.mailboxFilters) { parser throws(SyntaxError) in
            try parser.expectMailbox()
        }
    }
}
