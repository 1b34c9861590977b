import MailMessage

/// "Did you mean": the nearest of the known keys, when it is near enough.
enum Spelling {
    static func nearest(to word: String, in words: [String]) -> String? {
        let bound = max(2, word.count / 4)
        let ranked = words.compactMap { other in EditDistance.between(word, other, atMost: bound).map { (other, $0) } }
        if let best = ranked.min(by: { $0.1 < $1.1 }) { return best.0 }
        // A right name in the wrong section.
        let leaf = word.split(separator: ".").last ?? ""
        let same = words.filter { $0.split(separator: ".").last == leaf }
        return same.count == 1 ? same.first : nil
    }
}
