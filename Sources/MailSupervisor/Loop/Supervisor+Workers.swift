import Glibc
import MailShared

/// Processes: what the table wants done, and what they say.
extension Supervisor {
    /// Messages of one worker that are read before the others have their turn.
    private static let messagesATurn = 16

    func perform(_ actions: [WorkerAction]) {
        for action in actions { perform(action) }
    }

    private func perform(_ action: WorkerAction) {
        switch action {
        case .spawn(let slot, let seat, let generation): spawn(slot, seat, generation)
        case .tellToDrain(let slot): channels[slot]?.send(WorkerOrder.drain.bytes)
        case .kill(let slot, let reason): kill(slot, reason)
        case .ended(let worker, let end, let isLoss): buried(worker, end, isLoss)
        case .serving(let generation): serving(generation)
        case .givenUp(let generation, let seat, let end): givenUp(generation, seat, end)
        case .finished(let code): exitCode = code
        }
    }

    // MARK: Starting

    private func spawn(_ slot: Int, _ seat: WorkerSeat, _ generation: Int) {
        // An earlier action may have changed its mind.
        guard let worker = table.workers[slot], worker.pid == nil, !worker.isLeaving,
            let material = materials[generation]
        else { return }
        do {
            let pid = try start(slot, seat, generation, material)
            table.spawned(slot: slot, pid: pid)
            log(.event, "worker_started", worker, [("pid", "\(pid)"), ("generation", "\(generation)")])
        } catch {
            log(.problem, "worker_not_started", worker, [("cause", error.description)])
            channels.removeValue(forKey: slot)?.close()
            perform(table.spawnFailed(slot: slot, now: Uptime.now()))
        }
    }

    private func start(
        _ slot: Int, _ seat: WorkerSeat, _ generation: Int, _ material: GenerationMaterials
    ) throws(SystemFailure) -> Int32 {
        let sockets = material.sockets.filter { seat.role.services.contains($0.wanted.service) }
        let (ours, theirs) = try ControlChannel.pair()
        defer { theirs.close() }
        channels[slot] = ours
        let numbered = sockets.enumerated().map { index, socket in
            AssignedSocket(
                service: socket.wanted.service, host: socket.host, port: socket.port,
                descriptor: WorkerFiles.firstSocket + Int32(index))
        }
        let assignment = Assignment(
            seat: seat, slot: slot, generation: generation, secrets: secrets, sockets: numbered)
        // It waits in the socket until the worker reads it.
        guard ours.send(assignment.json.bytes) else { throw SystemFailure("send", EMSGSIZE) }
        let command = Command(
            path: ProgramPath.running, arguments: [PortOwner.ourName, WorkerFiles.option, seat.description],
            environment: HeapTuning.added(to: Command.environment()))
        return try Spawn.start(
            command, descriptors: [theirs.descriptor, sharedCopy, material.text] + sockets.map(\.descriptor))
    }

    private func kill(_ slot: Int, _ reason: WorkerAction.Impatience) {
        guard let worker = table.workers[slot], let pid = worker.pid else { return }
        if reason != .unwanted { log(.problem, "worker_killed", worker, [("reason", reason.rawValue)]) }
        Glibc.kill(pid, SIGKILL)
    }

    // MARK: Listening

    func listen(to slot: Int) {
        for _ in 0..<Self.messagesATurn {
            switch channels[slot]?.receive() ?? .nothing {
            case .nothing: return
            case .message(let bytes): heard(WorkerMessage(bytes), from: slot)
            case .closed:
                // It ends, or is out of its mind; its death tells which, and a process that lives on falls silent.
                channels.removeValue(forKey: slot)?.close()
                return
            }
        }
    }

    private func heard(_ message: WorkerMessage?, from slot: Int) {
        let now = Uptime.now()
        switch message {
        case .ready: perform(table.ready(slot: slot, now: now))
        case .heartbeat(let connections): table.heard(slot: slot, connections: connections, now: now)
        case .reloaded(let refusal): certificatesAnswered(slot, refusal)
        case .drained, nil: break
        }
    }

    // MARK: Ends

    func reap() {
        var status: Int32 = 0
        while case let pid = waitpid(-1, &status, WNOHANG), pid > 0 {
            let end = WorkerEnd(waitStatus: status)
            if case .checking(let check, let purpose, let client) = operation, check.pid == pid {
                checked(check, purpose, client, end)
            } else {
                perform(table.exited(pid: pid, end, now: Uptime.now()))
            }
        }
    }

    private func buried(_ worker: Worker, _ end: WorkerEnd, _ isLoss: Bool) {
        listen(to: worker.slot)
        channels.removeValue(forKey: worker.slot)?.close()
        shared.release(slot: worker.slot)
        if case .certificates(var round, let client) = operation {
            round.died(worker.slot)
            operation = .certificates(round, client: client)
        }
        let age = (Uptime.now() - worker.startedAt).milliseconds
        let how: (String, String) =
            switch end {
            case .code(let code): ("code", "\(code)")
            case .signal: ("signal", end.description)
            }
        let isDeath = isLoss || end != .code(0)
        log(
            isDeath ? .problem : .event, isLoss ? "worker_died" : "worker_ended", worker,
            [how, ("age", "\(age / 1_000).\(age / 100 % 10)"), ("connections", "\(worker.connections)")])
    }

    private func log(
        _ level: SupervisorHooks.Level, _ event: String, _ worker: Worker, _ fields: [(String, String)]
    ) {
        let pid = worker.pid.map { [("pid", "\($0)")] } ?? []
        hooks.log(
            level, event,
            [("role", worker.seat.role.rawValue), ("worker", worker.seat.description), ("slot", "\(worker.slot)")] + pid
                + fields)
    }
}
