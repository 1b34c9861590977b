import MailMessage
package import MailNetwork
import MailShared
package import MailStore
package import MailTransport

/// How a login with the organisation's identity ended.
package enum OrganisationOutcome: Sendable {
    case success(AccountEntry)
    case wrong
    /// Too many failures: nobody was asked.
    case locked(retryAfter: Int)
    case suspended
    case refused(LoginRefusal)
    /// Right in the organisation, under this name, and without an account here.
    case noAccount(String)
    /// Words for the log.
    case unavailable(String)
}

/// What somebody else says of a password.
package enum OutsideVerdict: Sendable, Equatable {
    case right, wrong
    case unavailable(String)
}

/// Logins that somebody else judges: the organisation's program, or its provider. Who may try, how often and how fast is decided
/// here, together with the logins of all protocols.
///
/// Whatever is wrong with a name, the same is asked and the same time passes as for a wrong password.
package final class OrganisationLogin: Sendable {
    /// Questions that wait for a thread, from one customer's addresses and in all.
    package static let waitingPerSource = 50
    package static let waitingInAll = 400
    package static let threads = 8

    private let authenticator: Authenticator
    private let queue: LoginQueue

    /// `pool`: threads that may wait for a program; not those that hash.
    package init(_ authenticator: Authenticator, pool: BlockingPool) {
        self.authenticator = authenticator
        queue = LoginQueue(pool, perSource: Self.waitingPerSource, total: Self.waitingInAll)
    }

    /// `judge` is blocking, and is asked about names that nobody has here as well.
    package func login(
        name: String, password: [UInt8], from origin: LoginOrigin,
        judge: @escaping @Sendable (_ name: String, _ password: [UInt8]) -> OutsideVerdict
    ) async -> OrganisationOutcome {
        let attempt = Authenticator.Attempt(name: name, origin: origin)
        if let seconds = authenticator.retryAfter(attempt) { return .locked(retryAfter: seconds) }
        let watch = Stopwatch()
        let entry: AccountEntry?
        let verdict: OutsideVerdict
        do {
            let found = try await authenticator.store.directory.entry(login: name)
            let login = found?.login.text ?? name
            let isKnown = authenticator.isKnown(attempt)
            verdict = try await queue.run(from: attempt.source, isKnown: isKnown) { [authenticator] in
                try authenticator.refuseLocked(attempt)
                return judge(login, password)
            }
            entry = found
        } catch let locked as Authenticator.Locked {
            return .locked(retryAfter: locked.seconds)
        } catch {
            return .unavailable("\(error)")
        }
        switch verdict {
        case .unavailable(let words): return .unavailable(words)
        case .wrong:
            await authenticator.settle(
                .wrong, attempt, fingerprint: authenticator.fingerprint(of: password),
                spent: Int(clamping: watch.microseconds / 1_000))
            return .wrong
        case .right: return await admit(entry, name, attempt)
        }
    }

    /// Somebody whom the provider has let in, by the name that it tells: a login, or an account's own address. Behind an alias
    /// nobody is found: whoever bears its name in the organisation need not be the one who gets its mail here.
    package func admit(_ name: String, from origin: LoginOrigin) async -> OrganisationOutcome {
        let attempt = Authenticator.Attempt(name: name, origin: origin)
        do {
            let entry = try await authenticator.store.directory.entry(login: name)
            return await admit(try await isNamed(entry, name) ? entry : nil, name, attempt)
        } catch {
            return .unavailable("\(error)")
        }
    }

    private func isNamed(_ entry: AccountEntry?, _ name: String) async throws -> Bool {
        guard let entry else { return false }
        if LoginName(name) == entry.login { return true }
        return try await authenticator.store.directory.askedAddress(login: name) == AddressKey(entry.address)
    }

    /// Who has no mail password yet comes in as well: to set one.
    private func admit(
        _ entry: AccountEntry?, _ name: String, _ attempt: Authenticator.Attempt
    ) async -> OrganisationOutcome {
        guard let entry else { return .noAccount(name) }
        guard entry.status.receivesMail else { return .suspended }
        do {
            let facts = try await authenticator.store.directory.loginFacts(of: entry.id, handle: nil)
            if let refusal = facts.refusal(attempt.service, now: authenticator.clock()) { return .refused(refusal) }
        } catch {
            return .unavailable("\(error)")
        }
        await authenticator.settle(.success(Admission(entry)), attempt, fingerprint: nil)
        return .success(entry)
    }

    /// Asks the provider, once it is this address's turn; nil: the address is locked out, or too many wait. Blocking body.
    package func ask<Answer: Sendable>(
        from origin: LoginOrigin, _ body: @escaping @Sendable () -> Answer
    ) async -> Answer? {
        let source = Authenticator.Attempt.source(of: origin.peer)
        guard authenticator.limiter.retryAfter(source: source, now: authenticator.clock()) == nil else { return nil }
        return try? await queue.run(from: source, isKnown: false, body)
    }

    /// A new mail password that may be the organisation's: whether it is, so often as a password may be guessed, and no more.
    package func compare(
        _ password: [UInt8], of entry: AccountEntry, from origin: LoginOrigin,
        judge: @escaping @Sendable (_ name: String, _ password: [UInt8]) -> OutsideVerdict
    ) async -> OrganisationComparison {
        let (source, login) = (Authenticator.Attempt.source(of: origin.peer), entry.login.text)
        // No name has a space in it: this counts beside the logins, not among them.
        if let seconds = authenticator.limiter.countGuess(
            at: "new password \(login)", source: source, now: authenticator.clock())
        {
            return .tooOften(retryAfter: seconds)
        }
        let verdict = try? await queue.run(from: source, isKnown: true) { judge(login, password) }
        return switch verdict {
        case .right: .same
        case .wrong: .another
        case .unavailable(let words): .unknown(words)
        case nil: .unknown("too many wait")
        }
    }
}

package enum OrganisationComparison: Sendable, Equatable {
    case same, another
    case tooOften(retryAfter: Int)
    /// Nobody could say; words for the log.
    case unknown(String)
}

extension Authenticator {
    /// From where failures are counted: see `FailureLimiter`.
    package static func source(of peer: PeerAddress) -> String { Attempt.source(of: peer) }
}
