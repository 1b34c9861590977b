package import MailMessage

/// What proves a password without being one. Never logged: it prints as a placeholder.
package struct Credential: Sendable, Equatable, CustomStringConvertible {
    /// crypt(3) text such as `$y$j9T$...`.
    package var hash: String?
    package var scram: ScramKeys?
    package var changedAt: EpochSeconds

    package init(hash: String?, scram: ScramKeys? = nil, changedAt: EpochSeconds) {
        self.hash = hash
        self.scram = scram
        self.changedAt = changedAt
    }

    package var description: String { "Credential(hidden)" }
}

/// SCRAM-SHA-256 keys (RFC 5802 §3): enough to check a proof, not enough to log in elsewhere.
package struct ScramKeys: Sendable, Equatable, CustomStringConvertible {
    package var salt: [UInt8]
    package var iterations: Int
    package var storedKey: [UInt8]
    package var serverKey: [UInt8]

    package init(salt: [UInt8], iterations: Int, storedKey: [UInt8], serverKey: [UInt8]) {
        self.salt = salt
        self.iterations = iterations
        self.storedKey = storedKey
        self.serverKey = serverKey
    }

    package var description: String { "ScramKeys(hidden)" }
}
