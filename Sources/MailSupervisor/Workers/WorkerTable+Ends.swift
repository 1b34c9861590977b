/// Deaths, deadlines and the end.
extension WorkerTable {
    package mutating func exited(pid: Int32, _ end: WorkerEnd, now: Duration) -> [WorkerAction] {
        guard let worker = workers.values.first(where: { $0.pid == pid }) else { return [] }
        workers[worker.slot] = nil
        let isLoss = !worker.isLeaving
        if isLoss { losses += 1 }
        return [.ended(worker, end, isLoss: isLoss)]
            + replace(worker, WorkerDeath(pid: pid, end: end, at: now))
    }

    /// What follows from an empty place.
    mutating func replace(_ worker: Worker, _ death: WorkerDeath) -> [WorkerAction] {
        if case .ending(let code) = phase { return workers.isEmpty ? [.finished(code: code)] : [] }
        guard !worker.isLeaving else { return [] }
        if worker.generation == current?.number {
            current?.vacate(worker, death)
            return fillSeats(death.at)
        }
        guard worker.generation == candidate?.number else { return [] }
        if current == nil, case .signal = death.end {
            candidate?.vacate(worker, death)  // the very first start: the others can serve meanwhile
            return fillSeats(death.at)
        }
        return giveUp(worker, death)
    }

    /// A generation that cannot live. Without an older one the server cannot either.
    private mutating func giveUp(_ worker: Worker, _ death: WorkerDeath) -> [WorkerAction] {
        candidate = nil
        var actions: [WorkerAction] = [.givenUp(generation: worker.generation, worker.seat, death.end)]
        for slot in workers.values.filter({ $0.generation == worker.generation }).map(\.slot).sorted() {
            workers[slot]?.isLeaving = true
            actions += kill(slot, .unwanted)
        }
        guard current == nil else { return actions }
        let code: Int32 = if case .code(let code) = death.end, code != 0 { code } else { 70 }
        phase = .ending(code: code)
        return workers.isEmpty ? actions + [.finished(code: code)] : actions
    }

    private mutating func kill(_ slot: Int, _ reason: WorkerAction.Impatience) -> [WorkerAction] {
        guard let worker = workers[slot], worker.state != .killed, worker.pid != nil else { return [] }
        workers[slot]?.state = .killed
        workers[slot]?.deadline = nil
        return [.kill(slot: slot, reason)]
    }

    /// The end in good order: nobody is replaced any more.
    package mutating func drain(now: Duration) -> [WorkerAction] {
        guard phase == .serving else { return [] }
        phase = .ending(code: 0)
        candidate = nil
        if workers.isEmpty { return [.finished(code: 0)] }
        return workers.keys.sorted().flatMap { sendAway($0, now) }
    }

    /// The end at once.
    package mutating func endNow() -> [WorkerAction] {
        phase = .ending(code: 0)
        candidate = nil
        for slot in workers.keys { workers[slot]?.isLeaving = true }
        if workers.isEmpty { return [.finished(code: 0)] }
        return workers.keys.sorted().flatMap { kill($0, .unwanted) }
    }

    // MARK: Time

    package mutating func tick(now: Duration) -> [WorkerAction] {
        var actions: [WorkerAction] = []
        for worker in workers.values.sorted(by: { $0.slot < $1.slot }) {
            guard let deadline = worker.deadline, deadline <= now else { continue }
            let reason: WorkerAction.Impatience =
                switch worker.state {
                case .starting: .slowStart
                case .ready: .silent
                case .draining, .killed: .slowDrain
                }
            actions += kill(worker.slot, reason)
        }
        return phase == .serving ? actions + fillSeats(now) : actions
    }

    /// When `tick` has something to do.
    package var nextDeadline: Duration? {
        let posts = phase == .serving ? (current?.posts ?? []) + (candidate?.posts ?? []) : []
        return (workers.values.compactMap(\.deadline) + posts.compactMap(\.due)).min()
    }
}

extension WorkerGeneration {
    /// The seat is empty; when it is filled again is a matter of its story.
    mutating func vacate(_ worker: Worker, _ death: WorkerDeath) {
        guard let index = posts.firstIndex(where: { $0.slot == worker.slot }) else { return }
        posts[index].slot = nil
        posts[index].lastDeath = death
        posts[index].restarts += 1
        posts[index].due = death.at + posts[index].backOff.delay(afterLiving: death.at - worker.startedAt)
    }
}
