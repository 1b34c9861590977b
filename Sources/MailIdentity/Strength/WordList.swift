/// The words that are tried everywhere, with their places: the first is the most frequent.
enum WordList {
    static let longestWord = 20

    static let ranks: [String: Int] = {
        var ranks: [String: Int] = [:]
        for text in [CommonPasswords.text, SwedishWords.text] {
            var rank = 0
            for word in text.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
                rank += 1
                ranks[String(word)] = min(ranks[String(word)] ?? .max, rank)
            }
        }
        return ranks
    }()
}
