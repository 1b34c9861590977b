import Foundation
import Testing

@testable import MailShared

@Suite struct ConnectionCountsTests {
    private func key(_ number: Int) -> SharedFingerprint {
        var generator = Mixer(state: UInt64(number))
        return SharedFingerprint(digest: (0..<24).map { _ in UInt8(truncatingIfNeeded: generator.next()) })
    }

    private func seated(_ region: SharedRegion, _ slot: Int) -> ConnectionCounts {
        region.claim(slot: slot)
        return ConnectionCounts(region, slot: slot)
    }

    @Test func workersSeeOneAnother() throws {
        let region = try SharedRegion.create()
        let again = try SharedRegion(descriptor: dup(region.descriptor))
        let (first, second) = (seated(region, 0), seated(again, 7))
        first.publish(total: 3)
        second.publish(total: 4)
        #expect(first.totalElsewhere == 4 && second.totalElsewhere == 3)
        first.publish(2, for: key(1))
        second.publish(5, for: key(1))
        #expect(first.elsewhere(key(1)) == 5 && second.elsewhere(key(1)) == 2 && second.elsewhere(key(2)) == 0)
        first.publish(0, for: key(1))
        #expect(second.elsewhere(key(1)) == 0)
        #expect(region.connectionCount(slot: 7) == 4 && region.connectionCount(slot: 8) == 0)
    }

    @Test func theDeadCountForNothing() throws {
        let region = try SharedRegion.create()
        let (first, second) = (seated(region, 0), seated(region, 1))
        second.publish(total: 9)
        second.publish(9, for: key(1))
        region.release(slot: 1)
        #expect(first.totalElsewhere == 0 && first.elsewhere(key(1)) == 0)
        let third = seated(region, 1)
        #expect(first.totalElsewhere == 0 && first.elsewhere(key(1)) == 0)
        third.publish(1, for: key(1))
        #expect(first.elsewhere(key(1)) == 1)
    }

    /// As many keys as the default limit of connections can need.
    @Test func thereIsRoomForAll() throws {
        let region = try SharedRegion.create()
        let (first, second) = (seated(region, 0), seated(region, 1))
        let keys = (0..<40_000).map(key)
        let refused = keys.count { !first.publish(1, for: $0) }
        #expect(refused == 0)
        let missing = keys.count { second.elsewhere($0) != 1 }
        #expect(missing == 0)
        for key in keys { first.publish(0, for: key) }
        let left = keys.count { second.elsewhere($0) != 0 }
        #expect(left == 0)
    }

    @Test func aFullColumnSaysSo() throws {
        let region = try SharedRegion.create()
        let counts = seated(region, 0)
        let refused = (0..<70_000).count { !counts.publish(1, for: key($0)) }
        #expect(refused >= 70_000 - SharedLayout.connectionEntries && refused < 10_000)
        #expect(ConnectionCounts(region, slot: 64).publish(1, for: key(1)) == false)
    }

    /// However wrong another's column is, adding up never traps.
    @Test func aDamagedColumnIsOnlyMany() throws {
        let region = try SharedRegion.create()
        let counts = seated(region, 0)
        for slot in 1..<SharedLayout.slots {
            region.claim(slot: slot)
            region.connections(slot: slot).store(.max, at: 0)
        }
        #expect(counts.totalElsewhere == 63 * Int(Int32.max))
        counts.publish(total: -1)
        counts.publish(1 << 40, for: key(1))
        #expect(ConnectionCounts(region, slot: 5).elsewhere(key(1)) == 65_535)
    }
}

/// Numbers that look random and are the same in each run.
private struct Mixer {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = (state ^ state >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }
}
