import NIOCore
import NIOPosix

extension Dialer {
    /// To a UNIX socket, by its path.
    package static func connect(
        socket path: String, timeoutSeconds: Int = 30
    ) async throws(ConnectionError) -> Connection {
        let bootstrap = ClientBootstrap(group: LoopSet.dialling.group)
            .connectTimeout(.seconds(Int64(clamping: timeoutSeconds)))
        do {
            return try await bootstrap.connect(unixDomainSocketPath: path) { channel in
                channel.eventLoop.makeCompletedFuture { try prepareSocket(channel, timeoutSeconds) }
            }
        } catch {
            throw .connectFailed("\(error)")
        }
    }

    private static func prepareSocket(_ channel: any Channel, _ timeoutSeconds: Int) throws -> Connection {
        guard let resources = LoopSet.dialling.resources(of: channel.eventLoop) else {
            throw ChannelError.inappropriateOperationForState
        }
        let connection = Connection(
            channel, on: resources, service: "client", peer: .unknown, local: .unknown, idleSeconds: timeoutSeconds)
        try ConnectionOptions.apply(to: channel)
        try channel.pipeline.syncOperations.addHandler(ConnectionHandler(connection))
        return connection
    }
}
