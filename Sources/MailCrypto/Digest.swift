import COpenSSL

package enum Digest {
    package static let sha256Length = 32
}

/// SHA-256 (FIPS 180-4).
package func sha256(_ bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: Digest.sha256Length)
    SHA256(bytes, bytes.count, &digest)
    return digest
}

/// HMAC with SHA-256 (RFC 2104).
package func hmacSHA256(key: [UInt8], _ bytes: [UInt8]) -> [UInt8] {
    var code = [UInt8](repeating: 0, count: Digest.sha256Length)
    var length: UInt32 = 0
    HMAC(EVP_sha256(), key, Int32(clamping: key.count), bytes, bytes.count, &code, &length)
    return code
}

/// PBKDF2 with HMAC-SHA-256 (RFC 8018 §5.2): the `Hi()` of SCRAM (RFC 5802 §2.2). Blocking: some milliseconds.
package func pbkdf2SHA256(password: [UInt8], salt: [UInt8], iterations: Int) -> [UInt8] {
    var key = [UInt8](repeating: 0, count: Digest.sha256Length)
    password.withUnsafeBytes { secret in
        _ = PKCS5_PBKDF2_HMAC(
            secret.bindMemory(to: CChar.self).baseAddress, Int32(clamping: secret.count), salt,
            Int32(clamping: salt.count),
            Int32(clamping: max(1, iterations)), EVP_sha256(), Int32(Digest.sha256Length), &key)
    }
    return key
}
