import Glibc
import MailConfig
import MailSessions
import MailShared
import MailTool
import MailTransport

/// Where the monitor listens, as the configuration has it.
enum Monitoring {
    static func socketPath(_ configuration: Configuration) -> String {
        configuration.server.store + "/run/monitor.sock"
    }

    /// The TCP address; nil when there is none. Refused when other machines could reach it unasked.
    static func address(_ configuration: Configuration) throws(ToolError) -> HTTPListener.Place? {
        guard let place = configuration.monitor.place else { return nil }
        guard let address = IPAddress(place.address == "localhost" ? "127.0.0.1" : place.address) else {
            throw ToolError(.configuration, "monitor", "monitor.listen: \(place.address) is not an address")
        }
        guard address.isLoopback || configuration.monitor.allowRemote else {
            throw ToolError(
                .configuration, "monitor", "monitor.listen: other machines can reach \(address)",
                hint: "use 127.0.0.1, or set monitor.allow_remote = true")
        }
        return .address(address, port: place.port)
    }

    /// In a server of one process: beside the rest.
    static func start(_ configuration: Configuration, _ region: SharedRegion) async throws -> MonitorServer {
        let address = try Self.address(configuration)
        let server = MonitorServer(roles: [.all]) { region.readMetrics() }
        do {
            _ = try await server.listen(at: .path(socketPath(configuration)))
            if let address { _ = try await server.listen(at: address) }
            return server
        } catch {
            await server.stop()
            throw ToolError(.unavailable, "monitor", "the monitor cannot listen: \(error)")
        }
    }
}
