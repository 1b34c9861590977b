import CGlibc
import Glibc
import MailTool

/// A supervisor on its way into another program (execve): the process stays, and so do its children and open files. What
/// the new program must know lies in a memory file whose number is in the environment.
package struct Handover {
    package static let variable = "POSTHUS_HANDOVER"
    static let version = 1

    package let secrets: SharedSecrets
    /// The descriptor of the shared memory.
    package let shared: Int32
    let lock: Int32
    let control: Int32
    /// Who waits at the control socket for the end of the upgrade.
    let clients: [Int32]
    /// Who has connected there and not asked yet.
    let callers: [Int32]
    let startedAt: Duration
    let ticketsMadeAt: Duration
    let lastGeneration: Int
    let table: WorkerTable
    let channels: [Int: Int32]
    let materials: GenerationMaterials

    /// Everything that stays open.
    private var descriptors: [Int32] {
        [shared, lock, control, materials.text] + clients + callers + channels.values
            + materials.sockets.map(\.descriptor)
    }

    // MARK: Going

    /// Returns only when the program could not be executed; then nothing has changed.
    func execute(_ program: String) -> SystemFailure {
        let file: Int32
        do { file = try MemoryFile.make("handover", json.bytes) } catch { return error }
        defer { close(file) }
        for descriptor in descriptors + [file] { Descriptor.setKeptOnExec(descriptor, true) }
        let environment = Command.environment(without: [Self.variable]) + ["\(Self.variable)=\(file)"]
        var failure = SystemFailure("execve", 0)
        Spawn.withStrings([program] + CommandLine.arguments.dropFirst()) { arguments in
            Spawn.withStrings(environment) { environment in
                execve(program, arguments, environment)
                failure = SystemFailure("execve")
            }
        }
        for descriptor in descriptors { Descriptor.setKeptOnExec(descriptor, false) }
        return failure
    }

    // MARK: Coming

    /// What the program before this one left, once.
    package static func take() -> Handover? {
        guard let text = getenv(variable), let file = Int32(String(cString: text)) else { return nil }
        unsetenv(variable)
        defer { close(file) }
        guard let bytes = MemoryFile.read(file), let json = try? JSONParser.parse(bytes),
            let handover = Handover(json)
        else { return nil }
        for descriptor in handover.descriptors { Descriptor.setKeptOnExec(descriptor, false) }
        return handover
    }
}

extension Supervisor {
    /// Into the new program. Comes back only when that fails.
    func handOver(_ client: Int32?) {
        guard let number = table.current?.number, let material = materials[number], let lock else {
            return refuse(.busy, client)
        }
        hooks.log(.event, "upgrading", [("program", program)])
        let handover = Handover(
            secrets: secrets, shared: sharedCopy, lock: lock.descriptor, control: control.listener,
            clients: client.map { [$0] } ?? [], callers: control.callers, startedAt: startedAt,
            ticketsMadeAt: ticketsMadeAt, lastGeneration: lastGeneration, table: table,
            channels: channels.mapValues(\.descriptor), materials: material)
        let failure = handover.execute(program)
        refuse(RequestRefusal(.internalError, "not_executed", "\(program): \(failure)"), client)
    }

    func upgrade(client: Int32?) {
        guard case .serving = table.phase else { return refuse(.stopping, client) }
        guard operation == nil, table.candidate == nil, table.isServing else { return refuse(.busy, client) }
        startCheck(.upgrade, client: client)
    }

    /// The first thing in the new program: workers of its own.
    func continueUpgrade(client: Int32?) {
        hooks.log(.event, "upgraded", [("workers", "\(table.workers.count)")])
        do { replaceWorkers(try hooks.load(), client) } catch { refuse(error, client) }
    }
}
