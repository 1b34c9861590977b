/// What the operator decides about logging in. Every number is a configuration key under `identity.` or `auth.`.
package struct LoginPolicy: Sendable {
    /// SCRAM-SHA-256 is offered, and its keys are made at the next plain login where they are missing.
    package var offersScram = true
    /// RFC 7677 §4: at least 4096.
    package var scramIterations = ScramKeyMaker.minimumIterations
    /// How long a verified password is remembered, and how many of them.
    package var cacheSeconds = 300
    package var cacheEntries = 10_000
    /// A device with the password from before the last change is told, and bans nobody.
    package var recognisesFormer = true
    package var limits = FailureLimits()
    /// Passwords that wait for a thread to hash them, from one address and in all: beyond it the answer is "not now".
    package var waitingPerSource = 200
    package var waitingInAll = 2_000
    /// Makes the salt that an unknown name is told; kept across restarts, or names could be told apart by waiting for one.
    package var saltSecret: [UInt8] = []

    package init() {}
}

/// When guessing becomes slow, and when it stops. Zero switches a limit off.
package struct FailureLimits: Sendable, Equatable {
    /// The answer to a first failure waits so long, the next twice as long, up to the maximum.
    package var delayMilliseconds = 2_000
    package var maximumDelayMilliseconds = 30_000
    /// Failures inside the window, from one address (IPv6: one /64), for one account from one address, for one account.
    package var perAddress = 100
    package var perAccountAndAddress = 20
    package var perAccount = 200
    package var windowSeconds = 900
    /// Tables never grow beyond this; the least recently used entry goes first.
    package var tableEntries = 50_000

    package init() {}
}
