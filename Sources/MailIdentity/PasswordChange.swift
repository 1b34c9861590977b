import Glibc
import MailCrypto
package import MailMessage
package import MailStore

/// Sets passwords: hash and SCRAM keys in one write of the directory. Slow by design (a hash takes about 25 ms).
package enum PasswordChange {
    /// What the directory keeps of a password. Blocking: on a server, call it on a `BlockingPool`.
    /// `before`: with its salt a proof by the former password can be recognised; nil when that is not wanted. `frame`: salt and
    /// iterations that the account's app passwords have.
    package static func credential(
        for password: PreparedPassword, withScram: Bool = true, iterations: Int = ScramKeyMaker.minimumIterations,
        after before: Credential? = nil, like frame: ScramKeys? = nil, at now: EpochSeconds
    ) throws(PasswordChangeError) -> Credential {
        let frame = frame ?? before?.scram
        do {
            let hash = try PasswordHash.make(password.bytes)
            let keys =
                withScram
                ? ScramKeyMaker.keys(
                    for: password, iterations: max(iterations, frame?.iterations ?? 0), salt: frame?.salt) : nil
            return Credential(hash: hash, scram: keys, changedAt: now)
        } catch {
            throw .hashUnavailable
        }
    }

    /// A hash from elsewhere, in any format this system's crypt(3) verifies; its SCRAM keys come at the first plain login.
    package static func credential(importing text: String, at now: EpochSeconds) throws(PasswordChangeError)
        -> Credential
    {
        guard let hash = PasswordHash.imported(text) else { throw .unknownHash }
        return Credential(hash: hash, scram: nil, changedAt: now)
    }

    /// `formerSeconds`: so long devices with the password of before are told; 0: they are anybody. Sessions of the web pages
    /// end but `except`, and no link leads in any more; sessions of mail programs end within a second (`LoginRegister`).
    package static func set(
        _ credential: Credential?, of account: AccountID, formerSeconds: EpochSeconds = FormerPassword.standardSeconds,
        except session: WebSessionID? = nil, in store: MailStore, by actor: AuditActor
    ) async throws(StoreError) {
        // Before as well: where sessions cannot be ended, the password stays as it is, and nobody believes otherwise.
        try await store.web.shutOut(account, except: session)
        try await store.directory.write(by: actor) {
            try $0.setCredential(credential, of: account, formerSeconds: formerSeconds)
        }
        try await store.web.shutOut(account, except: session)
    }

    /// Only while the hash is still the one that was verified: a password changed meanwhile keeps its own keys.
    static func addKeys(_ keys: ScramKeys, to entry: AccountEntry, where verified: Credential, in store: MailStore)
        async throws(StoreError)
    {
        let account = entry.id
        try await store.directory.write(by: .server) { transaction in
            guard var current = try transaction.credential(of: account), current.hash == verified.hash else { return }
            current.scram = keys
            try transaction.setCredential(current, of: account)
        }
    }

    /// Whether a password fits what the directory keeps: for `mailctl password verify`. Blocking.
    package static func verify(_ raw: [UInt8], _ credential: Credential?) -> Bool {
        guard let hash = credential?.hash, let password = PreparedPassword(raw) else { return false }
        return password.spellings.contains { PasswordHash.verify($0, hash: hash) }
    }
}

extension AuditActor {
    /// What the server changes by itself.
    static let server = AuditActor(name: "server", uid: Int64(getuid()), tool: "mail-serve")
}

package enum PasswordChangeError: Error, Sendable, Equatable {
    case hashUnavailable
    /// Not a hash that crypt(3) on this system can verify.
    case unknownHash
}
