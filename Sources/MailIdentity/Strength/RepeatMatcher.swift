import Glibc

/// The same again and again: "aaaa", "abcabcabc".
enum RepeatMatcher {
    /// Of a text: the longest are looked at.
    static let mostRepeats = 64

    /// `built`: what the repeated part may be built of.
    static func matches(in text: StrengthText, built: [StrengthMatch]) -> [StrengthMatch] {
        let found = (1...max(1, text.count / 2)).flatMap { repeats(of: $0, in: text.folded) }
        let longest = found.sorted { ($0.range.count, -$0.unit) > ($1.range.count, -$1.unit) }.prefix(mostRepeats)
        return longest.map { found in
            let unit = found.range.lowerBound..<found.range.lowerBound + found.unit
            let once = StrengthSearch.cheapest(built, over: unit, of: found.unit).cost
            let times = log10(Double((found.range.count + found.unit - 1) / found.unit))
            return StrengthMatch(
                range: found.range, kind: .repetition, cost: once + times + capitals(text, found.range))
        }
    }

    private struct Repeat {
        let range: Range<Int>
        let unit: Int
    }

    /// Where each character is the one so many places before.
    private static func repeats(of unit: Int, in scalars: [Unicode.Scalar]) -> [Repeat] {
        var (found, start) = ([Repeat](), 0)
        while start + unit < scalars.count {
            var end = start + unit
            while end < scalars.count, scalars[end] == scalars[end - unit] { end += 1 }
            let shortest = max(2 * unit, 3)
            if end - start >= shortest { found.append(Repeat(range: start..<end, unit: unit)) }
            start = max(end - unit, start) + 1
        }
        return found
    }

    private static func capitals(_ text: StrengthText, _ range: Range<Int>) -> Double {
        Capitals.cost(text.written[range])
    }
}
