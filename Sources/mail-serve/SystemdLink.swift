import Glibc
import MailConfig
import MailSupervisor
import MailTool

/// systemd's two questions, are you ready and are you alive, answered with the supervisor's news.
final class SystemdLink {
    private let notifier = SystemdNotifier()
    private var pulse = WatchdogPulse.fromEnvironment()

    /// How often the supervisor's loop must turn for the watchdog's sake.
    var aliveEvery: Duration? { pulse.turn }

    func tell(_ news: SupervisorHooks.News) {
        switch news {
        case .ready: notifier.ready("Serving")
        case .reloading: notifier.reloading()
        case .reloaded: notifier.ready("Serving")
        case .stopping: notifier.stopping()
        case .alive(let isWhole): if pulse.isDue(now: Uptime.now(), isWell: isWhole) { notifier.alive() }
        }
    }
}

extension Startup {
    /// The sockets that systemd opened, each with the service it is for.
    static func inheritedPorts(_ configuration: Configuration) throws(ToolError) -> [ListeningSocket] {
        let wanted = PlanBuilder.allPorts(configuration)
        let assignment = SocketAssignment(
            ActivationSockets.take(), servicesByName: Set(wanted.map(\.service)),
            servicesByPort: Dictionary(wanted.map { ($0.port, $0.service) }, uniquingKeysWith: { first, _ in first }))
        for stranger in assignment.strangers {
            StandardError.write(
                "mail-serve: warning: systemd's socket name=\(stranger.name) port=\(stranger.port ?? 0) is for no listener\n"
            )
            close(stranger.descriptor)
        }
        do {
            return try assignment.sockets.map { try ListeningSocket(inherited: $0.descriptor, service: $0.service) }
        } catch {
            throw ToolError(.internalError, "system", "\(error)")
        }
    }
}
