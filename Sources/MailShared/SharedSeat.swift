/// A worker's place at the shared memory: its own slot, and the secret that all workers of one server have from their supervisor.
package struct SharedSeat: Sendable {
    package let region: SharedRegion
    package let slot: Int
    package let secret: [UInt8]

    package init(_ region: SharedRegion, slot: Int, secret: [UInt8]) {
        (self.region, self.slot, self.secret) = (region, slot, secret)
    }

    /// For a server of one process.
    package static func alone(secret: [UInt8]) throws(SharedRegionError) -> SharedSeat {
        let region = try SharedRegion.create()
        region.claim(slot: 0)
        return SharedSeat(region, slot: 0, secret: secret)
    }
}
