internal import MailMessage

/// "Did you mean": the nearest of the known words, when it is near enough.
package enum Suggestion {
    package static func nearest(to word: String, in words: some Sequence<String>) -> String? {
        let bound = max(1, word.utf8.count / 3)
        let ranked = words.compactMap { other in
            EditDistance.between(word, other, atMost: bound).map { (word: other, distance: $0) }
        }
        return ranked.min { $0.distance < $1.distance }?.word
    }
}
