/// Everything in a text that somebody would try.
enum StrengthMatches {
    static func all(in text: StrengthText, names: [String], year: Int) -> [StrengthMatch] {
        let own = OwnNames(names)
        var matches = DictionaryMatcher.matches(in: text, own: own)
        matches += KeyboardMatcher.matches(in: text)
        matches += SequenceMatcher.matches(in: text)
        matches += DateMatcher.matches(in: text, year: year)
        return matches + RepeatMatcher.matches(in: text, built: matches)
    }
}
