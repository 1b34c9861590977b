import Testing

@testable import MailMessage

struct FuzzyRow: Sendable, CustomTestStringConvertible {
    let text: String
    let needle: String
    let score: Int?
    var testDescription: String { "\(needle) in \(text)" }
}

private let rows: [FuzzyRow] = [
    .init(text: "invoice", needle: "invoice", score: 100), .init(text: "invoices", needle: "invoice", score: 85),
    .init(text: "reinvoiced", needle: "invoice", score: 70), .init(text: "invioce", needle: "invoice", score: 50),
    .init(text: "invoce", needle: "invoice", score: 50), .init(text: "invooice", needle: "invoice", score: 50),
    .init(text: "inwoise", needle: "invoice", score: nil), .init(text: "relevency", needle: "relevancy", score: 50),
    .init(text: "relevensy", needle: "relevancy", score: 25), .init(text: "fix", needle: "fox", score: nil),
    .init(text: "fixe", needle: "foxe", score: 50), .init(text: "b a", needle: "a b", score: 100),
    .init(text: "a c", needle: "a b", score: nil), .init(text: "résumé", needle: "resume", score: 100),
    .init(text: "RESUME", needle: "résumé", score: 100), .init(text: "Straße", needle: "strasse", score: 100),
    .init(text: "Købmæglaren", needle: "kobmaeglaren", score: 100),
    .init(text: "Привет, мир", needle: "мир привет", score: 100), .init(text: "東京都", needle: "京都", score: 70),
    .init(text: "one-two", needle: "two one", score: 100), .init(text: "", needle: "x", score: nil),
    .init(text: "word", needle: "...", score: 100), .init(text: "quick foxes", needle: "quick fox", score: 92),
]

@Suite struct FuzzyTests {
    @Test(arguments: rows) func scores(_ row: FuzzyRow) {
        var match = FuzzyMatch(FuzzyNeedle(row.needle))
        match.look(into: CaseFolding.fold(row.text))
        #expect(match.score == row.score)
    }

    /// The best of several texts counts, word by word.
    @Test func textsAddUp() {
        var match = FuzzyMatch(FuzzyNeedle("red apple"))
        match.look(into: CaseFolding.fold("reed"))
        #expect(match.score == nil)
        match.look(into: CaseFolding.fold("apple"))
        #expect(match.score == nil)
        match.look(into: CaseFolding.fold("red"))
        #expect(match.score == 100)
        #expect(match.isPerfect)
    }

    @Test func limits() {
        let words = (0...FuzzyNeedle.wordLimit).map { "w\($0)" }.joined(separator: " ")
        #expect(FuzzyNeedle(words).words.count == FuzzyNeedle.wordLimit)
        let long = String(repeating: "x", count: FuzzyNeedle.lengthLimit + 1)
        #expect(FuzzyNeedle(long).words.first?.count == FuzzyNeedle.lengthLimit)
        #expect(FuzzyNeedle(" ,;").isEmpty)
    }

    @Test(arguments: [("", "", 0), ("ab", "ba", 1), ("abc", "abd", 1), ("abc", "xyz", 3), ("kitten", "sitting", 3)])
    func distances(_ left: String, _ right: String, _ expected: Int) {
        let (one, other) = (left.unicodeScalars.map(\.value), right.unicodeScalars.map(\.value))
        #expect(FuzzyScore.distance(one, other, limit: 9) == expected)
        #expect(FuzzyScore.distance(other, one, limit: 9) == expected)
    }
}
