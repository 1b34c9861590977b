import MailCrypto
import MailMessage
import MailStore
import MailTransport
import Synchronization

/// Who is logged in at this worker. Ends the sessions of accounts that have been suspended or removed, and those that came in
/// by a password that has changed since.
///
/// Each worker asks the directory itself: no message between processes could be lost, and none is needed.
final class LoginRegister: Sendable {
    /// How often the directory is asked whether it has changed at all.
    static let pause = Duration.seconds(1)
    /// Looks though nothing has changed: dated accounts end by time alone. In pauses.
    static let longestIgnorance = 60

    private struct Session {
        weak var connection: Connection?
        let account: AccountID
        /// A digest of the hash whose password let it in; nil until it has been read.
        var hash: [UInt8]?
    }

    private struct State {
        var sessions: [ConnectionID: Session] = [:]
        var generation: Int64?
        var looksSkipped = 0
        var task: Task<Void, Never>?
    }

    private let directory: Directory
    private let state = Mutex(State())

    init(_ directory: Directory) { self.directory = directory }

    func start() {
        let task = Task.detached { [weak self] in
            while !Task.isCancelled {
                try? await Task.sleep(for: Self.pause)
                await self?.lookIfChanged()
            }
        }
        state.withLock { $0.task = task }
    }

    func stop() async {
        let running = state.withLock { state in
            defer { state.task = nil }
            return state.task
        }
        running?.cancel()
        await running?.value
    }

    /// After a login. It leaves by itself when its connection is gone.
    func enter(_ connection: Connection, _ account: AccountID) async {
        let hash = await facts(of: [account])?[account]?.hash
        state.withLock {
            $0.sessions[connection.id] = Session(connection: connection, account: account, hash: hash)
        }
    }

    /// Another one may log in on the same connection (RFC 8437).
    func leave(_ connection: Connection) {
        state.withLock { $0.sessions[connection.id] = nil }
    }

    private func lookIfChanged() async {
        guard let generation = try? await directory.read({ try $0.generation() }) else { return }
        let isDue = state.withLock { state in
            state.looksSkipped += 1
            return state.generation != generation || state.looksSkipped >= Self.longestIgnorance
        }
        guard isDue, await look() else { return }
        state.withLock { ($0.generation, $0.looksSkipped) = (generation, 0) }
    }

    /// False when the directory could not be read: then again soon.
    func look() async -> Bool {
        let accounts = state.withLock { state in
            state.sessions = state.sessions.filter { $0.value.connection != nil }
            return Set(state.sessions.values.map(\.account))
        }
        guard !accounts.isEmpty else { return true }
        guard let facts = await facts(of: Array(accounts)) else { return false }
        for connection in outdated(facts) { connection.dismissSoon() }
        return true
    }

    private func outdated(_ facts: [AccountID: Facts]) -> [Connection] {
        state.withLock { state in
            var found: [Connection] = []
            for (id, session) in state.sessions {
                guard let known = facts[session.account] else { continue }  // came in after the question
                if session.hash == nil { state.sessions[id]?.hash = known.hash }
                guard !known.isWelcome || session.hash ?? known.hash != known.hash else { continue }
                if let connection = session.connection { found.append(connection) }
                state.sessions[id] = nil
            }
            return found
        }
    }

    private struct Facts: Sendable {
        let isWelcome: Bool
        let hash: [UInt8]
    }

    private func facts(of accounts: [AccountID]) async -> [AccountID: Facts]? {
        try? await directory.read { reader in
            var facts: [AccountID: Facts] = [:]
            for id in accounts {
                let entry = try reader.account(id)
                let hash = try reader.credential(of: id)?.hash ?? ""
                facts[id] = Facts(isWelcome: entry?.status == .active, hash: sha256(Array(hash.utf8)))
            }
            return facts
        }
    }
}
