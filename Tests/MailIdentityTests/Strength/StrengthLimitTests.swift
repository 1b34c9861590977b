import Foundation
import Testing

@testable import MailIdentity

/// What somebody sends to make us work.
@Suite struct StrengthLimitTests {
    private static let longest = StrengthText.longestInput
    /// A debug build under load; a release build needs some milliseconds.
    private static let patience = Duration.seconds(4)

    private static let hostile: [(String, String)] = [
        ("one character", String(repeating: "a", count: longest)),
        ("two", String(repeating: "ab", count: longest / 2)),
        ("words", String(repeating: "password", count: longest / 8)),
        ("replacements", String(repeating: "p4$$w0rd", count: longest / 8)),
        ("digits", String(repeating: "19870324", count: longest / 8)),
        ("dates", String(repeating: "1-1-87 ", count: longest / 7)),
        ("keys", String(repeating: "qwertgfdsa", count: longest / 10)),
        ("sequences", String(repeating: "abcdefedcb", count: longest / 10)),
        ("nested", (0..<8).reduce("a") { text, step in text + text + String(step) }),
        ("umlauts", String(repeating: "Å", count: longest)),
        ("far planes", String(repeating: "\u{10ffff}\u{1f600}", count: longest)),
        ("marks", "e" + String(repeating: "\u{301}", count: longest)),
        ("turned", String(repeating: "İ\u{202e}", count: longest)),
        ("nothing", String(repeating: "\u{0}", count: longest)),
        ("far too long", String(repeating: "letmein1", count: 20_000)),
        ("numbers", String(repeating: "9", count: 10_000)),
    ]

    @Test(arguments: hostile)
    func anyInputIsDoneInTime(_ name: String, _ text: String) {
        let names = (0..<500).map { String(repeating: "aab"[($0 % 3)...], count: 30) + String($0) }
        let time = ContinuousClock().measure { _ = PasswordStrength(of: text, names: names, year: 2_027) }
        #expect(time < Self.patience, "\(name): \(time)")
    }

    @Test(arguments: [longest - 1, longest, longest + 1, longest + 1_000])
    func onlyTheFirstOctetsAreRead(_ count: Int) {
        let random = (0..<count).map { Array("kq7fxwm2pt4")[($0 * $0 + $0 / 7) % 11] }
        let text = StrengthText(String(random))
        #expect(text.count == min(count, Self.longest))
        #expect(text.count == text.folded.count)
    }

    /// A character of several octets is in whole or not at all.
    @Test func theBoundIsInOctets() {
        #expect(StrengthText(String(repeating: "å", count: 200)).count == 128)
        #expect(StrengthText("a" + String(repeating: "å", count: 200)).count == 128)
        #expect(StrengthText(String(repeating: "\u{1f600}", count: 200)).count == 64)
    }

    @Test func namesAreBounded() {
        let own = OwnNames((0..<1_000).map { "name\($0)" } + [String(repeating: "x", count: 100_000)])
        #expect(own.words.count == OwnNames.mostWords)
        #expect(own.longest <= OwnNames.longestWord)
        #expect(OwnNames(["", "a b", "..", "åsa"]).words.keys.sorted() == ["a b", "asa", "åsa"])
    }

    /// Random strings of the pieces that matchers look for.
    @Test func randomPiecesNeverTrap() {
        var random = SystemRandomNumberGenerator()
        let pieces = [
            "pass", "0", "19", "87", "-", "/", "qwe", "RTY", "å", "Ö", "\u{1f600}", "aaa", "abc", " ", "\u{301}", "ß",
            "İ",
        ]
        for _ in 0..<400 {
            let text = (0..<Int.random(in: 0..<14, using: &random))
                .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            let found = PasswordStrength(of: text, names: ["Pass 87"], year: 2_027)
            #expect(found.digits.isFinite && found.digits >= 0, "\(text)")
        }
    }

    @Test func theListsAreWhole() {
        #expect(WordList.ranks.count > 3_700)
        #expect(WordList.ranks["123456"] == 1 && WordList.ranks["lösenord"] == 1)
        #expect(WordList.ranks.keys.allSatisfy { $0 == $0.lowercased() })
        #expect(WordList.ranks.keys.allSatisfy { $0.unicodeScalars.count <= WordList.longestWord })
    }
}

extension String {
    fileprivate subscript(_ range: PartialRangeFrom<Int>) -> String { String(dropFirst(range.lowerBound).prefix(1)) }
}
