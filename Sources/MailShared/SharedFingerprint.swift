/// What stands for a name in shared memory: three words of a keyed digest. Whoever reads the memory learns no name, and
/// without the key nobody can find names that collide.
package struct SharedFingerprint: Sendable, Hashable {
    /// Chooses the bucket.
    package let place: UInt64
    /// Never zero, which marks a free entry.
    package let tag: UInt64
    package let extra: UInt64

    /// At least 24 bytes of a digest; what is missing counts as zeros.
    package init(digest: [UInt8]) {
        func word(_ number: Int) -> UInt64 {
            digest.dropFirst(8 * number).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        }
        place = word(0)
        tag = max(1, word(1))
        extra = word(2)
    }
}
