import MailMessage

/// What is known of failures of one address, one account, or one account from one address: pure, record in, record out.
struct FailureRecord: Sendable, Equatable {
    /// Counting stops here; a limit beyond it is this.
    static let maximumFailures = 4_095

    var failures = 0
    var failedAt: EpochSeconds = 0
    /// The fingerprint of the last wrong password.
    var attempt: UInt64?

    /// Seconds until the next try, or nil when it may be made now. A clock that was set back makes nobody wait longer.
    func wait(limit: Int, window: Int, now: EpochSeconds) -> Int? {
        guard limit > 0, failures >= min(limit, Self.maximumFailures) else { return nil }
        let left = EpochSeconds(window) - (now - failedAt)
        return left > 0 ? Int(min(left, EpochSeconds(window))) : nil
    }

    mutating func count(now: EpochSeconds, window: Int) {
        forget(now: now, window: window)
        failures = min(failures + 1, Self.maximumFailures)
        failedAt = now
    }

    /// False when it is the same wrong password again, which is delayed but not counted.
    mutating func count(_ attempt: UInt64?, now: EpochSeconds, window: Int) -> Bool {
        forget(now: now, window: window)
        let isRepeated = attempt != nil && self.attempt == attempt && failures > 0
        self.attempt = attempt
        if isRepeated { failedAt = now } else { count(now: now, window: window) }
        return !isRepeated
    }

    /// Somebody who may has said that what was until then counts for nothing.
    mutating func forgive(until moment: EpochSeconds?) {
        if let moment, failedAt <= moment { (failures, attempt) = (0, nil) }
    }

    /// Failures older than the window are forgotten.
    private mutating func forget(now: EpochSeconds, window: Int) {
        guard now - failedAt >= EpochSeconds(window) else { return }
        (failures, attempt) = (0, nil)
    }
}
