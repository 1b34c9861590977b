import NIOCore
import NIOPosix

/// Client connections.
package enum Dialer {
    package enum Security: Sendable {
        case plaintext
        /// Checked against `serverName`, or the host when that is nil.
        case tls(TLSClientContext, serverName: String? = nil)
    }

    /// `host` is an address or a name that the system resolves.
    package static func connect(
        host: String, port: Int, security: Security = .plaintext, timeoutSeconds: Int = 30
    ) async throws(ConnectionError) -> Connection {
        let connection = try await connect(host, port, timeoutSeconds)
        guard case .tls(let context, let serverName) = security else { return connection }
        do {
            try await connection.run { try await $0.startTLS(context, serverName: serverName ?? host) }
            return connection
        } catch {
            connection.abort()
            throw error as? ConnectionError ?? .tls("\(error)")
        }
    }

    private static func connect(
        _ host: String, _ port: Int, _ timeoutSeconds: Int
    ) async throws(ConnectionError) -> Connection {
        let bootstrap = ClientBootstrap(group: LoopSet.dialling.group)
            .connectTimeout(.seconds(Int64(clamping: timeoutSeconds)))
        do {
            return try await bootstrap.connect(host: host, port: port) { channel in
                channel.eventLoop.makeCompletedFuture { try prepare(channel, timeoutSeconds) }
            }
        } catch {
            throw .connectFailed("\(error)")
        }
    }

    private static func prepare(_ channel: any Channel, _ timeoutSeconds: Int) throws -> Connection {
        guard let resources = LoopSet.dialling.resources(of: channel.eventLoop) else {
            throw ChannelError.inappropriateOperationForState
        }
        let connection = Connection(
            channel, on: resources, service: "client", peer: .unknown, local: .unknown, idleSeconds: timeoutSeconds)
        connection.state.handshakeSeconds = timeoutSeconds
        try ConnectionOptions.apply(to: channel)
        try channel.pipeline.syncOperations.addHandler(ConnectionHandler(connection))
        return connection
    }
}
