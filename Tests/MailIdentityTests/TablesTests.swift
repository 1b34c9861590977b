import MailCrypto
import MailMessage
import MailStore
import Testing

@testable import MailIdentity

@Suite struct VerificationCacheTests {
    private let password = PreparedPassword(Array("secret".utf8)).unsafelyUnwrapped

    @Test(arguments: [(0, true), (299, true), (300, false), (-1, false)] as [(EpochSeconds, Bool)])
    func lifetime(_ age: EpochSeconds, _ isKnown: Bool) {
        let cache = VerificationCache(seconds: 300, entries: 10, secret: [1])
        let key = cache.key(hash: "$y$a", password: password)
        cache.insert(key, now: 1_000)
        let result3 = cache.contains(key, now: 1_000 + age)
        #expect(result3 == isKnown)
    }

    @Test func changedHashFindsNothing() {
        let cache = VerificationCache(seconds: 300, entries: 10, secret: [1])
        cache.insert(cache.key(hash: "$y$a", password: password), now: 0)
        let result4 = cache.contains(cache.key(hash: "$y$b", password: password), now: 0)
        #expect(!result4)
    }

    @Test func neverGrowsBeyondItsBound() {
        let cache = VerificationCache(seconds: 300, entries: 10, secret: [1])
        for number in 0..<100 { cache.insert(cache.key(hash: "\(number)", password: password), now: 0) }
        #expect(cache.count == 10)
    }

    @Test func zeroSecondsMeansNone() {
        let cache = VerificationCache(seconds: 0, entries: 10, secret: [1])
        let key = cache.key(hash: "a", password: password)
        cache.insert(key, now: 0)
        let result5 = cache.contains(key, now: 0)
        #expect(!result5)
    }
}

@Suite struct FailureLimiterTests {
    private var limits: FailureLimits {
        var limits = FailureLimits()
        (limits.perAddress, limits.perAccountAndAddress, limits.perAccount, limits.windowSeconds) = (6, 3, 5, 100)
        return limits
    }

    @Test func delaysDouble() {
        let limiter = FailureLimiter(limits)
        let delays = (0..<6).map { limiter.failed(source: "a", account: "x", attempt: UInt64($0), now: 0) }
        #expect(delays == [2_000, 4_000, 8_000, 16_000, 30_000, 30_000])
    }

    /// Unlocked: from wherever it was guessed, and only for what was until then; the guesser's address stays known.
    @Test func unlockingForgetsWhatWas() {
        let limiter = FailureLimiter(limits)
        for number in 0..<3 { _ = limiter.failed(source: "a", account: "x", attempt: UInt64(number), now: 10) }
        for number in 0..<2 { _ = limiter.failed(source: "b", account: "x", attempt: UInt64(number), now: 11) }
        #expect(limiter.failures(of: "x", from: "a", now: 11)?.lockedSeconds == 99)
        #expect(limiter.failures(of: "x", from: nil, now: 11)?.count == 5)
        #expect(limiter.failures(of: "x", from: nil, now: 11)?.lockedSeconds == 100)
        #expect(
            limiter.failures(of: "x", from: "c", now: 11) == nil && limiter.failures(of: "y", from: nil, now: 11) == nil
        )
        limiter.unlock(account: "x", now: 12)
        for source in ["a", "b", "c"] { #expect(limiter.retryAfter(source: source, account: "x", now: 12) == nil) }
        #expect(
            limiter.failures(of: "x", from: "a", now: 12) == nil && limiter.failures(of: "x", from: nil, now: 12) == nil
        )
        #expect(limiter.delayOfNext(source: "a", account: "x", now: 13) == 2_000)
        // From then on it counts from the beginning.
        for number in 0..<3 { _ = limiter.failed(source: "b", account: "x", attempt: UInt64(number), now: 13) }
        #expect(limiter.failures(of: "x", from: nil, now: 13)?.count == 3)
        #expect(limiter.retryAfter(source: "b", account: "x", now: 13) == 100)
        #expect(limiter.retryAfter(source: "c", account: "x", now: 13) == nil)
        // Three failures of the address itself before, three after.
        #expect(limiter.retryAfter(source: "a", account: "z", now: 13) == nil)
        for number in 0..<3 { _ = limiter.failed(source: "a", account: "z", attempt: UInt64(number), now: 13) }
        #expect(limiter.retryAfter(source: "a", account: "other", now: 13) == 100)
    }

    @Test func pairLimitAtItsBoundary() {
        let limiter = FailureLimiter(limits)
        for number in 0..<2 { _ = limiter.failed(source: "a", account: "x", attempt: UInt64(number), now: 10) }
        #expect(limiter.retryAfter(source: "a", account: "x", now: 10) == nil)
        _ = limiter.failed(source: "a", account: "x", attempt: 9, now: 10)
        #expect(limiter.retryAfter(source: "a", account: "x", now: 10) == 100)
        #expect(limiter.retryAfter(source: "a", account: "x", now: 109) == 1)
        #expect(limiter.retryAfter(source: "a", account: "x", now: 110) == nil)
        #expect(limiter.retryAfter(source: "b", account: "x", now: 10) == nil)
    }

    @Test func sameWrongPasswordCountsOnce() {
        let limiter = FailureLimiter(limits)
        for _ in 0..<50 { _ = limiter.failed(source: "a", account: "x", attempt: 7, now: 10) }
        #expect(limiter.retryAfter(source: "a", account: "x", now: 10) == nil)
    }

    @Test func addressLimitCoversAllAccounts() {
        let limiter = FailureLimiter(limits)
        for number in 0..<6 { _ = limiter.failed(source: "a", account: "x\(number)", attempt: 1, now: 10) }
        #expect(limiter.retryAfter(source: "a", account: "new", now: 10) == 100)
    }

    @Test func ownersAddressIsNotLockedByOthers() {
        let limiter = FailureLimiter(limits)
        limiter.succeeded(source: "home", account: "x", now: 0)
        for number in 0..<5 { _ = limiter.failed(source: "b\(number)", account: "x", attempt: 1, now: 10) }
        #expect(limiter.retryAfter(source: "home", account: "x", now: 10) == nil)
        #expect(limiter.retryAfter(source: "elsewhere", account: "x", now: 10) == 100)
        #expect(limiter.retryAfter(source: "home", account: "x", now: 10 + FailureLimiter.knownSeconds) == nil)
    }

    @Test func zeroSwitchesOff() {
        let limiter = FailureLimiter(
            {
                var limits = FailureLimits()
                (limits.perAddress, limits.perAccountAndAddress, limits.perAccount, limits.delayMilliseconds) = (
                    0, 0, 0, 0
                )
                return limits
            }())
        for number in 0..<100 {
            let result6 = limiter.failed(source: "a", account: "x", attempt: UInt64(number), now: 0)
            #expect(result6 == 0)
        }
        #expect(limiter.retryAfter(source: "a", account: "x", now: 0) == nil)
    }
}

@Suite struct PasswordPolicyTests {
    @Test(
        arguments: [
            ("correct horse", 8, nil), ("1234567", 8, .tooShort(minimum: 8)), ("12345678", 8, .tooCommon),
            ("12345678", 0, nil), ("Sommar2027", 8, .tooCommon), ("anna2026", 8, .tooCommon), ("correct27", 8, nil),
            ("", 0, .tooShort(minimum: 1)),
            ("secret", 0, nil), ("aaaaaaaaab", 8, .tooSimple), ("Anna@Example.test", 8, .likeName),
            ("a\u{7}bcdefgh", 8, .invalidCharacters),
            ("pässwört", 8, nil), ("pässwör", 8, .tooShort(minimum: 8)),
        ] as [(String, Int, PasswordPolicy.Refusal?)])
    func verdicts(_ text: String, _ minimum: Int, _ expected: PasswordPolicy.Refusal?) {
        var found: PasswordPolicy.Refusal?
        do {
            _ = try PasswordPolicy(minimumLength: minimum).check(
                Array(text.utf8), names: ["anna@example.test"], at: 1_800_000_000)
        } catch {
            found = error
        }
        #expect(found == expected)
    }

    @Test(arguments: [(PreparedPassword.maximumLength, true), (PreparedPassword.maximumLength + 1, false)])
    func length(_ count: Int, _ fits: Bool) {
        #expect((PreparedPassword([UInt8](repeating: 0x61, count: count)) != nil) == fits)
    }

    @Test(
        arguments: [
            ([0xff, 0x61], nil), ([0x61, 0], nil), (Array("a\u{a0}b".utf8), Array("a b".utf8)),
            (Array("A\u{30a}e\u{301}".utf8), Array("\u{c5}\u{e9}".utf8)),
            (Array("\u{fb01}½".utf8), Array("\u{fb01}½".utf8)),
        ] as [([UInt8], [UInt8]?)])
    func preparation(_ raw: [UInt8], _ bytes: [UInt8]?) { #expect(PreparedPassword(raw)?.bytes == bytes) }
}

@Suite struct GuessSourcesTests {
    @Test func eachOnceTheLatestLast() {
        var sources = GuessSources()
        for source in ["a", "b", "b", "a", "c"] { sources.note(source) }
        #expect(sources.all == ["b", "a", "c"])
        for number in 0..<GuessSources.mostSources { sources.note("\(number)") }
        #expect(sources.all.count == GuessSources.mostSources && !sources.all.contains("c"))
    }
}
