import CGlibc
import Glibc
import MailConfig
import MailShared
import MailSupervisor
import MailTool

/// A worker's beginning, while it is one thread: read what the supervisor gave, give up what is not needed, then serve.
struct WorkerMain: Sendable {
    let assignment: Assignment
    let configuration: Configuration
    let shared: SharedRegion
    let channel: ControlChannel

    static func start() -> Never {
        ToolMain.prepareProcess()
        do {
            let worker = try WorkerMain()
            try WorkerConfinement.apply(worker.assignment.seat.role, worker.configuration)
            Task.detached { await WorkerLife(worker).run() }
        } catch {
            end(error)
        }
        while true { pause() }
    }

    /// With the words and the code of the tools.
    static func end(_ error: any Error) -> Never {
        let error = error as? ToolError ?? ToolError(.internalError, "worker", "\(error)")
        ErrorReport(tool: PortOwner.ourName, arguments: []).print(error)
        exit(error.status.rawValue)
    }

    private init() throws {
        Self.nameProcess()
        for signal in [SIGINT, SIGHUP, SIGUSR1, SIGUSR2] { Glibc.signal(signal, SIG_IGN) }
        channel = ControlChannel(descriptor: WorkerFiles.control)
        guard case .message(let bytes) = channel.receive(waits: true), let json = try? JSONParser.parse(bytes),
            let assignment = Assignment(json)
        else { throw ToolError.usage("\(WorkerFiles.option) is for a supervisor's use") }
        self.assignment = assignment
        guard let text = MemoryFile.read(WorkerFiles.configuration) else {
            throw ToolError(.internalError, "worker", "there is no configuration at \(WorkerFiles.configuration)")
        }
        configuration = try Configuration(text: String(decoding: text, as: UTF8.self), source: "configuration")
        shared = try SharedRegion(descriptor: WorkerFiles.shared)
        shared.claim(slot: assignment.slot)
        DescriptorLimit.raise()
    }

    /// Started by /proc/self/exe, it would be called "exe".
    private static func nameProcess() {
        let file = open("/proc/self/comm", O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { return }
        _ = write(file, PortOwner.ourName, PortOwner.ourName.utf8.count)
        close(file)
    }
}
