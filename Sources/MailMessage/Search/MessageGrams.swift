/// What an index knows of one message: the trigrams of the texts that a search looks into. Never more than there are of
/// them, so a text that is no text costs no more than any other.
package struct MessageGrams: Sendable, Equatable {
    /// Distinct trigrams of one place; what has more is no text, and is looked into at every search.
    package static let limit = 100_000
    /// Changes whenever the texts or their folding do: then every index is made anew.
    package static let version = 1

    package let header: [Gram]
    package let body: [Gram]

    /// Nil when there are too many.
    package init?(_ search: MessageSearch, envelope: EnvelopeText, using maker: inout MessageGramMaker) throws {
        maker.header.removeAll()
        maker.body.removeAll()
        try search.eachText { place, text in
            switch place {
            case .header: maker.header.insert(textOf: text)
            case .body: maker.body.insert(textOf: text)
            }
        }
        EnvelopeSearch.eachText(of: envelope) { maker.header.insert(textOf: $0) }
        guard maker.header.grams.count <= Self.limit, maker.body.grams.count <= Self.limit else { return nil }
        (header, body) = (maker.header.grams, maker.body.grams)
    }
}

/// Room for the trigrams of one message after the other: 4 MiB.
package struct MessageGramMaker {
    fileprivate var header = GramSet()
    fileprivate var body = GramSet()

    package init() {}
}
