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
    /// This host, and the neighbours that failed with it: who may go to another one as well is not held up.
    private var failedHosts: Set<String> = []

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

    mutating func takeAll() -> [RelayJob] { take { _ in true } }

    /// What has nowhere else to go than to the hosts that have failed.
    mutating func takeResting() -> [RelayJob] {
        let failed = failedHosts
        return take { job in job.hops.allSatisfy { failed.contains($0.laneKey) } }
    }

    mutating func take(where isWanted: (RelayJob) -> Bool) -> [RelayJob] {
        let waiting = pending.dropFirst(first)
        (pending, first) = (waiting.filter { !isWanted($0) }, 0)
        return waiting.filter(isWanted)
    }

    /// A host of which nothing is known to be wrong gets as many connections as it has mail for; one that has failed is tried
    /// with one.
    func wantsWorker(limit: Int) -> Bool {
        count > idle && workers < (failures == 0 ? limit : 1)
    }

    func isResting(_ job: RelayJob, at now: EpochSeconds) -> Bool {
        now < restsUntil && job.hops.allSatisfy { failedHosts.contains($0.laneKey) }
    }

    /// Nothing has been heard of it for so long that a new lane would do as well.
    func isForgotten(at now: EpochSeconds, after span: EpochSeconds) -> Bool {
        count == 0 && workers == 0 && now - restsUntil > span
    }

    mutating func answered() { (failures, restsUntil, lastReply, failedHosts) = (0, 0, nil, []) }

    mutating func failed(_ reply: HopReply, hosts: Set<String>, at now: EpochSeconds, rest: EpochSeconds) {
        failures += 1
        failedHosts.formUnion(hosts)
        restsUntil = now + rest
        lastReply = reply
    }
}
