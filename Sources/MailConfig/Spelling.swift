/// "Did you mean": the nearest of the known words, when it is near enough.
enum Spelling {
    static func nearest(to word: String, in words: [String]) -> String? {
        let bound = max(2, word.count / 4)
        let ranked = words.map { ($0, distance(Array(word.utf8), Array($0.utf8))) }.filter { $0.1 <= bound }
        if let best = ranked.min(by: { $0.1 < $1.1 }) { return best.0 }
        // A right name in the wrong section.
        let leaf = word.split(separator: ".").last ?? ""
        let same = words.filter { $0.split(separator: ".").last == leaf }
        return same.count == 1 ? same.first : nil
    }

    /// Levenshtein's, two rows.
    static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var previous = Array(0...right.count)
        for (row, byte) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                let change = previous[column] + (byte == other ? 0 : 1)
                current.append(min(change, previous[column + 1] + 1, current[column] + 1))
            }
            previous = current
        }
        return previous[right.count]
    }
}
