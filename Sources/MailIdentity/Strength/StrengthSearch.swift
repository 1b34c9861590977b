import Glibc

/// The cheapest way to build a text out of matches, with guessed characters in between: one step for each position.
enum StrengthSearch {
    /// A character that nothing explains: ten guesses.
    static let character = 1.0
    /// Where one part ends and another begins: at least twice the guesses.
    static let join = log10(2.0)
    /// Nobody tries fewer for a part of several characters that is not the whole.
    static let cheapestPart = log10(50.0)

    struct Result {
        var cost: Double
        /// From left to right.
        var matches: [StrengthMatch]
    }

    /// The cheapest way to a position: how it ended, and where that began.
    private struct Step {
        var cost: Double
        var match: StrengthMatch?
        var start: Int
        var cameFromGuess: Bool
    }

    static func cheapest(_ matches: [StrengthMatch], in text: StrengthText) -> Result {
        cheapest(matches, over: 0..<text.count, of: text.count)
    }

    /// Over a part of the text: with the matches that lie in it.
    static func cheapest(_ matches: [StrengthMatch], over part: Range<Int>, of whole: Int) -> Result {
        guard !part.isEmpty else { return Result(cost: 0, matches: []) }
        var endings = [[StrengthMatch]](repeating: [], count: part.count + 1)
        for match in matches
        where part.lowerBound <= match.range.lowerBound && match.range.upperBound <= part.upperBound {
            endings[match.range.upperBound - part.lowerBound].append(match)
        }
        let none = Step(cost: .infinity, match: nil, start: 0, cameFromGuess: false)
        // At each position: the cheapest that ends with a match there, and the cheapest that ends with guessed characters.
        var matched = [Step(cost: 0, match: nil, start: 0, cameFromGuess: false)]
        var guessed = [none]
        for end in 1...part.count {
            let join = end == 1 ? 0 : Self.join
            let (more, begun) = (guessed[end - 1].cost + character, matched[end - 1].cost + character + join)
            guessed.append(
                Step(cost: min(more, begun), match: nil, start: end - 1, cameFromGuess: more <= begun))
            var best = none
            for match in endings[end] {
                let start = match.range.lowerBound - part.lowerBound
                let cameFromGuess = guessed[start].cost < matched[start].cost
                let before = min(guessed[start].cost, matched[start].cost) + (start == 0 ? 0 : Self.join)
                let own = match.range.count == whole ? match.cost : max(match.cost, cheapestPart)
                guard before + own < best.cost else { continue }
                best = Step(cost: before + own, match: match, start: start, cameFromGuess: cameFromGuess)
            }
            matched.append(best)
        }
        return walkBack(matched, guessed)
    }

    private static func walkBack(_ matched: [Step], _ guessed: [Step]) -> Result {
        var position = matched.count - 1
        var isGuess = guessed[position].cost < matched[position].cost
        var result = Result(cost: min(guessed[position].cost, matched[position].cost), matches: [])
        while position > 0 {
            let step = isGuess ? guessed[position] : matched[position]
            if let match = step.match { result.matches.append(match) }
            isGuess = step.cameFromGuess
            position = step.start
        }
        result.matches.reverse()
        return result
    }
}
