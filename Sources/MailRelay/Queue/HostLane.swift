import MailMessage

/// What waits in memory for one host, and how that host is doing. Pure: the scheduler acts on it.
struct HostLane {
    private(set) var pending: [RelayJob] = []
    private var first = 0
    /// Workers that have, or are opening, a connection.
    var workers = 0
    /// Workers that wait for a job.
    var idle = 0
    /// The host could not be reached so many times in a row; 0: it answers.
    private(set) var failures = 0
    private(set) var restsUntil: EpochSeconds = 0
    private(set) var lastReply: HopReply?

    var count: Int { pending.count - first }
    var isUnused: Bool { count == 0 && workers == 0 && failures == 0 }

    mutating func append(_ job: RelayJob) { pending.append(job) }

    mutating func next() -> RelayJob? {
        guard first < pending.count else { return nil }
        let job = pending[first]
        first += 1
        if first > 64, first * 2 > pending.count {
            pending.removeFirst(first)
            first = 0
        }
        return job
    }

    mutating func takeAll() -> [RelayJob] {
        defer { (pending, first) = ([], 0) }
        return Array(pending.dropFirst(first))
    }

    /// A host of which nothing is known to be wrong gets as many connections as it has mail for; one that has failed is tried
    /// with one.
    func wantsWorker(limit: Int) -> Bool {
        count > idle && workers < (failures == 0 ? limit : 1)
    }

    func isResting(at now: EpochSeconds) -> Bool { now < restsUntil }

    /// Nothing has been heard of it for so long that a new lane would do as well.
    func isForgotten(at now: EpochSeconds, after span: EpochSeconds) -> Bool {
        count == 0 && workers == 0 && now - restsUntil > span
    }

    mutating func answered() { (failures, restsUntil, lastReply) = (0, 0, nil) }

    mutating func failed(_ reply: HopReply, at now: EpochSeconds, rest: EpochSeconds) {
        failures += 1
        restsUntil = now + rest
        lastReply = reply
    }
}
