/// Who runs, who shall run, and what to do next: events in, actions out. It starts no process and knows no clock.
///
/// A generation is the set of workers of one configuration (or of one program). A new one is a candidate until all of
/// its workers are ready; only then the old one drains. One that fails before is given up, and nothing has changed.
package struct WorkerTable: Sendable {
    /// Columns of the shared memory.
    package static let slots = 64
    /// Until another look when all slots are taken.
    static let slotPause = Duration.seconds(1)

    package enum Phase: Sendable, Equatable { case serving, ending(code: Int32) }

    package var rules: WorkerRules
    package internal(set) var workers: [Int: Worker] = [:]
    package internal(set) var current: WorkerGeneration?
    package internal(set) var candidate: WorkerGeneration?
    package internal(set) var phase = Phase.serving
    /// Unwanted deaths of all times.
    package internal(set) var losses = 0

    package init(rules: WorkerRules = WorkerRules()) { self.rules = rules }

    package var isServing: Bool { current != nil && phase == .serving }

    package func hasRoom(for seats: Int) -> Bool { Self.slots - workers.count >= seats }

    /// A new generation begins. Not while another one does.
    package mutating func begin(generation number: Int, _ seats: [WorkerSeat], now: Duration) -> [WorkerAction] {
        guard candidate == nil, phase == .serving else { return [] }
        candidate = WorkerGeneration(number: number, posts: seats.map(Self.empty))
        return fillSeats(now)
    }

    private static func empty(_ seat: WorkerSeat) -> WorkerPost {
        var post = WorkerPost(seat)
        post.due = .zero
        return post
    }

    // MARK: Starting

    /// Starts whoever is due.
    mutating func fillSeats(_ now: Duration) -> [WorkerAction] {
        var actions: [WorkerAction] = []
        for part in [\WorkerTable.current, \WorkerTable.candidate] {
            guard var generation = self[keyPath: part] else { continue }
            for index in generation.posts.indices {
                guard let due = generation.posts[index].due, due <= now else { continue }
                actions += fill(&generation.posts[index], of: generation.number, now)
            }
            self[keyPath: part] = generation
        }
        return actions
    }

    private mutating func fill(_ post: inout WorkerPost, of generation: Int, _ now: Duration) -> [WorkerAction] {
        guard let slot = (0..<Self.slots).first(where: { workers[$0] == nil }) else {
            post.due = now + Self.slotPause
            return []
        }
        var worker = Worker(slot: slot, seat: post.seat, generation: generation, startedAt: now)
        worker.deadline = now + rules.start
        workers[slot] = worker
        (post.slot, post.due) = (slot, nil)
        return [.spawn(slot: slot, post.seat, generation: generation)]
    }

    package mutating func spawned(slot: Int, pid: Int32) { workers[slot]?.pid = pid }

    /// No process came of it: as good as a death at once.
    package mutating func spawnFailed(slot: Int, now: Duration) -> [WorkerAction] {
        guard let worker = workers.removeValue(forKey: slot) else { return [] }
        return replace(worker, WorkerDeath(pid: 0, end: .code(71), at: now))  // EX_OSERR
    }

    // MARK: Signs of life

    package mutating func ready(slot: Int, now: Duration) -> [WorkerAction] {
        guard workers[slot]?.state == .starting else { return [] }
        workers[slot]?.state = .ready
        workers[slot]?.deadline = now + rules.silence
        return promote(now)
    }

    package mutating func heard(slot: Int, connections: Int, now: Duration) {
        workers[slot]?.connections = connections
        if workers[slot]?.state == .ready { workers[slot]?.deadline = now + rules.silence }
    }

    /// When everybody of the candidate is ready the old ones may go.
    private mutating func promote(_ now: Duration) -> [WorkerAction] {
        guard var next = candidate, phase == .serving,
            next.posts.allSatisfy({ $0.slot.flatMap { workers[$0]?.state } == .ready })
        else { return [] }
        let leaving = workers.values.filter { $0.generation != next.number }.map(\.slot).sorted()
        next.posts = next.posts.map(continued)
        (current, candidate) = (next, nil)
        return leaving.flatMap { sendAway($0, now) } + [.serving(generation: next.number)]
    }

    /// A seat keeps its story from one generation to the next.
    private func continued(_ post: WorkerPost) -> WorkerPost {
        guard let old = current?.posts.first(where: { $0.seat == post.seat }) else { return post }
        var post = post
        post.restarts += old.restarts
        post.lastDeath = post.lastDeath ?? old.lastDeath
        return post
    }

    mutating func sendAway(_ slot: Int, _ now: Duration) -> [WorkerAction] {
        guard let worker = workers[slot], !worker.isLeaving else { return [] }
        workers[slot]?.isLeaving = true
        guard worker.state != .killed else { return [] }
        workers[slot]?.state = .draining
        workers[slot]?.deadline = now + rules.drain + rules.grace
        return [.tellToDrain(slot: slot)]
    }
}
