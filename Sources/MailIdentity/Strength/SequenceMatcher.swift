import Glibc

/// Characters with the same distance from one to the next: "abcdef", "97531".
enum SequenceMatcher {
    private static let shortest = 3
    private static let widest: Int64 = 5

    static func matches(in text: StrengthText) -> [StrengthMatch] {
        let values = text.folded.map { Int64($0.value) }
        var found: [StrengthMatch] = []
        var start = 0
        while start + 1 < values.count {
            let step = values[start + 1] - values[start]
            var end = start + 2
            while end < values.count, values[end] - values[end - 1] == step { end += 1 }
            if end - start >= shortest, step != 0, abs(step) <= widest {
                found.append(match(text, start..<end, step: step))
            }
            start = end - 1
        }
        return found
    }

    private static func match(_ text: StrengthText, _ range: Range<Int>, step: Int64) -> StrengthMatch {
        let first = text.folded[range.lowerBound]
        let beginnings: Double =
            switch first {
            case "a", "z", "0", "1", "9": 4
            case "0"..."9": 10
            default: 26
            }
        let directions: Double = step == 1 ? 1 : step == -1 ? 2 : 8
        let capitals = Capitals.cost(text.written[range])
        return StrengthMatch(
            range: range, kind: .sequence, cost: log10(beginnings * directions * Double(range.count)) + capitals,
            variants: capitals > 0 ? .capitals : [])
    }
}
