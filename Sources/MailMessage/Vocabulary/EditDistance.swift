/// How far two words are apart, for "did you mean".
package enum EditDistance {
    /// Insertions, deletions, changes, and two neighbours swapped; nil when it is more than `bound`.
    /// The work is the product of the two lengths, and none when they alone are too far apart.
    package static func between(_ left: String, _ right: String, atMost bound: Int) -> Int? {
        let (left, right) = (Array(left.lowercased().utf8), Array(right.lowercased().utf8))
        guard abs(left.count - right.count) <= bound else { return nil }
        let distance = between(left, right)
        return distance <= bound ? distance : nil
    }

    private static func between(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var before: [Int] = []
        var previous = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                var best = min(previous[column + 1], current[column]) + 1
                best = min(best, previous[column] + (left[row] == right[column] ? 0 : 1))
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    best = min(best, before[column - 1] + 1)
                }
                current.append(best)
            }
            (before, previous) = (previous, current)
        }
        return previous[right.count]
    }
}
