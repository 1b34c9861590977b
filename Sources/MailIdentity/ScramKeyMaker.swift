import MailCrypto
package import MailStore

/// Makes what a server keeps instead of a password (RFC 5802 §3): StoredKey and ServerKey. Costs milliseconds of CPU.
package enum ScramKeyMaker {
    package static let minimumIterations = 4_096  // RFC 7677 §4
    static let saltLength = 16

    package static func keys(
        for password: PreparedPassword, iterations: Int = minimumIterations, salt: [UInt8]? = nil
    ) -> ScramKeys {
        let salt = salt ?? randomBytes(saltLength)
        let count = max(iterations, minimumIterations)
        let salted = pbkdf2SHA256(password: password.bytes, salt: salt, iterations: count)
        let clientKey = hmacSHA256(key: salted, Array("Client Key".utf8))
        let serverKey = hmacSHA256(key: salted, Array("Server Key".utf8))
        return ScramKeys(salt: salt, iterations: count, storedKey: sha256(clientKey), serverKey: serverKey)
    }

    /// For a name that does not exist: the salt is the same every time it is asked for, the keys fit no password.
    static func fakeKeys(name: String, secret: [UInt8], iterations: Int) -> ScramKeys {
        let salt = hmacSHA256(key: secret, Array("scram salt \(name.lowercased())".utf8)).prefix(saltLength)
        return ScramKeys(
            salt: Array(salt), iterations: max(iterations, minimumIterations),
            storedKey: randomBytes(ScramClientFinal.proofLength), serverKey: randomBytes(ScramClientFinal.proofLength))
    }
}
