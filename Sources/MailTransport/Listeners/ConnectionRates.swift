/// How many connections came from each address in this minute and the one before: pure, the clock comes in.
struct ConnectionRates {
    /// Addresses that are remembered in one minute; beyond it the others are let in uncounted.
    static let mostAddresses = 50_000
    static let minute = Duration.seconds(60)

    private var current: [AddressPrefix: Int] = [:]
    private var previous: [AddressPrefix: Int] = [:]
    private var began: ContinuousClock.Instant?

    /// Counts one more connection; false when it is one too many. Of the last minute's count the part that still lies
    /// within sixty seconds counts.
    mutating func allows(_ address: AddressPrefix, perMinute limit: Int, at now: ContinuousClock.Instant) -> Bool {
        let elapsed = turn(to: now)
        let overlap = max(0, 1 - elapsed / Self.minute)
        let recent = Double(previous[address] ?? 0) * overlap + Double(current[address] ?? 0)
        guard recent < Double(limit) else { return false }
        guard current[address] != nil || current.count < Self.mostAddresses else { return true }
        current[address, default: 0] += 1
        return true
    }

    private mutating func turn(to now: ContinuousClock.Instant) -> Duration {
        guard let start = began, now - start < Self.minute * 2 else {
            (current, previous, began) = ([:], [:], now)
            return .zero
        }
        guard now - start >= Self.minute else { return now - start }
        (previous, current, began) = (current, [:], start + Self.minute)
        return now - start - Self.minute
    }
}
