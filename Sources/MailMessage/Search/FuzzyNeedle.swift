/// What FUZZY looks for (RFC 6203 §3): words in any order, without their accents, as pieces of words too, and with one
/// typing error from four letters on, two from eight on.
package struct FuzzyNeedle: Sendable, Equatable {
    /// Words beyond these are not asked for.
    package static let wordLimit = 16
    /// Letters beyond these are not compared.
    package static let lengthLimit = 64

    let words: [[UInt32]]

    package init(_ text: String) {
        var words: [[UInt32]] = []
        FuzzyWords.each(in: CaseFolding.fold(text)) { word in
            if words.count < Self.wordLimit, !words.contains(word) { words.append(word) }
        }
        self.words = words
    }

    /// Nothing but signs and spaces: every text has that.
    package var isEmpty: Bool { words.isEmpty }
}

/// How well a message answers to a needle: looked at text by text.
package struct FuzzyMatch {
    private let needle: FuzzyNeedle
    private var best: [Int]

    package init(_ needle: FuzzyNeedle) {
        self.needle = needle
        best = needle.words.map { _ in 0 }
    }

    /// Nothing can make it better.
    package var isPerfect: Bool { best.allSatisfy { $0 == FuzzyScore.word } }

    /// From a folded text.
    package mutating func look(into text: [UInt8]) {
        guard !isPerfect else { return }
        FuzzyWords.each(in: text) { word in
            for index in best.indices where best[index] < FuzzyScore.word {
                best[index] = max(best[index], FuzzyScore.of(word, for: needle.words[index], above: best[index]))
            }
        }
    }

    /// 1 to 100, the mean of its words; nil when one of them is not there.
    package var score: Int? {
        guard best.allSatisfy({ $0 > 0 }) else { return nil }
        return best.isEmpty ? FuzzyScore.word : best.reduce(0, +) / best.count
    }
}

enum FuzzyScore {
    static let word = 100
    static let beginning = 85
    static let piece = 70
    static let oneError = 50
    static let twoErrors = 25

    /// 0 for nothing in common; what would not be above `least` need not be found out.
    static func of(_ word: [UInt32], for wanted: [UInt32], above least: Int) -> Int {
        if word == wanted { return Self.word }
        if least >= beginning { return 0 }
        if word.count > wanted.count, let place = place(of: wanted, in: word) { return place == 0 ? beginning : piece }
        guard least < oneError else { return 0 }
        let allowed = wanted.count >= 8 ? 2 : wanted.count >= 4 ? 1 : 0
        guard allowed > 0, abs(word.count - wanted.count) <= allowed else { return 0 }
        let errors = distance(word, wanted, limit: allowed)
        return errors > allowed ? 0 : errors == 1 ? oneError : twoErrors
    }

    private static func place(of piece: [UInt32], in word: [UInt32]) -> Int? {
        guard let first = piece.first else { return nil }
        for start in 0...(word.count - piece.count) where word[start] == first {
            if word[start..<start + piece.count].elementsEqual(piece) { return start }
        }
        return nil
    }

    /// Letters that are missing, too many, other ones, or have changed places with their neighbour; more than `limit` are
    /// not counted to the end.
    static func distance(_ left: [UInt32], _ right: [UInt32], limit: Int) -> Int {
        var before: [Int] = []
        var last = Array(0...right.count)
        for (row, letter) in left.enumerated() {
            var next = [row + 1]
            next.reserveCapacity(right.count + 1)
            for (column, other) in right.enumerated() {
                var cost = min(last[column] + (letter == other ? 0 : 1), last[column + 1] + 1, next[column] + 1)
                if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                    cost = min(cost, before[column - 1] + 1)
                }
                next.append(cost)
            }
            guard next.contains(where: { $0 <= limit }) else { return limit + 1 }
            (before, last) = (last, next)
        }
        return last[right.count]
    }
}

/// The words of a folded text.
enum FuzzyWords {
    static func each(in text: [UInt8], _ body: ([UInt32]) -> Void) {
        var word: [UInt32] = []
        var decoder = UTF8()
        var bytes = text.makeIterator()
        func end() {
            if !word.isEmpty { body(word) }
            word.removeAll(keepingCapacity: true)
        }
        while case .scalarValue(let scalar) = decoder.decode(&bytes) {
            switch kind(of: scalar) {
            case .letter:
                for letter in plain[scalar.value] ?? [scalar.value] where word.count < FuzzyNeedle.lengthLimit {
                    word.append(letter)
                }
            case .accent: break
            case .other: end()
            }
        }
        end()
    }

    /// Letters that people without them on their keys write otherwise, and that no casemap takes apart; capitals as folded.
    private static let plain: [UInt32: [UInt32]] = [
        0xdf: [0x53, 0x53], 0x1e9e: [0x53, 0x53], 0xd8: [0x4f], 0xc6: [0x41, 0x45], 0x152: [0x4f, 0x45], 0x110: [0x44],
        0x141: [0x4c], 0xde: [0x54, 0x48], 0xd0: [0x44], 0x131: [0x49],
    ]

    private enum Kind { case letter, accent, other }

    private static func kind(of scalar: Unicode.Scalar) -> Kind {
        if scalar.value < 0x80 {
            let isLetter = (0x41...0x5a).contains(scalar.value) || (0x30...0x39).contains(scalar.value)
            return isLetter ? .letter : .other
        }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return .accent
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .spacingMark,
            .decimalNumber, .letterNumber, .otherNumber:
            return .letter
        default: return .other
        }
    }
}
