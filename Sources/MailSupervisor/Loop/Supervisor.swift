import Glibc
package import MailShared
import MailTool

/// Starts the workers, watches them, replaces them. It reads no byte of mail, runs on one thread around poll(2), and every
/// decision about workers is `WorkerTable`'s.
package final class Supervisor {
    /// What is under way; there is never more than one such thing.
    enum Operation {
        enum Purpose { case start, reload, upgrade }

        case checking(Preflight, Purpose, client: Int32?)
        case certificates(ReloadRound, client: Int32?)
        case replacing(client: Int32?)
    }

    let hooks: SupervisorHooks
    let store: String
    var secrets: SharedSecrets
    /// When the newest ticket key was made.
    var ticketsMadeAt: Duration
    let shared: SharedRegion
    /// The shared memory's number for spawning.
    let sharedCopy: Int32
    let startedAt: Duration
    let control: ControlSocket
    let signals: SignalDescriptor
    let program: String
    var lock: StoreLock?
    var table: WorkerTable
    var channels: [Int: ControlChannel] = [:]
    var materials: [Int: GenerationMaterials] = [:]
    var lastGeneration = 0
    var operation: Operation?
    /// SIGHUP came while something else was under way.
    var wantsReload = false
    var leavers: [Int32] = []
    var exitCode: Int32?

    /// A new server. `lock` is held, `sockets` listen already.
    package init(
        store: String, lock: StoreLock, shape: ServerShape, sockets: [ListeningSocket], secrets: SharedSecrets,
        shared: SharedRegion, hooks: SupervisorHooks
    ) throws(SystemFailure) {
        program = ProgramPath.installed()
        (self.store, self.lock, self.secrets, self.shared, self.hooks) = (store, lock, secrets, shared, hooks)
        sharedCopy = try Descriptor.copy(shared.descriptor)
        startedAt = Uptime.now()
        ticketsMadeAt = startedAt
        table = WorkerTable(rules: shape.rules)
        signals = try SignalDescriptor()
        control = try ControlSocket(store: store)
        let text = try MemoryFile.make("configuration", Array(shape.text.utf8))
        lastGeneration = 1
        materials[1] = GenerationMaterials(shape: shape, text: text, sockets: sockets)
        startCheck(.start, client: nil)
    }

    /// A server that another program has handed over.
    package init(_ handover: Handover, store: String, shared: SharedRegion, hooks: SupervisorHooks)
        throws(SystemFailure)
    {
        program = ProgramPath.installed()
        (self.store, self.secrets, self.shared, self.hooks) = (store, handover.secrets, shared, hooks)
        lock = StoreLock(descriptor: handover.lock)
        sharedCopy = try Descriptor.copy(shared.descriptor)
        (startedAt, ticketsMadeAt) = (handover.startedAt, handover.ticketsMadeAt)
        signals = try SignalDescriptor()
        control = try ControlSocket(
            store: store, listener: handover.control, waiting: handover.clients, callers: handover.callers)
        table = handover.table
        channels = handover.channels.mapValues { ControlChannel(descriptor: $0) }
        lastGeneration = handover.lastGeneration
        if let number = table.current?.number { materials[number] = handover.materials }
        continueUpgrade(client: handover.clients.first)
    }

    /// Until the end; returns the exit code.
    package func run() -> Int32 {
        while exitCode == nil { turn() }
        for client in leavers { control.answer(client, ControlReply.done("the server has ended"), now: Uptime.now()) }
        control.end()
        return exitCode ?? 0
    }

    // MARK: The loop

    private func turn() {
        var entries = [pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0)] + control.interests
        entries += channels.values.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
        poll(&entries, nfds_t(entries.count), patience())
        let slots = channels.reduce(into: [Int32: Int]()) { $0[$1.value.descriptor] = $1.key }
        for entry in entries where entry.revents != 0 {
            if let slot = slots[entry.fd] {
                listen(to: slot)
            } else if entry.fd == control.listener {
                control.accept(now: Uptime.now())
            } else if control.has(entry.fd), let request = control.serve(entry.fd, now: Uptime.now()) {
                obey(request, client: entry.fd)
            }
        }
        while let signal = signals.next() { obey(signal: signal) }
        lookAtClock()
        hooks.tell(.alive(isWhole: table.isWhole))
    }

    /// Milliseconds until something is due.
    private func patience() -> Int32 {
        let now = Uptime.now()
        var moments = [table.nextDeadline, control.nextDeadline, operationDeadline, nextTicketKey].compactMap { $0 }
        if let every = hooks.aliveEvery { moments.append(now + every) }
        guard let next = moments.min() else { return -1 }
        return Int32(clamping: max(0, (next - now).milliseconds + 1))
    }

    private func lookAtClock() {
        let now = Uptime.now()
        control.dropLate(now: now)
        perform(table.tick(now: now))
        endLateOperation(now)
        if let due = nextTicketKey, due <= now { rotateTickets(now) }
    }
}
