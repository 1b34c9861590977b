/// Durations that are counted in buckets.
package enum Histogram: Int, CaseIterable, Sendable {
    case session, handshake, login, delivery, commit, sync, loopLag

    /// Sessions last from a blink to days, all else from microseconds to a minute.
    var shape: HistogramShape { self == .session ? .long : .fine }

    var family: MetricFamily {
        switch self {
        case .session: .sessionSeconds
        case .handshake: .handshakeSeconds
        case .login: .loginSeconds
        case .delivery: .deliverySeconds
        case .commit: .commitSeconds
        case .sync: .syncSeconds
        case .loopLag: .loopLag
        }
    }
}

/// Log-linear buckets: `steps` of equal width in each doubling, so that the relative error is the same everywhere and the
/// bucket of a value is found by counting bits. The last bucket has no upper bound.
package struct HistogramShape: Sendable, Equatable {
    /// The first bound is 2^low microseconds.
    package let low: Int
    package let doublings: Int
    /// A power of two.
    package let steps: Int

    /// 64 microseconds to 67 seconds, by halves of a doubling.
    package static let fine = HistogramShape(low: 6, doublings: 20, steps: 2)
    /// 131 milliseconds to 38 hours, by halves of a doubling.
    package static let long = HistogramShape(low: 17, doublings: 20, steps: 2)
    /// 128 microseconds to 34 seconds, by doublings: one for each command of each protocol.
    package static let coarse = HistogramShape(low: 7, doublings: 18, steps: 1)

    /// With the one without bound.
    package var buckets: Int { doublings * steps + 2 }
    /// The buckets, then the sum of all values.
    package var words: Int { buckets + 1 }

    /// Bounds belong to the bucket below them, as Prometheus' `le` wants it.
    package func bucket(of microseconds: UInt64) -> Int {
        let below = microseconds == 0 ? 0 : microseconds - 1
        let exponent = UInt64.bitWidth - 1 - below.leadingZeroBitCount
        guard exponent >= low else { return 0 }
        let step = Int(truncatingIfNeeded: below >> UInt64(exponent - steps.trailingZeroBitCount)) & (steps - 1)
        return min((exponent - low) * steps + step + 1, buckets - 1)
    }

    /// In microseconds; nil for the last bucket.
    package func bound(of bucket: Int) -> UInt64? {
        guard bucket >= 0, bucket < buckets - 1 else { return nil }
        guard bucket > 0 else { return 1 << UInt64(low) }
        let (doubling, step) = (bucket - 1).quotientAndRemainder(dividingBy: steps)
        let base = UInt64(1) << UInt64(low + doubling)
        return base + base / UInt64(steps) * UInt64(step + 1)
    }
}
