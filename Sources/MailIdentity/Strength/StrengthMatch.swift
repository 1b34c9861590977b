/// A part of a password that somebody would try.
struct StrengthMatch: Equatable {
    enum Kind: Equatable { case common, ownName, keyboard, sequence, repetition, date }

    /// What was done to a word.
    struct Variants: OptionSet {
        let rawValue: UInt8
        static let capitals = Variants(rawValue: 1)
        static let replacements = Variants(rawValue: 2)
        static let reversed = Variants(rawValue: 4)
    }

    /// At positions of `StrengthText`; never empty.
    let range: Range<Int>
    let kind: Kind
    /// The decimal logarithm of the guesses that reach it.
    let cost: Double
    var variants: Variants = []
}
