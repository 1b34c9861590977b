/// What others know of a password's owner, as words to look for.
struct OwnNames {
    /// Of all names together: an account has few.
    static let mostWords = 64
    static let shortestWord = 3
    static let longestWord = 64

    let words: [String: Int]
    let longest: Int

    /// Whole and in parts, and as they are typed where there are no umlauts.
    init(_ names: [String]) {
        var words: [String: Int] = [:]
        var longest = 0
        for name in names {
            let folded = name.lowercased()
            for word in [Substring(folded)] + folded.split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
                for form in [String(word), Self.plain(word)] {
                    let count = form.unicodeScalars.count
                    guard (Self.shortestWord...Self.longestWord).contains(count), words[form] == nil else { continue }
                    guard words.count < Self.mostWords else { break }
                    words[form] = words.count + 1
                    longest = max(longest, count)
                }
            }
        }
        self.words = words
        self.longest = longest
    }

    private static func plain(_ word: Substring) -> String {
        String(word.map { plainLetters[$0] ?? $0 })
    }

    private static let plainLetters: [Character: Character] = [
        "å": "a", "ä": "a", "ö": "o", "é": "e", "è": "e", "ü": "u", "ø": "o", "æ": "a", "á": "a", "í": "i", "ó": "o",
        "ú": "u",
    ]
}
