/// How long a seat stays empty after a death: not at all the first time, then 0.1, 0.2, 0.4 ... 10 seconds.
package struct BackOff: Sendable, Equatable {
    package static let first = Duration.milliseconds(100)
    package static let longest = Duration.seconds(10)
    /// Who lived so long was well: the next death begins anew.
    package static let healthyAge = Duration.seconds(30)

    package private(set) var failures = 0

    package init() {}

    package mutating func delay(afterLiving age: Duration) -> Duration {
        failures = age >= Self.healthyAge ? 1 : min(failures + 1, Self.mostFailures)
        guard failures > 1 else { return .zero }
        return min(Self.first * (1 << (failures - 2)), Self.longest)
    }

    /// Beyond this many the delay is the longest anyway.
    private static let mostFailures = 10
}
