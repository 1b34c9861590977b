/// How many connections are open over all workers: in all, and by key (an address, a network).
///
/// Each worker writes its own column only, one thread at a time, and adds up the others' to judge. Whoever writes his own count
/// first and reads the others' then never lets in one too many; two that race for the last place may both be refused.
package struct ConnectionCounts: Sendable {
    static let total = 0
    private static let countBits: UInt64 = 16
    private static let countMask: UInt64 = 1 << countBits - 1

    private let region: SharedRegion
    private let slot: Int
    private let columns: [SharedWords]
    private let tables: [SharedBuckets]

    /// The slot must have been claimed.
    package init(_ region: SharedRegion, slot: Int) {
        (self.region, self.slot) = (region, slot)
        columns = (0..<SharedLayout.slots).map(region.connections)
        tables = columns.map {
            SharedBuckets(
                $0.window(at: WordMemory.pageWords, count: SharedLayout.connectionEntries), entryWords: 1)
        }
    }

    /// This worker's connections in all.
    package func publish(total: Int) { own?.store(UInt64(clamping: total), at: Self.total) }

    package var totalElsewhere: Int { sum { Int(clamping: columns[$0].load(Self.total)) } }

    /// This worker's connections of a key. False when its column has no room for another key: then only this worker knows.
    @discardableResult
    package func publish(_ count: Int, for key: SharedFingerprint) -> Bool {
        guard SharedRegion.isSlot(slot) else { return false }
        let table = tables[slot]
        guard let entry = find(key, in: table) ?? free(for: key, in: table) else { return false }
        let word = Self.mark(key) | min(UInt64(clamping: count), Self.countMask)
        table.words.store(count > 0 ? word : 0, at: entry)
        return true
    }

    package func elsewhere(_ key: SharedFingerprint) -> Int {
        sum { slot in
            find(key, in: tables[slot]).map { Int(tables[slot].words.load($0) & Self.countMask) } ?? 0
        }
    }

    private var own: SharedWords? { SharedRegion.isSlot(slot) ? columns[slot] : nil }

    /// Over the live slots but ours. What a column says is bounded, so that a damaged one cannot make the sum overflow.
    private func sum(_ count: (Int) -> Int) -> Int {
        var others = region.liveSlots & ~(SharedRegion.isSlot(slot) ? 1 << UInt64(slot) : 0)
        var result = 0
        while others != 0 {
            result += min(count(others.trailingZeroBitCount), Int(Int32.max))
            others &= others - 1
        }
        return result
    }

    /// A key may lie in either of two buckets, so that both are full hardly ever.
    private func find(_ key: SharedFingerprint, in table: SharedBuckets) -> Int? {
        func isIt(_ entry: Int) -> Bool { table.words.load(entry) & ~Self.countMask == Self.mark(key) }
        return table.entries(at: key.place).first(where: isIt) ?? table.entries(at: key.extra).first(where: isIt)
    }

    private func free(for key: SharedFingerprint, in table: SharedBuckets) -> Int? {
        let rooms = [key.place, key.extra].map { place in
            table.entries(at: place).filter { table.words.load($0) == 0 }
        }
        return rooms.max { $0.count < $1.count }?.first
    }

    private static func mark(_ key: SharedFingerprint) -> UInt64 { max(key.tag & ~countMask, countMask + 1) }
}

extension SharedRegion {
    /// The connections that a worker has told of; 0 for a slot that nobody has.
    package func connectionCount(slot: Int) -> Int {
        guard Self.isSlot(slot), liveSlots & 1 << UInt64(slot) != 0 else { return 0 }
        return Int(clamping: connections(slot: slot).load(ConnectionCounts.total))
    }
}
