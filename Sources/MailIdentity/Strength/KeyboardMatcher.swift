import Glibc

/// Runs over keys that touch each other, with their turns.
enum KeyboardMatcher {
    private static let shortest = 3
    /// Keys to begin with, and neighbours of one, in the middle.
    private static let beginnings = log10(47.0)
    private static let neighbours = log10(4.6)

    static func matches(in text: StrengthText) -> [StrengthMatch] {
        KeyboardLayout.all.flatMap { matches(in: text, $0) }
    }

    private static func matches(in text: StrengthText, _ layout: KeyboardLayout) -> [StrengthMatch] {
        var found: [StrengthMatch] = []
        let keys = text.written.map { layout.keys[$0] }
        var start = 0
        while start < keys.count {
            let (end, turns) = run(keys, from: start)
            if end - start >= shortest { found.append(match(keys[start..<end], turns: turns)) }
            start = max(end, start + 1)
        }
        return found
    }

    /// Where it ends, and how often it changes direction.
    private static func run(_ keys: [KeyboardLayout.Key?], from start: Int) -> (end: Int, turns: Int) {
        var (end, turns, last) = (start, 0, KeyboardLayout.Step?.none)
        while end < keys.count, let key = keys[end] {
            if end > start {
                guard let before = keys[end - 1], let step = KeyboardLayout.step(from: before, to: key) else { break }
                if step != last { turns += 1 }
                last = step
            }
            end += 1
        }
        return (end, turns)
    }

    private static func match(_ keys: ArraySlice<KeyboardLayout.Key?>, turns: Int) -> StrengthMatch {
        let shifted = keys.count { $0?.isShifted ?? false }
        let shifts = shifted == 0 ? 0 : shifted == keys.count ? log10(2) : Combinations.digits(keys.count, shifted)
        let ways = Combinations.digits(keys.count - 1, turns - 1) + neighbours * Double(turns)
        // A run of any length up to this one would have been tried first.
        let cost = beginnings + log10(Double(keys.count)) + ways + shifts
        return StrengthMatch(range: keys.startIndex..<keys.endIndex, kind: .keyboard, cost: cost)
    }
}
