/// What is left of the time and of the octets that a host gets for one message (RFC 5321 §4.5.3.2 bounds each wait, and nothing
/// bounds how many there are).
struct TalkBudget {
    let seconds: Int
    private let end: ContinuousClock.Instant
    private var octets: Int
    private let octetsPerReply: Int

    init(
        seconds: Int, octets: Int = TalkSettings.mostOctets, octetsPerReply: Int = TalkSettings.mostOctetsPerReply,
        now: ContinuousClock.Instant = .now
    ) {
        self.seconds = max(0, seconds)
        end = now + .seconds(self.seconds)
        self.octets = max(0, octets)
        self.octetsPerReply = max(0, octetsPerReply)
    }

    /// Of a wait so long what there is time for; nil: none.
    func wait(_ wanted: Int, now: ContinuousClock.Instant = .now) -> Int? {
        let left = end - now
        guard left > .zero else { return nil }
        return max(1, min(wanted, left.wholeSeconds))
    }

    /// False when it has said too much.
    mutating func take(_ count: Int) -> Bool {
        octets -= min(max(0, count), octets)
        return octets > 0
    }

    mutating func addReply() { octets = min(.max - octetsPerReply, octets) + octetsPerReply }
}

extension Duration {
    /// None that is begun is left out; never below zero.
    var wholeSeconds: Int {
        let (seconds, rest) = components
        return max(0, Int(clamping: seconds) + (rest > 0 ? 1 : 0))
    }
}
