import MailStore

extension LimitCatalogue {
    static let attempts: [LimitRow] = [
        .count(
            "attempt.remembered", AttemptRing.mostAttempts,
            "connections of each worker that mailctl probe-log can show; the oldest gives way"),
        .seconds(
            "attempt.repeat", AttemptRing.longestRepeat,
            "a refusal that repeats itself is counted and not kept again: hammering makes nobody else forgotten"),
        .bytes("attempt.client", AttemptLog.longestClient, "of what a program calls itself"),
        .bytes("attempt.cipher", ProbeClaim.longestCipher, "of what mail-probe tells of its encryption"),
    ]
}
