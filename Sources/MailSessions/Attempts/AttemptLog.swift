import MailMessage
import MailNetwork
import MailShared
import MailStore
import MailTransport
import Synchronization

/// What became of the latest connections of this worker, in memory alone: so that somebody whose client cannot connect can be
/// told what was seen of it here. Never a name of an account, never a password.
///
/// A connection costs a handful of short turns of one lock.
final class AttemptLog: Sendable {
    /// Octets of what a client calls itself.
    static let longestClient = 100

    private let ring = Mutex(AttemptRing())
    private let startedAt: EpochSeconds
    private let clock: @Sendable () -> EpochSeconds

    init(clock: @escaping @Sendable () -> EpochSeconds = systemClock) {
        self.clock = clock
        startedAt = clock()
    }

    // MARK: Before the session

    func arrived(_ origin: ConnectionOrigin) {
        let entry = AttemptRing.Entry(origin, at: clock())
        ring.withLock { $0.insert(entry) }
    }

    func note(_ event: TransportEvent) {
        switch event {
        case .refused(let origin, let reason):
            let entry = AttemptRing.Entry(origin, at: clock())
            ring.withLock { $0.refuse(entry, reason: reason.rawValue) }
        case .proxyHeaderRefused(let origin, let reason):
            arrived(origin)
            end(origin.id) { $0.end = AttemptEnd(AttemptEnd.proxyFailed, reason: reason) }
        case .handshakeFailed(let origin, let failed):
            arrived(origin)
            end(origin.id) { $0.note(failed) }
        case .acceptFailed: break
        }
    }

    // MARK: Sessions, on the connection's event loop

    func began(_ connection: Connection) {
        arrived(connection.origin)
        note(connection) { _ in }
    }

    func client(_ name: String, on connection: Connection) {
        let name = String(decoding: name.utf8.prefix(Self.longestClient), as: UTF8.self)
        note(connection) { $0.client = name }
    }

    /// How a login went; once one has succeeded, that stays.
    func login(_ result: String, mechanism: String, on connection: Connection) {
        note(connection) { attempt in
            guard attempt.login.result != AttemptLogin.ok else { return }
            attempt.login = AttemptLogin(result: result, mechanism: mechanism)
        }
    }

    func misstep(_ step: Misstep, on connection: Connection) {
        note(connection) { $0.misstep = step }
    }

    func probe(_ claim: ProbeClaim, on connection: Connection) {
        var claim = claim
        claim.shownCertificate = claim.certificate == nil ? nil : connection.certificateDigest.map(Self.hex)
        note(connection) { $0.probe = claim }
    }

    func ended(_ connection: Connection, _ session: SessionEnd) {
        let (opensWithTLS, alert) = (connection.opensWithTLS, connection.tlsAlert.map(Int.init))
        note(connection) { attempt in
            if opensWithTLS { attempt.misstep = .tlsHello }
            // Why STARTTLS failed is more than that it did.
            if attempt.end == nil { attempt.end = AttemptEnd(session.reason.rawValue) }
            if attempt.end?.alert == nil { attempt.end?.alert = alert }
            attempt.end?.command = session.last?.verb
            attempt.end?.commands = session.commands
        }
        end(connection.id) { _ in }
    }

    /// TLS is looked at where a connection is noted, until there is some.
    private func note(_ connection: Connection, _ change: (inout ConnectionAttempt) -> Void) {
        let tls = connection.tls
        ring.withLock { ring in
            ring.update(connection.id) { attempt in
                if let tls, attempt.tls.version == nil, attempt.end == nil { attempt.tls.note(tls) }
                change(&attempt)
            }
        }
    }

    private func end(_ id: ConnectionID, _ change: (inout ConnectionAttempt) -> Void) {
        let now = clock()
        ring.withLock { ring in
            ring.update(id) { attempt in
                change(&attempt)
                attempt.end?.seconds = Int(clamping: max(0, now - attempt.at))
            }
        }
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    // MARK: For whoever asks

    func attempts(_ choice: AttemptChoice) -> [ConnectionAttempt] {
        switch choice {
        case .token(let token): return ring.withLock { $0.attempts { $0.attempt.probe?.token == token } }
        case .from(let text, let since, let until):
            guard let prefix = AddressPrefix(text), since <= until else { return [] }
            return ring.withLock { ring in
                ring.attempts { prefix.contains($0.peer) && (since...until).contains($0.attempt.at) }
            }
        }
    }

    /// Since when nothing has been forgotten.
    var since: EpochSeconds { ring.withLock { $0.forgottenAt.map { $0 + 1 } } ?? startedAt }
    var limit: Int { ring.withLock { $0.capacity } }
}

extension AttemptTLS {
    fileprivate mutating func note(_ info: TLSInfo) {
        (version, cipher, serverName, alpn) = (info.version, info.cipher, info.serverName, info.alpn)
    }
}

extension ConnectionAttempt {
    fileprivate mutating func note(_ failed: FailedHandshake) {
        end = AttemptEnd(AttemptEnd.handshakeFailed, reason: failed.cause.rawValue)
        end?.alert = failed.alert.map(Int.init)
        end?.detail = failed.reason
        tls.serverName = failed.hello?.serverName
        tls.offered = failed.hello.map { $0.versionName }
    }
}
