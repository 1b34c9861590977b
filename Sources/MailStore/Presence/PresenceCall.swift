internal import Glibc
internal import MailMessage

/// Asks the workers of a running server who is logged in, or to end sessions. Blocking.
package struct PresenceCall: Sendable {
    static let longestAnswer = 64 << 20

    private let folder: String

    package init(store: String) { folder = store + "/run/sessions" }

    /// Of all workers; nil: no worker runs.
    package func sessions() throws(StoreError) -> [OpenSession]? {
        try ask(.list)?.flatMap { $0.compactMap { OpenSession(line: $0) } }
    }

    /// How many sessions will end; nil: no worker runs.
    package func close(_ choice: SessionChoice) throws(StoreError) -> Int? {
        try ask(.close(choice))?.reduce(0) { $0 + ($1.first.flatMap { Int($0) } ?? 0) }
    }

    /// What all workers saw, the oldest first; nil: no worker runs.
    package func attempts(_ choice: AttemptChoice) throws(StoreError) -> [ConnectionAttempt]? {
        try ask(.attempts(choice))?.flatMap { $0.compactMap { ConnectionAttempt(line: $0) } }.sorted { $0.at < $1.at }
    }

    /// One of each worker; nil: no worker runs.
    package func attemptMemories() throws(StoreError) -> [AttemptMemory]? {
        try ask(.memory)?.flatMap { $0.compactMap { AttemptMemory(line: $0) } }
    }

    /// As every worker sees it, for they share what they know; nil: no worker runs.
    package func failures(_ names: [String]) throws(StoreError) -> [LoginFailures]? {
        guard let answers = try ask(.failures(names)) else { return nil }
        var known: [String: LoginFailures] = [:]
        for failures in answers.joined().compactMap({ LoginFailures(line: $0) }) {
            known["\(failures.name) \(failures.source ?? "")"] = failures
        }
        return known.values.sorted { ($0.name, $0.source ?? "") < ($1.name, $1.source ?? "") }
    }

    /// False: no worker runs.
    package func unlock(_ names: [String]) throws(StoreError) -> Bool { try ask(.unlock(names)) != nil }

    private func ask(_ request: PresenceRequest) throws(StoreError) -> [[Substring]]? {
        do {
            var answers: [[Substring]] = []
            for name in StoreFolder.entries(of: folder) where name.hasSuffix(PresenceSocket.suffix) {
                guard let socket = try PresenceName(folder: folder, name: name).connect() else { continue }
                let stream = PresenceStream(socket, patience: PresenceSocket.patience)
                guard stream.write(request.line + "\n"), let lines = stream.readAll(limit: Self.longestAnswer) else {
                    throw StoreError.busy
                }
                answers.append(lines)
            }
            return answers.isEmpty ? nil : answers
        } catch {
            throw StoreError(wrapping: error)
        }
    }
}
