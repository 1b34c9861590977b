/// A least data rate, as a purse of waiting time: waiting takes from it, each octet that comes pays something in.
/// Only the time spent waiting for the peer counts, so a server that is slow itself blames nobody.
package struct Pace: Sendable, Equatable {
    /// Octets that pay for one second.
    package let octetsPerSecond: Int
    /// What the purse holds at first, and at most.
    package let graceNanoseconds: Int64
    package private(set) var leftNanoseconds: Int64

    package init(octetsPerSecond: Int, graceSeconds: Int) {
        self.octetsPerSecond = max(1, octetsPerSecond)
        graceNanoseconds = Int64(clamping: min(max(1, graceSeconds), Self.longestGrace)) * Self.second
        leftNanoseconds = graceNanoseconds
    }

    package mutating func received(octets: Int) {
        let (paid, overflow) = Int64(clamping: octets).multipliedReportingOverflow(by: Self.second)
        let worth = overflow ? Int64.max : paid / Int64(octetsPerSecond)
        let (sum, tooMuch) = leftNanoseconds.addingReportingOverflow(worth)
        leftNanoseconds = tooMuch ? graceNanoseconds : min(graceNanoseconds, sum)
    }

    package mutating func waited(nanoseconds: Int64) {
        leftNanoseconds = max(0, leftNanoseconds - min(leftNanoseconds, max(0, nanoseconds)))
    }

    private static let second: Int64 = 1_000_000_000
    private static let longestGrace = 86_400
}
