import Glibc
import MailCrypto
package import MailMessage
package import MailNetwork
package import MailShared
package import MailStore
package import MailTransport
import Synchronization

/// Who may come in: names and passwords against the directory.
///
/// Whatever is wrong with a name, the same work is done and the same time passes as for a wrong password.
package final class Authenticator: Sendable {
    package let policy: LoginPolicy
    let store: MailStore
    private let pool: BlockingPool
    private let queue: LoginQueue
    let clock: @Sendable () -> EpochSeconds
    private let sleep: @Sendable (_ milliseconds: Int) async -> Void
    private let secret: [UInt8]
    private let dummyHash: String?
    let limiter: FailureLimiter
    private let guesses = Mutex(GuessSources())
    private let cache: VerificationCache

    /// With a seat, failures and verified passwords are those of all workers.
    package init(
        store: MailStore, pool: BlockingPool, policy: LoginPolicy = LoginPolicy(), seat: SharedSeat? = nil,
        clock: @escaping @Sendable () -> EpochSeconds = Authenticator.now,
        sleep: @escaping @Sendable (_ milliseconds: Int) async -> Void = Authenticator.sleep
    ) {
        self.store = store
        self.pool = pool
        queue = LoginQueue(pool, perSource: policy.waitingPerSource, total: policy.waitingInAll)
        self.policy = policy
        self.clock = clock
        self.sleep = sleep
        dummyHash = try? PasswordHash.make(Array("nobody has this password".utf8))
        secret = seat?.secret ?? randomBytes(Digest.sha256Length)
        limiter = FailureLimiter(policy.limits, seat: seat)
        cache = VerificationCache(
            seconds: policy.cacheSeconds,
            seat.map { SharedBuckets($0.region.verifications, entryWords: 2) }
                ?? SharedBuckets(privateEntries: policy.cacheEntries, entryWords: 2), secret: secret)
    }

    @Sendable package static func now() -> EpochSeconds { EpochSeconds(time(nil)) }

    @Sendable package static func sleep(milliseconds: Int) async {
        try? await Task.sleep(for: .milliseconds(milliseconds))
    }

    /// A plain password: IMAP LOGIN, POP3 USER/PASS, SASL PLAIN and LOGIN. Waits before it answers a failure.
    package func login(name: String, password: [UInt8], from origin: LoginOrigin) async -> LoginOutcome {
        let attempt = Attempt(name: name, origin: origin)
        if let seconds = retryAfter(attempt) { return .locked(retryAfter: seconds) }
        let watch = Stopwatch()
        var spent = 0
        let outcome = await check(name: name, password: password, attempt, beside: &spent)
        store.metrics.observe(.login, watch.microseconds)
        await settle(outcome, attempt, fingerprint: fingerprint(of: password), spent: spent)
        return outcome
    }

    /// So that the same wrong password again is known for it.
    func fingerprint(of password: [UInt8]) -> UInt64 {
        hmacSHA256(key: secret, password).prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    }

    /// Begins SASL SCRAM-SHA-256 or, with `plus`, SCRAM-SHA-256-PLUS.
    /// `bindings` are the channel bindings this connection has (none: -PLUS is not offered).
    package func scram(plus: Bool, bindings: [ChannelBinding], from origin: LoginOrigin) -> ScramExchange {
        ScramExchange(authenticator: self, server: ScramServer(plus: plus, bindings: bindings), origin: origin)
    }

    /// `spent`: milliseconds of what was done beside that, which the wait before the answer covers.
    private func check(
        name: String, password: [UInt8], _ attempt: Attempt, beside spent: inout Int
    ) async -> LoginOutcome {
        do {
            let entry = try await store.directory.entry(login: name)
            let secret = AppPasswordSecret(typed: password)
            let facts = try await store.directory.loginFacts(of: entry?.id, handle: secret?.handle)
            if let entry, let secret, let app = facts.appPassword, secret.proves(app, of: entry) {
                let outcome = admit(entry, by: app, facts, attempt)
                if outcome.admission != nil { await completeKeys(of: entry, app, secret, facts) }
                return outcome
            }
            guard let entry, let credential = facts.credential, let hash = credential.hash,
                let password = PreparedPassword(password)
            else {
                try await wasteTime(password, attempt)
                if isUndelayed { try await wasteTime(password, attempt) }
                return entry != nil && entry?.status == .noPassword ? .noPassword : .wrong
            }
            guard try await verify(password, hash: hash, attempt) else {
                let watch = Stopwatch()
                defer { spent = Int(watch.microseconds / 1_000) }
                return try await isFormer(password, policy.recognisesFormer ? facts.former : nil, attempt)
                    ? .passwordChanged(isTold: isKnown(attempt)) : .wrong
            }
            let outcome = outcome(of: entry, by: nil, facts, attempt)
            if outcome.admission != nil { await completeKeys(of: entry, credential, password) }
            return outcome
        } catch let locked as Locked {
            return .locked(retryAfter: locked.seconds)
        } catch {
            return .unavailable
        }
    }

    /// Once a password has proved right.
    func outcome(
        of entry: AccountEntry, by app: AppPasswordEntry?, _ facts: LoginFacts?, _ attempt: Attempt
    ) -> LoginOutcome {
        guard let facts else { return .unavailable }
        if let app { return admit(entry, by: app, facts, attempt) }
        guard entry.status == .active else { return .suspended }
        if let refusal = facts.refusal(attempt.service, now: clock()) { return .refused(refusal) }
        return .success(Admission(entry))
    }

    /// An account without a mail password has its app passwords all the same.
    private func admit(
        _ entry: AccountEntry, by app: AppPasswordEntry, _ facts: LoginFacts, _ attempt: Attempt
    ) -> LoginOutcome {
        guard entry.status.receivesMail else { return .suspended }
        if let refusal = facts.refusal(attempt.service, by: app, now: clock()) { return .refused(refusal) }
        store.directory.noteUse(of: app.handle, service: attempt.service.rawValue, from: attempt.peer)
        return .success(Admission(entry, appPassword: app.handle))
    }

    /// Whether it was the password until it was changed. It costs a second hash, while a wrong password waits for its answer;
    /// where that does not wait, everybody's costs two.
    private func isFormer(
        _ password: PreparedPassword, _ former: FormerPassword?, _ attempt: Attempt
    ) async throws -> Bool {
        if let former {
            return try await inTurn(attempt) { try PasswordHash.check(password.bytes, hash: former.hash) }
        }
        if isUndelayed { try await wasteTime(password.bytes, attempt) }
        return false
    }

    private var isUndelayed: Bool { policy.limits.delayMilliseconds == 0 }

    private func verify(_ password: PreparedPassword, hash: String, _ attempt: Attempt) async throws -> Bool {
        let key = cache.key(hash: hash, password: password)
        let now = clock()
        let isKnown = cache.contains(key, now: now)
        store.metrics.add(isKnown ? .verificationHit : .verificationMiss)
        if isKnown { return true }
        let isRight = try await inTurn(attempt) {
            try password.spellings.contains { try PasswordHash.check($0, hash: hash) }
        }
        if isRight { cache.insert(key, now: now) }
        return isRight
    }

    /// The same work for a name that has no hash.
    private func wasteTime(_ password: [UInt8], _ attempt: Attempt) async throws {
        guard let dummyHash else { return }
        let bytes = Array(password.prefix(PasswordHash.longestPassword))
        let spellings = PreparedPassword(password)?.spellings ?? [bytes]
        _ = try await inTurn(attempt) { try spellings.contains { try PasswordHash.check($0, hash: dummyHash) } }
    }

    private func inTurn(_ attempt: Attempt, _ body: @escaping @Sendable () throws -> Bool) async throws -> Bool {
        do {
            return try await queue.run(from: attempt.source, isKnown: isKnown(attempt)) { [self] in
                try refuseLocked(attempt)
                return try body()
            }
        } catch let full as LoginQueue.Full {
            store.metrics.add(.limitCryptQueue)
            throw full
        }
    }

    /// An account that came with somebody else's hash gets its SCRAM keys now that its password is known. A failure to write
    /// them is no reason to keep its owner out: the next login tries again.
    private func completeKeys(of entry: AccountEntry, _ credential: Credential, _ password: PreparedPassword) async {
        guard policy.offersScram, credential.scram == nil else { return }
        guard let frame = try? await store.directory.scramFrame(of: entry.id) as ScramKeys?? else { return }
        let iterations = max(policy.scramIterations, frame?.iterations ?? 0)
        guard
            let keys = try? await pool.run({
                ScramKeyMaker.keys(for: password, iterations: iterations, salt: frame?.salt)
            })
        else { return }
        try? await PasswordChange.addKeys(keys, to: entry, where: credential, in: store)
    }

    /// The same for an app password from before they had keys, or whose account has another salt by now.
    private func completeKeys(
        of entry: AccountEntry, _ app: AppPasswordEntry, _ secret: AppPasswordSecret, _ facts: LoginFacts
    ) async {
        guard policy.offersScram else { return }
        let own = facts.credential?.scram
        if let keys = app.scram, own.map(keys.hasSalt) ?? true { return }
        guard let frame = try? await store.directory.scramFrame(of: entry.id) as ScramKeys??,
            let keys = try? await pool.run({ secret.scramKeys(like: own ?? frame) })
        else { return }
        try? await store.directory.write(by: .server) { try $0.setScram(keys, of: app.handle) }
    }
}

/// The common half of plain and SCRAM logins: limits before, delays and counters after.
extension Authenticator {
    struct Attempt: Sendable {
        let account: String
        let source: String
        let service: LoginOrigin.Service
        let peer: String

        init(name: String, origin: LoginOrigin) {
            account = LoginSpelling.key(of: name)
            source = Self.source(of: origin.peer)
            service = origin.service
            peer = origin.peer.ip.description
        }

        static func source(of peer: PeerAddress) -> String { peer.ip.asOneCustomer.description }
    }

    /// What stands against these names: from all places together, and from those where a login has failed in this process.
    package func failures(of names: [String]) -> [LoginFailures] {
        let (now, sources) = (clock(), guesses.withLock { $0.all })
        return Set(names.map(LoginSpelling.key)).sorted().flatMap { name in
            ([nil] + sources).compactMap { limiter.failures(of: name, from: $0, now: now) }
        }
    }

    /// Lets the owner of these names try again, from wherever he does.
    package func unlock(_ names: [String]) {
        for name in names { limiter.unlock(account: LoginSpelling.key(of: name), now: clock()) }
    }

    /// Too many wrong commands, a foreign protocol: counts as a failed login from this address.
    package func noteMisuse(from peer: PeerAddress) {
        limiter.misused(source: Attempt.source(of: peer), now: clock())
    }

    func retryAfter(_ attempt: Attempt) -> Int? {
        limiter.retryAfter(source: attempt.source, account: attempt.account, now: clock())
    }

    /// Its turn has come, and those before it have failed too often by now.
    struct Locked: Error { let seconds: Int }

    /// Once more behind the queue: whoever sends many at once has no more guesses than with one after the other.
    func refuseLocked(_ attempt: Attempt) throws(Locked) {
        if let seconds = retryAfter(attempt) { throw Locked(seconds: seconds) }
    }

    /// Its owner has come in from there lately.
    func isKnown(_ attempt: Attempt) -> Bool {
        limiter.isKnown(source: attempt.source, account: attempt.account, now: clock())
    }

    func settle(_ outcome: LoginOutcome, _ attempt: Attempt, fingerprint: UInt64?, spent: Int = 0) async {
        let now = clock()
        switch outcome {
        case .success(let admission):
            limiter.succeeded(source: attempt.source, account: attempt.account, now: now)
            store.directory.noteLogin(of: admission.entry.id)
        case .wrong, .noPassword:
            guesses.withLock { $0.note(attempt.source) }
            let wait = limiter.failed(
                source: attempt.source, account: attempt.account, attempt: fingerprint, now: now)
            if wait > spent { await sleep(wait - spent) }
        case .passwordChanged:
            let wait = limiter.delayOfNext(source: attempt.source, account: attempt.account, now: now)
            if wait > spent { await sleep(wait - spent) }
        case .locked, .suspended, .refused, .unavailable: break
        }
    }

    /// Keys for the name, or keys that fit nothing when there are none: the conversation goes on either way.
    /// One name has one salt, and a client does not say which password it means: the app passwords share the mail password's.
    func scramKeys(name: String) async throws(StoreError) -> ScramAccount {
        let entry = try await store.directory.entry(login: name)
        let facts = try await store.directory.loginFacts(of: entry?.id, handle: nil)
        let id = entry?.id ?? AccountID(0)
        let apps = try await store.directory.read { try $0.appPasswords(of: id) }
        if let entry, let keys = facts.credential?.scram ?? apps.lazy.compactMap(\.scram).first?.unknown {
            return ScramAccount(
                entry: entry, keys: keys, former: policy.recognisesFormer ? facts.former?.scram : nil,
                appPasswords: apps.filter { $0.scram != nil }, facts: facts)
        }
        let saltSecret = policy.saltSecret.isEmpty ? secret : policy.saltSecret
        // One name has one salt, however it is written: real ones do as well.
        let asked = try await store.directory.askedAddress(login: name)
        let fake = ScramKeyMaker.fakeKeys(
            name: asked?.text ?? LoginSpelling.key(of: name), secret: saltSecret, iterations: policy.scramIterations)
        return ScramAccount(entry: nil, keys: fake, former: nil, appPasswords: [], facts: nil)
    }
}

/// Whom a SCRAM conversation is about.
struct ScramAccount: Sendable {
    /// nil: nobody whom a proof could let in.
    let entry: AccountEntry?
    let keys: ScramKeys
    /// Of the password from before the last change.
    let former: ScramKeys?
    /// Those with keys.
    let appPasswords: [AppPasswordEntry]
    /// What is refused is told once the proof was right.
    let facts: LoginFacts?
}
