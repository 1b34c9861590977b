/// Something that was fetched and is believed for a while, and when it is time to ask again. The clock comes in.
struct Remembered<Value: Sendable>: Sendable {
    private(set) var value: Value?
    private var fetchedAt: Int64 = 0
    private var failedAt: Int64?
    private var failure: OpenIDFailure?

    /// What is known and young enough.
    func fresh(now: Int64) -> Value? {
        // A clock that was set back makes nothing young for longer.
        now >= fetchedAt && now - fetchedAt < OpenIDLimits.rememberedSeconds ? value : nil
    }

    /// Why it came to nothing a moment ago: nobody is asked again yet.
    func recentFailure(now: Int64) -> OpenIDFailure? {
        guard let failedAt, now >= failedAt, now - failedAt < OpenIDLimits.failurePause else { return nil }
        return failure
    }

    /// Whether it may be fetched again although it is young: somebody named what is not in it.
    func mayAskAgain(now: Int64) -> Bool { now < fetchedAt || now - fetchedAt >= OpenIDLimits.keyPause }

    mutating func took(_ value: Value, now: Int64) {
        (self.value, fetchedAt, failedAt, failure) = (value, now, nil, nil)
    }

    mutating func failed(_ failure: OpenIDFailure, now: Int64) { (failedAt, self.failure) = (now, failure) }
}
