package import MailMessage
import MailNetwork
package import MailStore

/// What the server saw of somebody's attempts to connect, and what follows from it.
package struct ProbeReport: Sendable {
    package let attempts: [SeenAttempt]
    package let conclusions: [ProbeConclusion]
    /// Whatever came since then is remembered, by every worker.
    package let since: EpochSeconds
    /// So many of the latest are, of each worker.
    package let limit: Int
}

package struct SeenAttempt: Sendable {
    package enum Evidence: String, Sendable {
        /// It carried the token.
        case carried
        /// It came from the same address at about the same time.
        case inferred
        /// It came from the address that was asked for.
        case address
    }

    package let attempt: ConnectionAttempt
    package let evidence: Evidence
    /// What follows from this one; `ProbeConclusion` says it in words.
    package let conclusions: [String]
    /// It looks like one of the things that mail-probe tries on purpose, to see them refused.
    package let isTrial: Bool

    package var what: String {
        guard isTrial else { return attempt.what }
        return attempt.what + (evidence == .carried ? "; " : "; perhaps ") + "one of mail-probe's own trials"
    }
}

extension Administration {
    /// Before and after an attempt with the token: what else came from there belongs to it.
    private static let neighbourhood: EpochSeconds = 60
    /// Addresses whose neighbourhood is looked at: one run has a few.
    private static let mostAddresses = 16

    /// The attempts that carried the token, and others from the same addresses around them; none: nobody carried it.
    package func probeReport(_ token: ProbeToken) throws(AdminError) -> ProbeReport {
        let carriers = try attempts(.token(token))
        var found = Dictionary(carriers.map { ($0.id, $0) }) { first, _ in first }
        let windows = Self.windows(around: carriers)
        for (address, window) in windows.prefix(Self.mostAddresses) {
            let near = try attempts(.from(address, since: window.lowerBound, until: window.upperBound))
            for attempt in near where attempt.probe?.token ?? token == token { found[attempt.id] = attempt }
        }
        let seen = found.values.sorted { ($0.at, $0.id) < ($1.at, $1.id) }
        return try report(seen, since: windows.values.map(\.lowerBound).min()) { attempt in
            attempt.probe == nil ? .inferred : .carried
        }
    }

    /// The attempts from an address or a network, for clients that never came as far as to send a token.
    package func probeReport(from text: String, since: EpochSeconds) throws(AdminError) -> ProbeReport {
        guard let prefix = AddressPrefix(text) else {
            throw .wrongData("\"\(text)\" is not an address such as 192.0.2.7 or a network such as 192.0.2.0/24")
        }
        let seen = try attempts(.from(prefix.description, since: since, until: .max))
        return try report(seen, since: since) { _ in .address }
    }

    private static func windows(around carriers: [ConnectionAttempt]) -> [String: ClosedRange<EpochSeconds>] {
        carriers.reduce(into: [:]) { windows, attempt in
            let (before, after) = (attempt.at - neighbourhood, attempt.at + neighbourhood)
            let known = windows[attempt.peer] ?? before...after
            windows[attempt.peer] = min(known.lowerBound, before)...max(known.upperBound, after)
        }
    }

    private func report(
        _ attempts: [ConnectionAttempt], since: EpochSeconds?, _ evidence: (ConnectionAttempt) -> SeenAttempt.Evidence
    ) throws(AdminError) -> ProbeReport {
        let memories = try attemptMemories()
        let silent = ProbeConclusion.silentPorts(attempts, memories, since: since)
        let seen = attempts.map { attempt in
            let own = ProbeConclusion.of(attempt) + (evidence(attempt) == .inferred ? [] : silent)
            return SeenAttempt(
                attempt: attempt, evidence: evidence(attempt), conclusions: own.map(\.id),
                isTrial: evidence(attempt) != .address && ProbeTrials.isOne(attempt, among: attempts))
        }
        return ProbeReport(
            attempts: seen, conclusions: ProbeConclusion.distinct(attempts.flatMap(ProbeConclusion.of) + silent),
            since: memories.map(\.since).max() ?? 0, limit: memories.map(\.limit).max() ?? 0)
    }

    private func attempts(_ choice: AttemptChoice) throws(AdminError) -> [ConnectionAttempt] {
        let found: [ConnectionAttempt]?
        do { found = try PresenceCall(store: store.path).attempts(choice) } catch { throw .store(error) }
        guard let found else { throw .notRunning }
        return found
    }

    private func attemptMemories() throws(AdminError) -> [AttemptMemory] {
        let found: [AttemptMemory]?
        do { found = try PresenceCall(store: store.path).attemptMemories() } catch { throw .store(error) }
        guard let found else { throw .notRunning }
        return found
    }
}
