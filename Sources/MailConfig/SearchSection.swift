/// `[search]`.
package struct SearchSection: Sendable, Equatable {
    package var index = false

    static let keys: [ConfigurationKey<SearchSection>] = [
        .init(
            "index", \.index, .flag,
            "Keep an index of the texts of accounts that are searched, beside their mail: SEARCH BODY and TEXT then answer at once "
                + "in the largest ones, and find exactly what they find without. It takes about a third of the mail's size, is filled in the "
                + "background, counts for no quota and can be deleted at any time.")
    ]
}
