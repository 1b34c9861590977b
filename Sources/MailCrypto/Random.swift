import COpenSSL
import Glibc

/// Bytes that nobody can guess. Without a source of randomness the process must not go on.
package func randomBytes(_ count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: max(0, count))
    guard RAND_bytes(&bytes, Int32(clamping: bytes.count)) == 1 else { abort() }
    return bytes
}

/// Equal or not, in a time that depends on the lengths alone.
package func constantTimeEquals(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    return CRYPTO_memcmp(left, right, left.count) == 0
}
