/// How long a password holds against somebody who knows what people do, and what would make it hold longer.
///
/// After the idea of zxcvbn (Wheeler, USENIX Security 2016): the cheapest way to build the password out of words, runs on
/// the keyboard, dates and the like is how an attacker finds it.
package struct PasswordStrength: Sendable, Equatable {
    package enum Score: Int, Sendable, Comparable, CaseIterable {
        /// Among the first ten thousand guesses: what is tried everywhere, over the network too.
        case veryWeak
        /// A million guesses: over the network, with patience.
        case weak
        /// A hundred million: when hashes are stolen, at once.
        case fair
        /// Ten thousand million.
        case good
        case strong

        package static func < (left: Score, right: Score) -> Bool { left.rawValue < right.rawValue }
    }

    /// What makes it weak: of the parts it was built of, the one that is most of it.
    package enum Reason: Sendable, Equatable, CaseIterable {
        case commonPassword, commonWord, ownName, keyboardRun, sequence, repetition, date, tooShort
    }

    package enum Advice: Sendable, Equatable, CaseIterable {
        /// Several words that have nothing to do with each other.
        case addWords
        case avoidNames
        case avoidDates
        case avoidSequences
        case avoidKeyboardRuns
        case avoidRepetition
        /// A capital first, or all of them, are tried along.
        case capitalsHelpLittle
        /// "@" for "a" is tried along.
        case replacementsHelpLittle
        case reversalHelpsLittle
    }

    package let score: Score
    /// The decimal logarithm of how many guesses it takes.
    package let digits: Double
    /// Nil for a good one.
    package let reason: Reason?
    /// None for a good one.
    package let advice: [Advice]

    /// `names`: the owner's own, and those of the place. `year`: now. Looks at the first 256 octets: more only helps.
    package init(of password: String, names: [String] = [], year: Int) {
        let text = StrengthText(password)
        let pieces = StrengthSearch.cheapest(StrengthMatches.all(in: text, names: names, year: year), in: text)
        digits = pieces.cost
        score = Self.score(digits)
        reason = score >= .good ? nil : Self.reason(pieces.matches, in: text)
        advice = score >= .good ? [] : Self.advice(pieces.matches)
    }

    private static func score(_ digits: Double) -> Score {
        switch digits {
        case ..<4: .veryWeak
        case ..<6: .weak
        case ..<8: .fair
        case ..<10: .good
        default: .strong
        }
    }

    private static func reason(_ matches: [StrengthMatch], in text: StrengthText) -> Reason {
        let longest = matches.max { $0.range.count < $1.range.count }
        guard let longest, 2 * longest.range.count >= text.count else {
            return matches.isEmpty ? .tooShort : matches.contains { $0.kind == .ownName } ? .ownName : .tooShort
        }
        return switch longest.kind {
        case .common: longest.range.count == text.count ? .commonPassword : .commonWord
        case .ownName: .ownName
        case .keyboard: .keyboardRun
        case .sequence: .sequence
        case .repetition: .repetition
        case .date: .date
        }
    }

    private static func advice(_ matches: [StrengthMatch]) -> [Advice] {
        var found: Set<Advice> = [.addWords]
        for match in matches {
            switch match.kind {
            case .common: break
            case .ownName: found.insert(.avoidNames)
            case .keyboard: found.insert(.avoidKeyboardRuns)
            case .sequence: found.insert(.avoidSequences)
            case .repetition: found.insert(.avoidRepetition)
            case .date: found.insert(.avoidDates)
            }
            if match.variants.contains(.capitals) { found.insert(.capitalsHelpLittle) }
            if match.variants.contains(.replacements) { found.insert(.replacementsHelpLittle) }
            if match.variants.contains(.reversed) { found.insert(.reversalHelpsLittle) }
        }
        return Advice.allCases.filter(found.contains)
    }
}
