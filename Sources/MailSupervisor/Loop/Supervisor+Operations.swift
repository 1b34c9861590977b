import Glibc
import MailTool

/// Starting, reloading, upgrading: check first, then act; whatever fails, those who serve go on.
extension Supervisor {
    // MARK: Checking

    func startCheck(_ purpose: Operation.Purpose, client: Int32?) {
        let path = purpose == .upgrade ? program : ProgramPath.running
        do {
            let check = try Preflight(program: path, isHeard: purpose != .start, now: Uptime.now())
            operation = .checking(check, purpose, client: client)
        } catch {
            refuse(RequestRefusal(.unavailable, "not_checked", "\(path): \(error)"), client)
            if purpose == .start { exitCode = ExitStatus.internalError.rawValue }
        }
    }

    func checked(_ check: Preflight, _ purpose: Operation.Purpose, _ client: Int32?, _ end: WorkerEnd) {
        operation = nil
        let words = check.takeWords()
        guard end == .code(0) else {
            if purpose == .start { return endBeforeStart(end) }
            let cause = words.isEmpty ? "the check ended with \(end)" : words
            let what = purpose == .reload ? "the old certificates and settings stay in use" : "the old program stays"
            return refuse(RequestRefusal(.configuration, "refused", "\(what): \(cause)"), client)
        }
        switch purpose {
        case .start: perform(table.begin(generation: 1, materials[1]?.shape.seats ?? [], now: Uptime.now()))
        case .reload: change(client)
        case .upgrade: handOver(client)
        }
    }

    /// What is wrong the check has said on our standard error.
    private func endBeforeStart(_ end: WorkerEnd) {
        guard exitCode == nil else { return }
        switch end {
        case .code(let code): exitCode = code
        case .signal: exitCode = ExitStatus.internalError.rawValue
        }
    }

    // MARK: Reloading

    func reload(client: Int32?) {
        guard case .serving = table.phase else { return refuse(.stopping, client) }
        guard operation == nil, table.candidate == nil, table.isServing else {
            if client == nil { wantsReload = true } else { refuse(.busy, client) }
            return
        }
        hooks.tell(.reloading)
        startCheck(.reload, client: client)
    }

    /// The check has passed: certificates into the running workers, or new workers.
    private func change(_ client: Int32?) {
        let shape: ServerShape
        do { shape = try hooks.load() } catch { return refuse(error, client) }
        guard let number = table.current?.number, materials[number]?.shape.fixedText == shape.fixedText else {
            return replaceWorkers(shape, client)
        }
        let order = WorkerOrder.reload(shape.certificates).bytes
        let slots = table.workers.values.filter { $0.state == .ready }.map(\.slot)
        let told = slots.filter { channels[$0]?.send(order) == true }
        operation = .certificates(ReloadRound(shape, slots: Set(told), now: Uptime.now()), client: client)
        endRoundWhenOver()
    }

    func certificatesAnswered(_ slot: Int, _ refusal: String?) {
        guard case .certificates(var round, let client) = operation else { return }
        round.answered(slot, refusal: refusal)
        operation = .certificates(round, client: client)
        endRoundWhenOver()
    }

    private func endRoundWhenOver() {
        guard case .certificates(let round, let client) = operation, round.isOver else { return }
        if let refusal = round.refusal { return refuse(RequestRefusal(.configuration, "refused", refusal), client) }
        // Workers that start from now on read the same files.
        if let number = table.current?.number,
            let text = try? MemoryFile.make("configuration", Array(round.shape.text.utf8))
        {
            if let old = materials[number]?.text { close(old) }
            materials[number]?.text = text
            materials[number]?.shape = round.shape
        }
        succeed("reloaded", "the certificates have been read again", client)
    }

    // MARK: Generations

    /// New workers beside the old ones.
    func replaceWorkers(_ shape: ServerShape, _ client: Int32?) {
        guard table.hasRoom(for: shape.seats.count) else { return refuse(.noRoom, client) }
        do {
            let kept = table.current.flatMap { materials[$0.number]?.sockets } ?? []
            let sockets = try PortBinder(patience: .zero).open(shape.ports, kept: kept)
            let text = try MemoryFile.make("configuration", Array(shape.text.utf8))
            lastGeneration += 1
            materials[lastGeneration] = GenerationMaterials(shape: shape, text: text, sockets: sockets)
        } catch let error as PortFailure {
            return refuse(RequestRefusal(.unavailable, "port", error.description), client)
        } catch {
            return refuse(RequestRefusal(.internalError, "system", "\(error)"), client)
        }
        operation = .replacing(client: client)
        table.rules = shape.rules
        perform(table.begin(generation: lastGeneration, shape.seats, now: Uptime.now()))
    }

    func serving(_ generation: Int) {
        let isFirst = operation == nil
        for number in materials.keys where number != generation { discard(number) }
        if case .replacing(let client) = operation {
            succeed("replaced", "generation \(generation) serves; the workers before it are draining", client)
        }
        if isFirst {
            hooks.log(.event, "ready", [("workers", "\(table.workers.count)")])
            hooks.tell(.ready(materials[generation]?.sockets ?? []))
        }
        followUp()
    }

    func givenUp(_ generation: Int, _ seat: WorkerSeat, _ end: WorkerEnd) {
        discard(generation)
        if let rules = table.current.flatMap({ materials[$0.number]?.shape.rules }) { table.rules = rules }
        let words = "\(seat) ended before it was ready (\(end))"
        guard case .replacing(let client) = operation else {
            return hooks.log(.problem, "start_failed", [("cause", words)])
        }
        refuse(RequestRefusal(.configuration, "refused", words + "; the workers before it go on"), client)
    }

    /// Closes what no other generation uses.
    private func discard(_ generation: Int) {
        guard let old = materials.removeValue(forKey: generation) else { return }
        close(old.text)
        let used = Set(materials.values.flatMap { $0.sockets.map(\.descriptor) })
        for socket in old.sockets where !used.contains(socket.descriptor) { close(socket.descriptor) }
    }

    // MARK: Ends of operations

    private func succeed(_ event: String, _ message: String, _ client: Int32?) {
        operation = nil
        hooks.log(.event, event, [])
        hooks.tell(.reloaded)
        if let client { control.answer(client, ControlReply.done(message), now: Uptime.now()) }
        followUp()
    }

    func refuse(_ refusal: RequestRefusal, _ client: Int32?) {
        if refusal != .busy {
            operation = nil
            hooks.log(.problem, "refused", [("cause", refusal.message)])
            hooks.tell(.reloaded)
        }
        if let client { control.answer(client, refusal.json, now: Uptime.now()) }
        followUp()
    }

    /// For the end: whoever waits for something else is told.
    func abandonOperation(_ refusal: RequestRefusal) {
        let client: Int32? =
            switch operation {
            case .checking(_, _, let client), .certificates(_, let client), .replacing(let client): client
            case nil: nil
            }
        operation = nil
        if let client { control.answer(client, refusal.json, now: Uptime.now()) }
    }

    private func followUp() {
        guard wantsReload, operation == nil, table.isServing, table.candidate == nil else { return }
        wantsReload = false
        reload(client: nil)
    }

    var operationDeadline: Duration? {
        switch operation {
        case .checking(let check, _, _): check.deadline
        case .certificates(let round, _): round.deadline
        case .replacing, nil: nil
        }
    }

    func endLateOperation(_ now: Duration) {
        guard let deadline = operationDeadline, deadline <= now else { return }
        switch operation {
        case .checking(let check, _, _): kill(check.pid, SIGKILL)  // its end is the answer
        case .certificates(var round, let client):
            round.end()
            operation = .certificates(round, client: client)
            endRoundWhenOver()
        case .replacing, nil: break
        }
    }
}
