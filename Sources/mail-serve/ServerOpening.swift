import Glibc
import Logging
import MailConfig
import MailSessions
import MailStore
import MailTool
import MailTransport

/// From a configuration to a server, with what can go wrong in the tools' words.
enum ServerOpening {
    static func open(_ plan: ServerPlan, _ logger: Logger) throws(ToolError) -> MailServer {
        do {
            return try MailServer(plan: plan, logger: logger)
        } catch let error as TLSError {
            throw ToolError(.configuration, "tls", error.description)
        } catch {
            throw ToolError(
                .unavailable, "store", "cannot open the store at \(plan.storePath): \(error)",
                hint: access(plan.storePath, F_OK) == 0 ? nil : "make one with mailctl store init")
        }
    }

    /// Opens the ports of the plan; when it throws, the server has been closed.
    static func start(_ server: MailServer) async throws(ToolError) {
        do {
            _ = try await server.start()
        } catch {
            await server.drain()
            throw failure(error)
        }
    }

    private static func failure(_ error: ListenError) -> ToolError {
        switch error {
        case .badAddress(let text): return ToolError(.configuration, "address", "cannot listen on \(text)")
        case .needsTLS(let service):
            return ToolError(.configuration, "no_certificate", "\(service) needs a certificate")
        case .stopped: return ToolError(.internalError, "internal", "stopped while starting")
        case .cannotListen(let service, let address, let reason):
            return ToolError(.unavailable, "port", "\(service) cannot listen on \(address): \(reason)")
        }
    }
}
