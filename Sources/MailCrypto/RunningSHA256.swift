import COpenSSL
import Glibc

/// SHA-256 (FIPS 180-4) of bytes that come piece by piece. A value: a copy goes on by itself.
package struct RunningSHA256: Sendable {
    private var state = DigestState(copying: nil)

    package init() {}

    package mutating func add(_ bytes: UnsafeRawBufferPointer) {
        if !isKnownUniquelyReferenced(&state) { state = DigestState(copying: state) }
        EVP_DigestUpdate(state.context, bytes.baseAddress, bytes.count)
    }

    package mutating func add(_ bytes: [UInt8]) { bytes.withUnsafeBytes { add($0) } }

    /// Of everything so far; more may follow.
    package var digest: [UInt8] {
        let last = DigestState(copying: state)
        var digest = [UInt8](repeating: 0, count: Digest.sha256Length)
        EVP_DigestFinal_ex(last.context, &digest, nil)
        return digest
    }
}

/// Without memory for it the process must not go on.
private final class DigestState: @unchecked Sendable {  // changed only while one value has it
    let context: OpaquePointer

    init(copying other: DigestState?) {
        guard let context = EVP_MD_CTX_new() else { abort() }
        self.context = context
        let isReady =
            other.map { EVP_MD_CTX_copy_ex(context, $0.context) } ?? EVP_DigestInit_ex(context, EVP_sha256(), nil)
        guard isReady == 1 else { abort() }
    }

    deinit { EVP_MD_CTX_free(context) }
}
