import Foundation
import Testing

@testable import MailIdentity

@Suite struct PasswordStrengthTests {
    private static func strength(_ text: String) -> PasswordStrength {
        PasswordStrength(of: text, names: ["anna.berg@uni.example", "Anna Öberg", "annab01"], year: 2_027)
    }

    @Test(
        arguments: [
            ("", .veryWeak, .tooShort), ("x", .veryWeak, .tooShort), ("x9", .veryWeak, .tooShort),
            ("password", .veryWeak, .commonPassword), ("PASSWORD", .veryWeak, .commonPassword),
            ("p4$$w0rd", .veryWeak, .commonPassword), ("drowssap", .veryWeak, .commonPassword),
            ("Sommar2026", .veryWeak, .commonWord), ("lösenord", .veryWeak, .commonPassword),
            ("1ösen0rd", .veryWeak, .commonPassword), ("Stockholm1", .veryWeak, .commonWord),
            ("oberg", .veryWeak, .ownName), ("öberg", .veryWeak, .ownName), ("0berg", .veryWeak, .ownName),
            ("AnnaB01", .veryWeak, .ownName), ("annaberg", .veryWeak, .ownName),
            ("abcdefghij", .veryWeak, .sequence), ("97531", .veryWeak, .sequence), ("öäå", .veryWeak, .tooShort),
            ("zxcvbnm", .veryWeak, .commonPassword), ("mnbvcxz", .veryWeak, .commonPassword),
            ("poiuytrew", .veryWeak, .keyboardRun), ("öäåpoiu", .weak, .keyboardRun),
            ("cde3vfr4bgt5", .good, nil),
            ("aaaaaaaaaa", .veryWeak, .repetition), ("xq7xq7xq7xq7", .veryWeak, .repetition),
            ("hejhejhejhej", .veryWeak, .repetition),
            ("1987", .veryWeak, .date), ("1987-03-24", .weak, .date), ("870324", .weak, .date),
            ("24031987", .weak, .date), ("kq7f", .weak, .tooShort), ("kq7fx", .weak, .tooShort),
            ("kq7fxwm", .fair, .tooShort), ("kq7fxwm2p", .good, nil), ("kq7fxwm2pt4", .strong, nil),
            ("correct horse battery staple", .strong, nil), ("blåbär fönster tvål cykel", .strong, nil),
        ] as [(String, PasswordStrength.Score, PasswordStrength.Reason?)])
    func verdicts(_ text: String, _ score: PasswordStrength.Score, _ reason: PasswordStrength.Reason?) {
        let found = Self.strength(text)
        #expect(found.score == score, "\(text): 10^\(found.digits)")
        #expect(found.reason == reason, "\(text): \(found)")
        #expect(found.advice.isEmpty == (score >= .good))
    }

    @Test(
        arguments: [
            ("Password", .capitalsHelpLittle), ("p4ssword", .replacementsHelpLittle),
            ("drowssap", .reversalHelpsLittle),
            ("oberg77", .avoidNames), ("kq1987", .avoidDates), ("abcdefg", .avoidSequences),
            ("poiuytre", .avoidKeyboardRuns), ("kqkqkqkq", .avoidRepetition), ("kq7", .addWords),
        ] as [(String, PasswordStrength.Advice)])
    func advice(_ text: String, _ advice: PasswordStrength.Advice) {
        #expect(Self.strength(text).advice.contains(advice), "\(text): \(Self.strength(text).advice)")
    }

    /// Whatever is added, an attacker who knows what was added first needs no fewer guesses than for a part.
    @Test func moreIsNeverMuchWeaker() {
        let parts = ["hund", "7", "Kq", "2026", "qwert", "åäö", "!", "sss", " ", "anna"]
        for first in parts {
            for second in parts {
                let (one, both) = (Self.strength(first + "kq7fx"), Self.strength(first + "kq7fx" + second))
                #expect(both.digits + 0.001 >= one.digits, "\(first) \(second)")
            }
        }
    }

    /// Without names and words the figure can be checked by hand: ten guesses for each character.
    @Test func guessedCharactersCostTenEach() {
        for count in 1...6 {
            let text = String("kf7qw2".prefix(count))
            #expect(Self.strength(text).digits == Double(count))
        }
    }

    /// Another year is as good a guess when it is as far away.
    @Test func theYearIsNowAsTheCallerKnowsIt() {
        let (near, far) = (PasswordStrength(of: "1950", year: 1_950), PasswordStrength(of: "1950", year: 2_049))
        #expect(near.digits < far.digits)
    }
}
