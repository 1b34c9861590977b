internal import MailMessage

/// Keeps `trail.db` and `sending.db` from growing: small steps with pauses, so that nobody waits behind them.
struct TrailUpkeep: Sendable {
    static let period = Duration.seconds(3_600)
    static let firstRun = Duration.seconds(300)
    static let pause = Duration.milliseconds(50)

    let trail: Trail
    let sending: SendingLimits
    let keep: EpochSeconds

    func run() async {
        try? await Task.sleep(for: Self.firstRun)
        while !Task.isCancelled {
            while await trail.trimStep(olderThan: keep) {
                try? await Task.sleep(for: Self.pause)
                if Task.isCancelled { return }
            }
            await sending.trim()
            try? await Task.sleep(for: Self.period)
        }
    }
}
