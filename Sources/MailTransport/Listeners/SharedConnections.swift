import MailCrypto
import MailNetwork
import MailShared

/// The other workers' connections, by address and network; nobody's when this process is alone.
///
/// Not for two threads at once: the ledger's lock is around it.
struct SharedConnections: Sendable {
    private let counts: ConnectionCounts?
    private let key: [UInt8]

    init(_ seat: SharedSeat?) {
        counts = seat.map { ConnectionCounts($0.region, slot: $0.slot) }
        key = seat.map { hmacSHA256(key: $0.secret, Array("connections".utf8)) } ?? []
    }

    /// Tells the others of ours, then gives theirs: in this order, so that nobody lets in one too many.
    func exchange(total: Int) -> Int {
        guard let counts else { return 0 }
        counts.publish(total: total)
        return counts.totalElsewhere
    }

    /// The same for one address or network.
    func exchange(_ count: Int, of prefix: AddressPrefix) -> Int { exchange(count, fingerprint(prefix)) }

    /// The same for an owner of sessions.
    func exchange(_ count: Int, ofOwner owner: Int64) -> Int { exchange(count, fingerprint(owner)) }

    private func exchange(_ count: Int, _ fingerprint: @autoclosure () -> SharedFingerprint) -> Int {
        guard let counts else { return 0 }
        let fingerprint = fingerprint()
        counts.publish(count, for: fingerprint)
        return counts.elsewhere(fingerprint)
    }

    func tell(total: Int) { counts?.publish(total: total) }

    func tell(_ count: Int, of prefix: AddressPrefix) { counts?.publish(count, for: fingerprint(prefix)) }

    func tell(_ count: Int, ofOwner owner: Int64) { counts?.publish(count, for: fingerprint(owner)) }

    private func fingerprint(_ owner: Int64) -> SharedFingerprint {
        SharedFingerprint(digest: hmacSHA256(key: key, Array("owner \(owner)".utf8)))
    }

    private func fingerprint(_ prefix: AddressPrefix) -> SharedFingerprint {
        let bytes = prefix.address.bytes + [UInt8(clamping: prefix.length)]
        return SharedFingerprint(digest: hmacSHA256(key: key, bytes))
    }
}
