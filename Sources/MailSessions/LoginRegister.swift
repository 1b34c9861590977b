import MailCrypto
import MailIdentity
import MailMessage
import MailNetwork
import MailStore
import MailTransport
import Synchronization

/// Who is logged in at this worker. Ends the sessions of accounts that have been suspended or removed, those that came in by a
/// password that has changed or was revoked since, and those of a protocol that has been switched off.
///
/// Each worker asks the directory itself: no message between processes could be lost, and none is needed.
final class LoginRegister: Sendable {
    /// How often the directory is asked whether it has changed at all.
    static let pause = Duration.seconds(1)
    /// Looks though nothing has changed: dated accounts and passwords end by time alone. In pauses.
    static let longestIgnorance = 60

    private struct State {
        var sessions: [ConnectionID: LoggedIn] = [:]
        var generation: Int64?
        var looksSkipped = 0
        var task: Task<Void, Never>?
    }

    private let directory: Directory
    /// Told whenever the directory may have changed; false: it could not be read, so ask again soon.
    private let whenChanged: @Sendable () async -> Bool
    private let state = Mutex(State())

    init(_ directory: Directory, whenChanged: @escaping @Sendable () async -> Bool = { true }) {
        self.directory = directory
        self.whenChanged = whenChanged
    }

    func start() {
        let task = Task.detached { [weak self] in
            while !Task.isCancelled {
                await self?.lookIfChanged()
                try? await Task.sleep(for: Self.pause)
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

    /// After a login, on the connection's event loop. It leaves by itself when its connection is gone.
    func enter(_ connection: Connection, _ admission: Admission, _ service: LoginOrigin.Service) async {
        var session = LoggedIn(connection, admission, service)
        session.hash = await welcomes(of: [admission.entry.id])?[admission.entry.id]?.hash
        state.withLock { $0.sessions[connection.id] = session }
        noteDevice(session)
    }

    /// Another one may log in on the same connection (RFC 8437).
    func leave(_ connection: Connection) {
        state.withLock { $0.sessions[connection.id] = nil }
    }

    /// What the client's program calls itself.
    func note(client: String, of connection: Connection) {
        let session = state.withLock { state in
            state.sessions[connection.id]?.client = String(client.prefix(LoggedIn.longestClient))
            return state.sessions[connection.id]
        }
        if let session { noteDevice(session) }
    }

    /// An app password is its device's own, and tells of its uses itself.
    private func noteDevice(_ session: LoggedIn) {
        guard session.appPassword == nil else { return }
        directory.noteDevice(
            of: session.account, service: session.service.rawValue, from: session.peer.ip.description,
            client: session.client ?? "")
    }

    /// All that is open now, in no order.
    var sessions: [LoggedIn] {
        state.withLock { state in
            state.sessions = state.sessions.filter { $0.value.connection != nil }
            return Array(state.sessions.values)
        }
    }

    private func lookIfChanged() async {
        guard let generation = try? await directory.read({ try $0.generation() }) else { return }
        let isDue = state.withLock { state in
            state.looksSkipped += 1
            return state.generation != generation || state.looksSkipped >= Self.longestIgnorance
        }
        guard isDue, await whenChanged(), await look() else { return }
        state.withLock { ($0.generation, $0.looksSkipped) = (generation, 0) }
    }

    /// False when the directory could not be read: then again soon.
    func look() async -> Bool {
        let accounts = Set(sessions.map(\.account))
        guard !accounts.isEmpty else { return true }
        guard let welcomes = await welcomes(of: Array(accounts)) else { return false }
        for connection in outdated(welcomes) { connection.dismissSoon() }
        return true
    }

    private func outdated(_ welcomes: [AccountID: Welcome]) -> [Connection] {
        state.withLock { state in
            var found: [Connection] = []
            for (id, session) in state.sessions {
                guard let known = welcomes[session.account] else { continue }  // came in after the question
                if session.hash == nil { state.sessions[id]?.hash = known.hash }
                guard !known.isOpen(to: session) else { continue }
                if let connection = session.connection { found.append(connection) }
                state.sessions[id] = nil
            }
            return found
        }
    }

    private func welcomes(of accounts: [AccountID]) async -> [AccountID: Welcome]? {
        try? await directory.read { reader in
            var welcomes: [AccountID: Welcome] = [:]
            for id in accounts { welcomes[id] = try Welcome(id, reader) }
            return welcomes
        }
    }
}

/// Who may stay, as the directory says now.
private struct Welcome: Sendable {
    let status: AccountStatus
    /// A digest of the mail password's hash.
    let hash: [UInt8]
    let appPasswords: Set<AppPasswordHandle>
    let features: EffectiveFeatures?

    init(_ id: AccountID, _ reader: DirectoryReader) throws {
        let entry = try reader.account(id)
        status = entry?.status ?? .removed
        hash = sha256(Array((try reader.credential(of: id)?.hash ?? "").utf8))
        appPasswords = try reader.liveAppPasswords(of: id)
        features = try entry.map(reader.features)
    }

    func isOpen(to session: LoggedIn) -> Bool {
        guard let features, session.service.feature.map(features.isOn) ?? true else { return false }
        guard let handle = session.appPassword else {
            return status == .active && session.hash ?? hash == hash
        }
        return status.receivesMail && features.isOn(.appPasswords) && appPasswords.contains(handle)
    }
}
