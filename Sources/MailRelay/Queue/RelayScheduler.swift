import MailMessage
import MailStore

/// Which message goes next, and to how many hosts at a time. Owns all that is in hand.
actor RelayScheduler {
    private let parts: RelayParts
    private let plan: RelayPlan
    private var lanes: [String: HostLane] = [:]
    private var waiters: [String: [Waiter]] = [:]
    private var inHand: [String: Int] = [:]
    private var total = 0
    private var workers = 0
    private var isFilling = false
    private var refill = false
    private var isStopping = false
    private var tasks: [Int: Task<Void, Never>] = [:]
    private var lastTask = 0
    private var nextLook = ContinuousClock.now

    private struct Waiter {
        let id: Int
        let continuation: CheckedContinuation<RelayJob?, Never>
    }

    init(_ parts: RelayParts) {
        self.parts = parts
        plan = parts.plan
    }

    // MARK: Filling

    /// Takes out of the queue what there is room for. Called when something has come, has become due, or room has.
    func fill() async {
        guard !isFilling else {
            refill = true
            return
        }
        isFilling = true
        defer { isFilling = false }
        repeat {
            refill = false
            do {
                try await fillNew()
                try await fillWaiting()
            } catch { parts.note(.trouble("\(error)")) }
        } while refill && !isStopping
    }

    private var room: Int { isStopping ? 0 : plan.recipientsInHand - total }

    /// What has waited, often for hosts that are silent, leaves half of the room to new mail.
    private var roomForWaiting: Int { room - plan.recipientsInHand / 2 }

    private func fillNew() async throws(StoreError) {
        while room >= plan.batch {
            let full = Set(inHand.lazy.filter { $0.value >= self.plan.recipientsPerDestination }.map(\.key))
            let messages = try await parts.store.queue.claimNew(limit: plan.batch, full: full)
            if messages.isEmpty { return }
            take(messages)
        }
    }

    /// Every destination that has something due and is not full gets its turn.
    private func fillWaiting() async throws(StoreError) {
        guard roomForWaiting > 0, .now >= nextLook else { return }
        nextLook = .now + .seconds(1)
        let now = parts.store.directory.clock()
        // Dead hosts are many, and memory of each shall end.
        lanes = lanes.filter { !$0.value.isForgotten(at: now, after: plan.longestRest) }
        for destination in try await parts.store.queue.waitingDestinations() {
            guard roomForWaiting > 0 else { return }
            guard !destination.name.isEmpty, destination.nextAttemptAt <= now else { continue }
            let free = plan.recipientsPerDestination - inHand[destination.name, default: 0]
            guard free > 0 else { continue }
            let messages = try await parts.store.queue.claim(
                waitingFor: destination.name, limit: min(free, roomForWaiting, plan.batch))
            take(messages)
            try await fillNew()
        }
    }

    /// Counted at once; where they go is found out beside everything else.
    private func take(_ messages: [QueuedMessage]) {
        guard !messages.isEmpty else { return }
        for message in messages { count(message, by: 1) }
        Task {
            let routes = await self.routes(for: messages)
            for message in messages { self.enter(message, routes[message.envelope.needsTLS, default: [:]]) }
        }
    }

    private func enter(_ message: QueuedMessage, _ routes: [String: RouteAnswer]) {
        let (jobs, settled) = RelayJob.jobs(of: message, routes: routes)
        if !settled.isEmpty { finish(message, settled) }
        for job in jobs { enter(job) }
    }

    /// All domains of a batch are looked up at once: one that is slow holds up its own batch and no more.
    private func routes(for messages: [QueuedMessage]) async -> [Bool: [String: RouteAnswer]] {
        var wanted: [Bool: Set<String>] = [:]
        for message in messages {
            for domain in message.recipients.compactMap(\.destination.domain) {
                wanted[message.envelope.needsTLS, default: []].insert(domain)
            }
        }
        return await withTaskGroup(of: (Bool, String, RouteAnswer).self) { group in
            for (needsTLS, domains) in wanted {
                for domain in domains { group.addTask { (needsTLS, domain, await self.parts.route(domain, needsTLS)) } }
            }
            var found: [Bool: [String: RouteAnswer]] = [:]
            for await (needsTLS, domain, answer) in group { found[needsTLS, default: [:]][domain] = answer }
            return found
        }
    }

    private func enter(_ job: RelayJob) {
        guard let hop = job.hops.first, !isStopping else { return putBack(job) }
        let key = hop.laneKey
        let now = parts.store.directory.clock()
        if let lane = lanes[key], lane.isResting(job, at: now), let reply = lane.lastReply {
            return finish(job.message, job.recipients.map { ($0, .deferred(reply)) }, notBefore: lane.restsUntil)
        }
        if let waiter = waiters[key]?.popLast() {
            if waiters[key]?.isEmpty == true { waiters[key] = nil }
            lanes[key]?.idle -= 1
            return waiter.continuation.resume(returning: job)
        }
        lanes[key, default: HostLane()].append(job)
        startWorkers(key)
    }

    // MARK: Workers

    private func startWorkers(_ key: String) {
        while !isStopping, workers < plan.connections, lanes[key]?.wantsWorker(limit: plan.connectionsPerHost) == true {
            lanes[key]?.workers += 1
            workers += 1
            lastTask += 1
            let number = lastTask
            tasks[number] = Task {
                await RelayWorker(self.parts, lane: key, scheduler: self).run()
                self.ended(number, key)
            }
            if lanes[key]?.workers ?? 0 >= lanes[key]?.count ?? 0 { return }
        }
    }

    private func ended(_ number: Int, _ key: String) {
        tasks[number] = nil
        workers -= 1
        lanes[key]?.workers -= 1
        startWorkers(key)
        if lanes[key]?.isUnused == true { lanes[key] = nil }
        if workers < plan.connections {
            for (other, lane) in lanes where lane.count > 0 && lane.workers == 0 { startWorkers(other) }
        }
    }

    /// The next message for a worker's connection; nil when none comes in time.
    func next(_ key: String, mayWait: Bool) async -> RelayJob? {
        if let job = lanes[key]?.next() { return job }
        guard mayWait, !isStopping else { return nil }
        lastTask += 1
        let id = lastTask
        let timer = Task {
            try? await Task.sleep(for: .milliseconds(self.plan.keepOpenMilliseconds))
            self.giveUpWaiting(id, key)
        }
        defer { timer.cancel() }
        lanes[key]?.idle += 1
        return await withCheckedContinuation { waiters[key, default: []].append(Waiter(id: id, continuation: $0)) }
    }

    private func giveUpWaiting(_ id: Int, _ key: String) {
        guard let index = waiters[key]?.firstIndex(where: { $0.id == id }),
            let waiter = waiters[key]?.remove(at: index)
        else { return }
        if waiters[key]?.isEmpty == true { waiters[key] = nil }
        lanes[key]?.idle -= 1
        waiter.continuation.resume(returning: nil)
    }

    // MARK: Results

    func answered(_ key: String) {
        guard lanes[key]?.failures ?? 0 > 0 else { return }
        lanes[key]?.answered()
        startWorkers(key)
    }

    /// Nobody could be reached for this message: so it is with all that wait for the same hosts and no others.
    func unreachable(_ key: String, _ job: RelayJob, _ failure: HopFailure) {
        let reply = failure.reply
        guard !failure.isDemand else { return unfit(key, job, reply) }
        let now = parts.store.directory.clock()
        let failures = (lanes[key]?.failures ?? 0) + 1
        let rest = min(parts.store.queue.schedule.delay(afterAttempts: failures), plan.longestRest)
        lanes[key]?.failed(reply, hosts: Set(job.hops.map(\.laneKey)), at: now, rest: rest)
        parts.note(.unreachable(host: key, reply: reply, seconds: Int(rest)))
        for waiting in [job] + (lanes[key]?.takeResting() ?? []) {
            finish(waiting.message, waiting.recipients.map { ($0, .deferred(reply)) }, notBefore: now + rest)
        }
    }

    /// The hosts do not show what this way asks of them, such as a certificate: mail that asks for less goes on.
    private func unfit(_ key: String, _ job: RelayJob, _ reply: HopReply) {
        for waiting in [job] + (lanes[key]?.take(where: { $0.hops == job.hops }) ?? []) {
            finish(waiting.message, waiting.recipients.map { ($0, .deferred(reply)) })
        }
    }

    /// Writes down what became of recipients. Returns at once: the writing is somebody else's time.
    func finish(_ message: QueuedMessage, _ results: [(QueuedRecipient, HopResult)], notBefore: EpochSeconds = 0) {
        var done = message
        done.recipients = results.map(\.0)
        Task {
            await RelayLedger(self.parts).settle(done, results, notBefore: notBefore)
            self.count(done, by: -1)
        }
    }

    private func putBack(_ job: RelayJob) {
        Task {
            await RelayLedger(self.parts).putBack(job)
            self.count(job.message, by: -1)
        }
    }

    private func count(_ message: QueuedMessage, by sign: Int) {
        for recipient in message.recipients {
            let domain = recipient.destination.domain ?? ""
            inHand[domain, default: 0] += sign
            if inHand[domain] == 0 { inHand[domain] = nil }
        }
        total += sign * message.recipients.count
        if sign < 0, room >= plan.batch, !isFilling { Task { await self.fill() } }
    }

    // MARK: Stopping

    /// What has not begun goes back; what has begun has its time.
    func stop() async {
        isStopping = true
        for key in lanes.keys { for job in lanes[key]?.takeAll() ?? [] { putBack(job) } }
        for (key, waiting) in waiters {
            for waiter in waiting { giveUpWaiting(waiter.id, key) }
        }
        let end = ContinuousClock.now + .seconds(plan.stopSeconds)
        while total > 0, .now < end { try? await Task.sleep(for: .milliseconds(20)) }
        for task in tasks.values { task.cancel() }
    }
}

extension QueueEnvelope {
    var needsTLS: Bool { traits.contains(.requiresTLS) }
}

extension NextHop {
    /// What limits for hosts count.
    var laneKey: String { "\(host):\(port)" }
}
