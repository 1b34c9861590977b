import Glibc
import MailConfig
import MailNetwork
import MailSessions
import MailShared
import MailSupervisor
import MailTool
import MailTransport

/// Where the monitor listens, as the configuration has it.
enum Monitoring {
    static func socketPath(_ configuration: Configuration) -> String {
        configuration.server.store + "/run/monitor.sock"
    }

    /// Its TCP port; nil when there is none. Refused when other machines could reach it unasked.
    static func port(_ configuration: Configuration) throws(ToolError) -> WantedPort? {
        guard let place = configuration.monitor.place else { return nil }
        guard let address = IPAddress(place.address == "localhost" ? "127.0.0.1" : place.address) else {
            throw ToolError(.configuration, "monitor", "monitor.listen: \(place.address) is not an address")
        }
        guard address.isLoopback || configuration.monitor.allowRemote else {
            throw ToolError(
                .configuration, "monitor", "monitor.listen: other machines can reach \(address)",
                hint: "use 127.0.0.1, or set monitor.allow_remote = true")
        }
        return WantedPort(service: WorkerRole.monitor.rawValue, host: address.description, port: place.port)
    }

    /// `roles`: those that must live for the server to be ready. A store so deep that its socket has no name is no reason to
    /// serve no mail.
    static func start(
        _ configuration: Configuration, _ region: SharedRegion, _ sockets: [ListeningSocket],
        roles: [MetricRole] = [.all]
    ) async throws(ToolError) -> MonitorServer {
        let server = MonitorServer(roles: roles) { region.readMetrics() }
        do { _ = try await server.listen(at: .path(socketPath(configuration))) } catch {
            StandardError.write("mail-serve: warning: the monitor cannot listen: \(error)\n")
        }
        do {
            for socket in sockets where socket.wanted.service == WorkerRole.monitor.rawValue {
                _ = try await server.listen(at: .descriptor(socket.descriptor))
            }
        } catch {
            await server.stop()
            throw ToolError(.unavailable, "monitor", "the monitor cannot listen: \(error)")
        }
        return server
    }
}
