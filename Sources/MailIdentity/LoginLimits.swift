/// The fixed bounds of this module, for whoever lists them. Each stands where it is used.
package enum LoginLimits {
    package static let scramMessage = ScramClientFirst.maximumLength
    package static let contactLetters = LoginRefusal.mostLetters
    package static let strengthInput = StrengthText.longestInput
    package static let strengthNames = OwnNames.mostWords
    package static let guessSources = GuessSources.mostSources
    package static let knownDays = Int(FailureLimiter.knownSeconds / 86_400)
}
