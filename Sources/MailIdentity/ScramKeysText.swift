import MailCrypto
package import MailStore

/// SCRAM keys as one word for lists of accounts: `SCRAM-SHA-256$4096:SALT$STOREDKEY:SERVERKEY`, in base64 (RFC 5803 §2).
package enum ScramKeysText {
    private static let scheme = "SCRAM-SHA-256"
    private static let keyLength = 32
    private static let iterations = ScramKeyMaker.minimumIterations...10_000_000

    package static func text(_ keys: ScramKeys) -> String {
        let salt = Base64.encode(keys.salt)
        return "\(scheme)$\(keys.iterations):\(salt)$\(Base64.encode(keys.storedKey)):\(Base64.encode(keys.serverKey))"
    }

    /// Nil unless every part is there, in bounds and of the right length.
    package static func keys(_ text: String) -> ScramKeys? {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, parts[0] == scheme, let (count, salt) = pair(parts[1]),
            let (stored, server) = pair(parts[2])
        else { return nil }
        guard let count = Int(count), iterations.contains(count), let salt = Base64.decode(salt.utf8), !salt.isEmpty,
            let stored = Base64.decode(stored.utf8), stored.count == keyLength, let server = Base64.decode(server.utf8),
            server.count == keyLength
        else { return nil }
        return ScramKeys(salt: salt, iterations: count, storedKey: stored, serverKey: server)
    }

    private static func pair(_ text: String) -> (String, String)? {
        let halves = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        return halves.count == 2 ? (halves[0], halves[1]) : nil
    }
}
