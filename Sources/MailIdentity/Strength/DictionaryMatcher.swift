import Glibc

/// Words and names: as written, backwards, and with the replacements that everybody knows.
enum DictionaryMatcher {
    private static let shortest = 3
    private static let factor = log10(2.0)

    static func matches(in text: StrengthText, own: OwnNames) -> [StrengthMatch] {
        let longest = max(WordList.longestWord, own.longest)
        var found: [StrengthMatch] = []
        let reading = Reading(text: text, own: own, longest: longest)
        found += reading.words(text.folded, variants: [])
        for table in Replacement.tables {
            let replaced = text.folded.map { table[$0] ?? $0 }
            guard replaced != text.folded else { continue }
            found += reading.words(replaced, variants: .replacements)
        }
        let backwards = Array(text.folded.reversed())
        return found + reading.words(backwards, variants: .reversed)
    }

    private struct Reading {
        let text: StrengthText
        let own: OwnNames
        let longest: Int

        func words(_ scalars: [Unicode.Scalar], variants: StrengthMatch.Variants) -> [StrengthMatch] {
            var found: [StrengthMatch] = []
            for start in scalars.indices.dropLast(shortest - 1) {
                let ends = (start + shortest)...min(start + max(longest, shortest), scalars.count)
                for end in ends {
                    let word = StrengthText.string(scalars[start..<end])
                    if let match = match(word, start..<end, variants) { found.append(match) }
                }
            }
            return found
        }

        private func match(_ word: String, _ place: Range<Int>, _ variants: StrengthMatch.Variants) -> StrengthMatch? {
            let (kind, rank): (StrengthMatch.Kind, Int)
            if let place = own.words[word] {
                (kind, rank) = (.ownName, place)
            } else if let place = WordList.ranks[word] {
                (kind, rank) = (.common, place)
            } else {
                return nil
            }
            let range = variants == .reversed ? text.count - place.upperBound..<text.count - place.lowerBound : place
            let replaced = variants == .replacements ? Replacement.count(in: text.folded[range]) : 0
            if variants == .replacements, replaced == 0 { return nil }
            let capitals = Capitals.cost(text.written[range])
            let cost = log10(Double(rank)) + capitals + factor * Double(replaced + (variants == .reversed ? 1 : 0))
            return StrengthMatch(
                range: range, kind: kind, cost: cost, variants: capitals > 0 ? variants.union(.capitals) : variants)
        }
    }
}
